"""The Isfahan rulebooks as they stand in the city package, and questions to ask them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from apps.common.city import read_toml
from apps.common.text import Text
from apps.legal.answers import (
    Fact,
    FactValue,
    Outcome,
    Provision,
    Question,
    RulebookInForce,
    SourceAnswer,
    ThemeFinding,
    Unknown,
    WhyNot,
    ZoneHit,
)
from apps.legal.rulebook_csv import read_rows
from apps.legal.subjects import SUBJECTS, Direction
from detailed_plan.source import DetailedPlanSource
from heritage_zones.source import HeritageSource

CITY = Path(__file__).parents[2] / "cities" / "isfahan"
PARTITIONS = ("land_use", "height_code", "density")
THEMES = (
    *PARTITIONS,
    "heritage_core",
    "heritage_buffer",
    "historic_fabric",
    "starred_plot",
    "worn_fabric",
    "madi_strip",
    "road_widening",
)
PERMIT_KINDS = (
    "NEW", "EXTENSION", "ADDED_STOREY", "RENEWAL", "TIME_EXTENSION", "AMENDMENT", "DEMOLISH_REBUILD", "REPAIR",
    "DUPLICATE",
)  # fmt: skip
INPUTS = ("unit_m2", "use", "units")
NOT_KNOWN = "not known"
_LABELS = {
    "plot_m2": ("مساحت قطعه", "Area of the plot", "m²"),
    "net_plot_m2": ("مساحت پس از تعریض", "Area after road widening", "m²"),
    "passage_m": ("عرض گذر", "Width of the passage", "m"),
    "existing_height_m": ("ارتفاع موجود", "Existing height", "m"),
    "existing_storeys": ("طبقات موجود", "Existing storeys", "storey"),
}
_USUAL: Mapping[str, FactValue] = {
    "plot_m2": Decimal(1000),
    "passage_m": Decimal(24),
    "frontage_m": Decimal(20),
    "corner": False,
    "passage_sum_m": None,
    "consolidated": Decimal(1),
    "existing_storeys": Decimal(2),
    "existing_height_m": Decimal("6.40"),
    "permit_kind": "NEW",
    "heritage": False,
    "inner_heritage": False,
    "worn_fabric": False,
}


@cache
def books(source: str) -> tuple[RulebookInForce, ...]:
    """All rulebooks of one source, from the package's own list."""
    listed = read_toml(CITY / "rulebooks.toml")["rulebook"]
    return tuple(book(entry["code"], entry["file"]) for entry in listed if entry["source"] == source)


def book(code: str, file: str) -> RulebookInForce:
    """One rulebook, read by the same reader that takes it in."""
    path = CITY / file
    rows = read_rows(path.read_bytes(), file=path.name)
    return RulebookInForce(code, code, "", Text.of(code), "1", tuple(_provision(r.cells, r.when) for r in rows))


def provision(
    row: str, subject: str, effect: str, value: str, theme: str = "", zone: str = "", **when: str
) -> Provision:
    """A row of a made-up table."""
    text = Text(fa=f"متن {row}.", en=f"Text {row}.")
    return Provision(row, "1-1", "X", subject, effect, value, theme, zone, when, text)


def table(*rows: Provision, code: str = "made-up") -> RulebookInForce:
    """A made-up rulebook."""
    return RulebookInForce(code, code, "", Text.of(code), "1", rows)


def facts(**changes: FactValue | int | str) -> dict[str, Fact]:
    """The facts of a roomy parcel without complications, with some changed. Nothing of it is widened unless said."""
    given = {**_USUAL, **{n: _exact(v) for n, v in changes.items()}}
    values = {"net_plot_m2": given["plot_m2"], **dict.fromkeys(INPUTS), **given}
    return {n: _fact(n, v) for n, v in values.items()}


def _fact(name: str, value: FactValue) -> Fact:
    fa, en, unit = _LABELS.get(name, (name, name, ""))
    return Fact(name, value, Text(fa, en), unit, of_proposal=name in INPUTS)


def hit(theme: str, code: str, *, feature: int = 1, share: float = 1.0, edition: str = "") -> ZoneHit:
    """A zone over the parcel."""
    return ZoneHit(theme, feature, code, Text.of(code), {}, edition or f"{theme}-ed", 200.0 * share, share)


def findings(*hits: ZoneHit, unknown: Sequence[str] = ()) -> dict[str, ThemeFinding]:
    """Every theme answered: by these hits, or not known, or with nothing there."""
    found = {}
    for theme in THEMES:
        mine = tuple(h for h in hits if h.theme == theme)
        reasons: tuple[Unknown, ...] = ()
        outcome = Outcome.APPLIES if mine else Outcome.DOES_NOT_APPLY
        if theme in unknown:
            reasons = (Unknown(WhyNot.PARTLY_OUTSIDE, Text.of(f"{theme} unclear"), "heritage", theme=theme, share=0.4),)
            outcome = Outcome.NOT_KNOWN
        found[theme] = ThemeFinding(theme, outcome, mine, (), reasons)
    return found


def plan(*hits: ZoneHit, unknown: Sequence[str] = (), **changes: FactValue | int | str) -> SourceAnswer:
    """What the plan says."""
    return DetailedPlanSource().answer(
        Question(facts(**changes), findings(*hits, unknown=unknown), books("detailed_plan"))
    )


def heritage(*hits: ZoneHit, unknown: Sequence[str] = (), **changes: FactValue | int | str) -> SourceAnswer:
    """What heritage says."""
    return HeritageSource().answer(
        Question(facts(**changes), findings(*hits, unknown=unknown), books("heritage_zones"))
    )


def value(answer: SourceAnswer, subject: str) -> object:
    """The strictest value; NOT_KNOWN as soon as anything is unknown; None when nothing speaks."""
    if any(u.subject == subject for u in answer.unknowns):
        return NOT_KNOWN
    values = [c.value for c in answer.candidates if c.subject == subject]
    if not values:
        return None
    direction = SUBJECTS[subject].direction
    if direction is Direction.SET:
        return frozenset.intersection(*(frozenset(v) for v in values if isinstance(v, tuple)))
    if direction is Direction.SCHEDULE:
        return frozenset(values)
    numbers = [v for v in values if isinstance(v, Decimal)]
    return min(numbers) if direction is Direction.MAX else max(numbers)


def duties(answer: SourceAnswer) -> set[tuple[str, str]]:
    """(kind, code) of every duty."""
    return {(d.kind, d.code) for d in answer.duties}


def reasons(answer: SourceAnswer, subject: str) -> set[WhyNot]:
    """Why a subject is not known."""
    return {u.why for u in answer.unknowns if u.subject == subject}


def _provision(cells: Mapping[str, str], when: Mapping[str, str]) -> Provision:
    plain = {n: cells[n] for n in ("row", "article", "category", "subject", "effect", "value", "theme", "zone")}
    return Provision(**plain, when=when, text=Text(fa=cells["text_fa"], en=cells["text_en"]))


def _exact(raw: FactValue | int | str) -> FactValue:
    return Decimal(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
