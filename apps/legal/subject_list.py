"""The house's own vocabulary of subjects; a city may name, order and choose them (apps.legal.subjects)."""

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


def _max(code: str, unit: str, fa: str, en: str, *, headline: bool = False) -> Subject:
    return Subject(code, Direction.MAX, unit, Text(f"حداکثر {fa}", f"{en}, at most"), headline)


def _min(code: str, unit: str, fa: str, en: str) -> Subject:
    return Subject(code, Direction.MIN, unit, Text(f"حداقل {fa}", f"{en}, at least"))


BUILT = "m² built"
"""Square metres of a building, whatever unit the city uses for plots."""

ALL = (
    _max("max_storeys", "storey", "طبقات روی پیلوت", "Storeys over pilotis", headline=True),
    _max("max_height", "m", "ارتفاع", "Height", headline=True),
    _max("max_coverage", "%", "سطح اشغال", "Coverage", headline=True),
    _max("max_coverage_ground", "%", "سطح اشغال همکف", "Coverage of the ground floor"),
    _max("max_density", "%", "تراکم", "Density", headline=True),
    Subject("min_parking", Direction.SCHEDULE, "stall/unit", Text("پارکینگ لازم", "Parking needed"), headline=True),
    Subject("permitted_use", Direction.SET, "", Text("کاربری مجاز", "Permitted use")),
    Subject("front_setback", Direction.MIN, "m", Text("عقب‌نشینی از بر گذر", "Setback from the passage")),
    Subject("rear_setback", Direction.MIN, "m", Text("عقب‌نشینی از پشت قطعه", "Setback from the rear")),
    Subject(
        "side_setback_interior", Direction.MIN, "m", Text("عقب‌نشینی از ضلع همسایه", "Setback from an interior side")
    ),
    Subject(
        "side_setback_exterior", Direction.MIN, "m", Text("عقب‌نشینی از ضلع گذر دوم", "Setback from an exterior side")
    ),
    Subject("no_build_strip", Direction.MIN, "m", Text("نوار بدون ساخت", "No-build strip")),
    Subject("corner_chamfer", Direction.MIN, "m", Text("پخ گوشه", "Chamfer of the corner")),
    _min("min_plot", "m²", "مساحت قطعه در تفکیک", "Plot in a subdivision"),
    _min("min_frontage", "m", "بر قطعه در تفکیک", "Frontage in a subdivision"),
    Subject(
        "min_lot_for_use",
        Direction.SCHEDULE,
        "m²",
        Text("حداقل مساحت قطعه برای هر کاربری", "Lot needed for a use, at least"),
    ),
    _max("max_projection", "m", "پیش‌آمدگی روی گذر", "Projection over the passage"),
    _min("projection_clearance", "m", "ارتفاع آزاد زیر پیش‌آمدگی", "Clear height under a projection"),
    _min("facing_windows", "m", "فاصلهٔ پنجره‌های روبه‌روی اتاق اصلی", "Distance of facing windows of main rooms"),
    _min("facing_windows_service", "m", "فاصلهٔ پنجره‌های روبه‌روی دیگر", "Distance of other facing windows"),
    _min("window_to_yard", "m", "فاصلهٔ پنجره از حیاط همسایه", "Distance of a window from a neighbour's yard"),
    _min("window_sill", "m", "بلندی کف پنجرهٔ نزدیک‌تر به همسایه", "Sill of a window closer to the neighbour"),
    _min("light_well_main_area", BUILT, "مساحت نورگیر اتاق اصلی", "Area of a light-well of main rooms"),
    _min("light_well_main_side", "m", "ضلع نورگیر اتاق اصلی", "Side of a light-well of main rooms"),
    _min("light_well_service_area", BUILT, "مساحت نورگیر فضای خدماتی", "Area of a light-well of service rooms"),
    _min("light_well_service_side", "m", "ضلع نورگیر فضای خدماتی", "Side of a light-well of service rooms"),
    _max("stair_head_height", "m", "ارتفاع خرپشته", "Height of the stair head"),
    _max("stair_head_share", "%", "سهم خرپشته از بام", "Share of the stair head in the roof"),
    _max("parapet_height", "m", "ارتفاع جان‌پناه", "Height of the parapet"),
    _max("clear_height_storey", "m", "ارتفاع مفید طبقه", "Clear height of a storey"),
    _max("clear_height_pilotis", "m", "ارتفاع مفید پیلوت", "Clear height of the pilotis"),
    _max("clear_height_basement", "m", "ارتفاع مفید زیرزمین", "Clear height of a basement"),
    _max("clear_height_shop", "m", "ارتفاع مفید تجاری", "Clear height of a shop"),
    _max("ramp_slope", "%", "شیب رامپ پارکینگ", "Slope of the car ramp"),
)
