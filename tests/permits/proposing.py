"""Houses for the tests: tables in few words, footprints in metres of the small city's grid."""

from decimal import Decimal
from typing import Any

from shapely import MultiPolygon, affinity, box

from apps.permits.proposal import Proposal, Storey, StoreyKind
from apps.permits.proposal_checked import Draft
from apps.permits.proposals import save_proposal
from tests.extracts.conftest import X0, Y0


def row(kind: str, number: int, **figures: Any) -> Storey:
    """`row("TYPICAL", 1, gross=200)`: figures in m and m²; countable is gross when nothing else is said."""
    gross, countable = figures.pop("gross", None), figures.pop("countable", None)
    height = figures.pop("height", None)
    shown = countable if countable is not None else gross if figures.get("use") else None
    return Storey(number=number, kind=StoreyKind(kind), gross_m2=_decimal(gross), countable_m2=_decimal(shown),
                  height_m=_decimal(height), **figures)  # fmt: skip


def _decimal(raw: float | str | None) -> Decimal | None:
    return None if raw is None else Decimal(str(raw))


def house(storeys: int = 4, *, gross: float = 200, units: int = 2, parking: int = 8, height: float = 3.2,
          use: str = "RES", **edges: Any) -> Proposal:  # fmt: skip
    """Pilotis with the stalls, and storeys of flats over it."""
    typical = [
        row("TYPICAL", n, gross=gross, use=use, units=units, height=height, parking=0) for n in range(1, storeys + 1)
    ]
    base = row("PILOTIS", 0, gross=gross, height=2.7, parking=parking)
    return Proposal((base, *typical), parapet_m=Decimal("1.1"), **edges)


def on_grid(*boxes: tuple[float, float, float, float]) -> MultiPolygon:
    """Rectangles (x0, y0, x1, y1) in metres from the grid's corner, in the city's CRS."""
    return MultiPolygon([affinity.translate(box(*bounds), X0, Y0) for bounds in boxes])


CORNERS = {"A": (0, 20), "B": (20, 20), "C": (40, 20), "D": (0, 60), "E": (20, 60)}


def plain_house(name: str = "A", **of_table: Any) -> Draft:
    """Four storeys of 200 m² in a footprint of 15 × 15 m, 2 m off every border of a parcel of 20 × 20 m or more."""
    x, y = CORNERS[name]
    return Draft(house(**of_table), on_grid((x + 2, y + 2, x + 17, y + 17)))


def propose(person: Any, tracking: str, name: str = "A") -> Any:
    """A version of the plain house that was saved."""
    return save_proposal(person=person, tracking=tracking, draft=plain_house(name))
