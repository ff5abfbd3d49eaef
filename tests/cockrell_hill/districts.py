"""What the zoning file says of each district, read by hand. Lengths in feet, lot sizes in acres, coverage in percent.

`R` and `PD` stand in the file without a shape: they hold no lot. `C-A` says `res_uses: "none"` and no number at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

ONE_OR_TWO = frozenset({"1_family", "2_family"})
ALL_USES = frozenset({"1_family", "2_family", "3_family", "4_family", "Townhome"})
NO_USE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Expected:
    """A value, or None = not known; `bound`: the strictest value that is certain all the same, None = nothing said."""

    value: Decimal | None
    working: str
    bound: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a schedule: for these uses, when `condition` holds of the proposal ("" = always), `value`."""

    uses: frozenset[str]
    condition: str
    value: str


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot, what the files tell of it, and what its extract must say."""

    number: str  # the end of its parcel_id
    why: str
    width: Decimal | None  # feet, to 3 decimals; None: the file holds its filler 1.0
    depth: Decimal | None
    area: Decimal  # acres, to 4 decimals
    zones: Mapping[str, Decimal]  # every district that holds ≥ 0.1 m²: percent of the drawn lot, to 0.1; slivers too
    gap_m2: Decimal  # what no district holds, to 0.1 m²
    sides: tuple[str, ...]  # kinds in the file, each once
    values: Mapping[str, Expected]  # by subject code
    uses: frozenset[str] | None  # None = not known; empty = no residence is allowed
    schedules: tuple[str, ...] = ()  # the districts whose rows of SCHEDULES stand; empty: not known
    parts: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)  # a cut lot: each district's own value
    slivers: tuple[str, ...] = ()  # of `zones`: below 2 m² and below 2 %, so without effect

    @property
    def parcel_id(self) -> str:
        return f"Dallas_County_combined_parcel_{self.number}"


def ft(text: str, working: str) -> Expected:
    """A known value with its working."""
    return Expected(Decimal(text), working)


def unknown(working: str, bound: str = "") -> Expected:
    """Not known, and what is certain all the same."""
    return Expected(None, working, Decimal(bound) if bound else None)


_SAME = {  # R-S, R-M and C say the same of these
    "front_setback": ft("25", 'setback_front min_val "25"'),
    "side_setback_exterior": ft("25", 'setback_side_ext min_val "25"; binds where the lot has an exterior side'),
    "max_height": ft("35", 'height max_val "35"'),
}
_SIXTY_AND_TWO = {
    **_SAME,
    "max_coverage": ft("60", 'lot_cov_bldg max_val "60"'),
    "max_storeys": ft("2", 'stories max_val "2"'),
}
FIXED: Mapping[str, Mapping[str, Expected]] = MappingProxyType(
    {
        "R-S": {
            **_SAME,
            "max_coverage": ft("45", 'lot_cov_bldg max_val "45"'),
            "max_storeys": ft("2.5", 'stories max_val "2.5"'),
        },
        "R-M": _SIXTY_AND_TWO,
        "C": _SIXTY_AND_TWO,
    }
)
NUMBERS = (*FIXED["R-S"], "rear_setback", "side_setback_interior")

# A limit for four-family houses that grows with their dwelling units; the other uses have one number.
_LOT_SIZES = (
    Row(frozenset({"4_family"}), "total_units <= 3", "0.16"),
    Row(frozenset({"4_family"}), "total_units > 3", "0.16 + 0.02 * (total_units - 3)"),
    Row(ALL_USES - {"4_family"}, "", "0.16"),
)
_PARKING = (
    Row(frozenset({"3_family", "4_family"}), "", "2 * total_units"),
    Row(frozenset({"1_family", "2_family", "Townhome"}), "", "4 * total_units"),
)
SCHEDULES: Mapping[str, Mapping[str, tuple[Row, ...]]] = MappingProxyType(
    {
        "R-S": {
            "min_lot_for_use": (Row(ONE_OR_TWO, "", "0.16"),),
            "min_parking": (Row(ONE_OR_TWO, "", "4 * total_units"),),
        },
        "R-M": {"min_lot_for_use": _LOT_SIZES, "min_parking": _PARKING},
        "C": {"min_lot_for_use": _LOT_SIZES, "min_parking": _PARKING},
    }
)

# subject, use, dwelling units, what the rows above come to
PROPOSALS = (
    ("min_lot_for_use", "1_family", 1, "0.16"),
    ("min_lot_for_use", "4_family", 3, "0.16"),  # on the edge of the condition
    ("min_lot_for_use", "4_family", 4, "0.18"),  # 0.16 + 0.02 × 1
    ("min_lot_for_use", "4_family", 10, "0.30"),  # 0.16 + 0.02 × 7
    ("min_parking", "1_family", 1, "4"),  # 4 × 1
    ("min_parking", "2_family", 2, "8"),  # 4 × 2
    ("min_parking", "3_family", 3, "6"),  # 2 × 3: fewer than for a pair of houses
    ("min_parking", "4_family", 4, "8"),  # 2 × 4
    ("min_parking", "Townhome", 5, "20"),  # 4 × 5
)


def with_setback(fixed: Mapping[str, Expected], setback: Expected) -> dict[str, Expected]:
    """The district's numbers, and `setback` for the rear and the interior sides: one formula in the file for both."""
    return {**fixed, "rear_setback": setback, "side_setback_interior": setback}


def nothing(working: str, bounds: Mapping[str, Expected] | None = None) -> dict[str, Expected]:
    """No number is known; `bounds` = what the part that a district does hold says."""
    return {code: _open(working, (bounds or {}).get(code)) for code in NUMBERS}


def _open(working: str, certain: Expected | None) -> Expected:
    return Expected(None, f"{working}; there: {certain.working}", certain.value) if certain else Expected(None, working)
