"""Facts of a parcel on a day: exact decimals, None where not known."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.oracle.cells import CENT, Value
from tests.oracle.ground import NOT_KNOWN, Finding
from tests.oracle.layers import Plot

COLUMNS = {
    "passage_m": "passage_width",
    "frontage_m": "frontage",
    "consolidated": "consolidated",
    "existing_storeys": "existing_storeys",
    "existing_height_m": "existing_height",
}
SQUARE_METRES = {"ft²": Decimal("0.09290304"), "ac": Decimal("4046.8564224")}


def facts_of(
    plot: Plot, findings: Mapping[str, Finding], city: Mapping[str, Any], permit_kind: str | None
) -> dict[str, Value | None]:
    """Everything that rules may ask about the whole parcel."""
    legal = legal_area(plot)
    found: dict[str, Value | None] = {"plot_m2": legal, "permit_kind": permit_kind, "corner": _yes_no(plot, "corner")}
    found |= {name: _number(plot.columns.get(column)) for name, column in COLUMNS.items()}
    unit = city.get("units", {}).get("area", "m²")
    if unit in SQUARE_METRES:
        found["plot_area"] = None if legal is None else (legal / SQUARE_METRES[unit]).quantize(CENT)
    for name, asked in city.get("parcel_facts", {}).items():
        found[name] = _declared(plot, asked)
    for name, asked in city.get("net_areas", {}).items():
        found[name] = _net(legal, [findings[theme] for theme in asked["minus"]])
    for name, asked in city.get("facts", {}).items():
        found[name] = _layered([findings[theme] for theme in asked["themes"]], asked.get("codes", ()))
    return found


def legal_area(plot: Plot) -> Decimal | None:
    """The smaller of deed and drawing, m²; None when the drawing is nothing or the deed absurd."""
    drawn = Decimal(plot.shape.area).quantize(CENT)
    deed = _number(plot.columns.get("deed_area"))
    if drawn <= 0:
        return None
    if deed is None:
        return drawn
    return min(deed, drawn) if drawn / 2 < deed < drawn * 2 else None


def _number(raw: Any) -> Decimal | None:
    if raw is None or raw != raw:  # noqa: PLR0124 - not a number
        return None
    return Decimal(str(raw)).quantize(CENT)


def _yes_no(plot: Plot, column: str) -> bool | None:
    raw = plot.columns.get(column)
    return None if raw is None else bool(raw)


def _declared(plot: Plot, asked: Mapping[str, Any]) -> Value | None:
    raw = plot.columns.get(asked["column"])
    if raw is None or raw != raw or raw == "":  # noqa: PLR0124 - not a number
        return None
    if asked["kind"] == "yes_no":
        return bool(raw)
    return str(raw) if asked["kind"] == "code" else Decimal(str(raw))


def _net(legal: Decimal | None, minus: list[Finding]) -> Decimal | None:
    if legal is None or any(f.answer == NOT_KNOWN for f in minus):
        return None
    taken = sum(hit.area for f in minus for hit in f.hits)
    return max(Decimal(0), legal - Decimal(taken).quantize(CENT))


def _layered(asked: list[Finding], codes: tuple[str, ...]) -> bool | None:
    if any(not codes or hit.code in codes for f in asked for hit in f.hits):
        return True
    return None if any(f.answer == NOT_KNOWN for f in asked) else False
