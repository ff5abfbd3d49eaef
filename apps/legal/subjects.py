"""The closed vocabulary of subjects: code, unit, direction, labels (docs/how-to/add-a-rule-subject.md)."""

from dataclasses import dataclass
from enum import StrEnum

from apps.common.text import Text


class Direction(StrEnum):
    """Which of two values is the stricter."""

    MAX = "max"  # the smaller binds
    MIN = "min"  # the larger binds
    SET = "set"  # codes; the intersection binds
    SCHEDULE = "schedule"  # rows by condition of the proposal, all shown


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing a provision can speak about. `headline`: shown among the few big numbers."""

    code: str
    direction: Direction
    unit: str
    label: Text
    headline: bool = False


_ALL = (
    Subject(
        "max_storeys", Direction.MAX, "storey", Text("حداکثر طبقات روی پیلوت", "Storeys over pilotis, at most"), True
    ),
    Subject("max_height", Direction.MAX, "m", Text("حداکثر ارتفاع", "Height, at most"), True),
    Subject("max_coverage", Direction.MAX, "%", Text("حداکثر سطح اشغال", "Coverage, at most"), True),
    Subject("max_density", Direction.MAX, "%", Text("حداکثر تراکم", "Density, at most"), True),
    Subject("min_parking", Direction.SCHEDULE, "stall/unit", Text("پارکینگ لازم", "Parking needed"), True),
    Subject("permitted_use", Direction.SET, "", Text("کاربری مجاز", "Permitted use")),
    Subject("front_setback", Direction.MIN, "m", Text("عقب‌نشینی از بر گذر", "Setback from the passage")),
    Subject("no_build_strip", Direction.MIN, "m", Text("نوار بدون ساخت", "No-build strip")),
    Subject("min_plot", Direction.MIN, "m²", Text("حداقل مساحت قطعه در تفکیک", "Plot in a subdivision, at least")),
    Subject("min_frontage", Direction.MIN, "m", Text("حداقل بر قطعه در تفکیک", "Frontage in a subdivision, at least")),
    Subject(
        "max_projection", Direction.MAX, "m", Text("حداکثر پیش‌آمدگی روی گذر", "Projection over the passage, at most")
    ),
    Subject("facing_windows", Direction.MIN, "m", Text("فاصلهٔ پنجره‌های روبه‌رو", "Distance of facing windows")),
)

SUBJECTS: dict[str, Subject] = {s.code: s for s in _ALL}
