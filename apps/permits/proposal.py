"""What an owner proposes to build, storey by storey, and what was measured of its footprint. Pure: numbers, no shapes.

Lengths in metres, areas in m². A figure that is None was not written: not known, never zero.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from apps.common.text import Text

TOLERANCE_M2 = Decimal("0.25")
"""What a drawing to the centimetre may be off on a house's outline; a larger piece is land."""
ZERO = Decimal(0)


class StoreyKind(StrEnum):
    """Floor kinds of the glossary."""

    BASEMENT = "BASEMENT"
    PILOTIS = "PILOTIS"
    GROUND = "GROUND"
    TYPICAL = "TYPICAL"
    STAIR_HEAD = "STAIR_HEAD"


KIND_NAMES = {
    StoreyKind.BASEMENT: Text("زیرزمین", "Basement"),
    StoreyKind.PILOTIS: Text("پیلوت", "Pilotis"),
    StoreyKind.GROUND: Text("همکف", "Ground floor"),
    StoreyKind.TYPICAL: Text("طبقه", "Storey"),
    StoreyKind.STAIR_HEAD: Text("خرپشته", "Stair head"),
}
LIVED_IN = (StoreyKind.GROUND, StoreyKind.TYPICAL)


@dataclass(frozen=True, slots=True)
class Storey:
    """A storey, or the part of one with one use and units of one size (several rows of one number are one storey).

    `number`: below 0 basements, 0 at the passage, from 1 on over it. `use`: a land-use code, '' for parking,
    entrance, plant. `countable_m2`: what density counts of `gross_m2`. `parking`: stalls that lie on this storey.
    """

    number: int
    kind: StoreyKind
    use: str = ""
    gross_m2: Decimal | None = None
    countable_m2: Decimal | None = None
    height_m: Decimal | None = None
    units: int | None = None
    parking: int | None = None

    @property
    def counted_m2(self) -> Decimal | None:
        """What density counts: a row that names no use and is no storey to live in counts nothing until it says so."""
        if self.countable_m2 is None and self.kind not in LIVED_IN and not self.use:
            return ZERO
        return self.countable_m2

    @property
    def most_counted_m2(self) -> Decimal | None:
        """What density may count of it at most: all of a storey that is used, whatever is said to be left out."""
        return self.gross_m2 if self.use or self.kind in LIVED_IN else self.counted_m2

    @property
    def is_storey(self) -> bool:
        """Whether the law counts it: pilotis with parking, entrance and plant only is none, with a unit it is one."""
        if self.kind in LIVED_IN:
            return True
        lived_in = bool(self.use or self.units or self.countable_m2)
        return self.kind is StoreyKind.PILOTIS and lived_in


@dataclass(frozen=True, slots=True)
class Proposal:
    """The table. `plinth_m`: how far the level 0 lies above the passage; `parapet_m` of the roof."""

    storeys: tuple[Storey, ...] = ()
    plinth_m: Decimal = ZERO
    parapet_m: Decimal | None = None

    def of(self, *kinds: StoreyKind) -> tuple[Storey, ...]:
        """The rows of these kinds."""
        return tuple(row for row in self.storeys if row.kind in kinds)

    def levels(self, rows: Iterable[Storey] | None = None) -> dict[int, tuple[Storey, ...]]:
        """Rows by the number of their storey, from below."""
        found: dict[int, tuple[Storey, ...]] = {}
        for row in sorted(self.storeys if rows is None else rows, key=lambda r: r.number):
            found[row.number] = (*found.get(row.number, ()), row)
        return found

    @property
    def above(self) -> tuple[Storey, ...]:
        """Rows from the passage's level up, without the stair head."""
        return self.of(StoreyKind.PILOTIS, *LIVED_IN)

    @property
    def storey_count(self) -> int:
        """Storeys that the law counts: 'over pilotis', and a ground floor that is lived in."""
        return sum(any(row.is_storey for row in rows) for rows in self.levels(self.above).values())

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses of the table, each once, in its order."""
        return tuple(dict.fromkeys(row.use for row in self.storeys if row.use))


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of the table; None where a figure that belongs to the sum is missing."""

    gross_m2: Decimal | None
    countable_m2: Decimal | None
    height_m: Decimal | None
    storeys: int
    units: int | None
    parking: int | None


def totals(proposal: Proposal) -> Totals:
    """Sums of the table; no rows, no sums."""
    rows = proposal.storeys
    stalls = [row.parking for row in rows if row.parking is not None]
    heights = [rows[0].height_m for rows in proposal.levels(proposal.above).values()]
    return Totals(
        gross_m2=_sum(row.gross_m2 for row in rows),
        countable_m2=_sum(row.counted_m2 for row in rows),
        height_m=_sum([proposal.plinth_m, *heights]) if heights else None,
        storeys=proposal.storey_count,
        units=_count(row.units for row in rows if row.units is not None or row.use or row.kind in LIVED_IN),
        parking=sum(stalls) if stalls else None,
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    found = list(values)
    known = [v for v in found if v is not None]
    return sum(known, ZERO) if found and len(known) == len(found) else None


def _count(values: Iterator[int | None]) -> int | None:
    found = list(values)
    known = [v for v in found if v is not None]
    return sum(known) if len(known) == len(found) else None


@dataclass(frozen=True, slots=True)
class Taken:
    """m² of the footprint on ground that a subject keeps free: for sure, and at most (a side of unknown kind)."""

    sure_m2: Decimal
    perhaps_m2: Decimal


@dataclass(frozen=True, slots=True)
class LevelFit:
    """How the footprint lies on a level of the envelope: m² outside of it, m² inside."""

    outside_m2: Decimal
    inside_m2: Decimal


@dataclass(frozen=True, slots=True)
class Measured:
    """What the engine of envelopes measured of the footprint; None = nothing drawn, or not known.

    `envelope`: 'value' | 'not_known' | 'impossible', `reasons` why not a value. `outside_m2` of the lowest level as it
    is drawn, `outside_sure_m2` of the largest ground there can be. `taken` by subject; `levels` from below.
    `ground_storey`: the city's law lets one storey stand on the ground where none over the base is permitted.
    """

    footprint_m2: Decimal | None = None
    plot_m2: Decimal | None = None
    outside_parcel_m2: Decimal | None = None
    envelope: str = "not_known"
    reasons: tuple[Text, ...] = ()
    outside_m2: Decimal | None = None
    outside_sure_m2: Decimal | None = None
    taken: Mapping[str, Taken] = field(default_factory=dict)
    levels: tuple[LevelFit, ...] = ()
    ground_storey: bool = False
