"""What an envelope is computed from. Pure: shapely shapes in the city's metric CRS, lengths in metres, areas m²."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from apps.common.text import Text
from apps.common.units import Units

Area = Polygon | MultiPolygon
METRIC = Units()
FRONT, REAR, INTERIOR, EXTERIOR = "front", "rear", "interior_side", "exterior_side"
KINDS = (FRONT, REAR, INTERIOR, EXTERIOR)
SETBACKS = {
    FRONT: "front_setback",
    REAR: "rear_setback",
    INTERIOR: "side_setback_interior",
    EXTERIOR: "side_setback_exterior",
}
"""Which subject speaks of a side of which kind."""
CONSUMED = (
    "max_storeys", "max_height", "max_coverage", "max_coverage_ground", "max_density", *SETBACKS.values(),
    "no_build_strip", "corner_chamfer", "light_well_main_area", "light_well_service_area",
)  # fmt: skip
"""The subjects that shape an envelope."""
PASSAGE_KINDS = frozenset({FRONT, EXTERIOR})


@dataclass(frozen=True, slots=True)
class Provision:
    """The row of a rulebook that made something; `act` as an extract writes it."""

    subject: str
    label: Text
    rulebook: str
    title: Text
    article: str
    row: str
    text: Text
    act: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the envelope is not known: `why` is a short code, `office` as an extract writes it."""

    why: str
    text: Text
    office: Mapping[str, Any] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Limit:
    """One subject: state 'value' | 'not_known' | 'none'. Metres, %, storeys or m².

    When not known, `value` is the bound that holds in any case, or None.
    """

    subject: str
    label: Text
    state: str = "none"
    value: Decimal | None = None
    provision: Provision | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the lot and the kinds it may be of: one when known, several when not."""

    kinds: tuple[str, ...]
    line: BaseGeometry


@dataclass(frozen=True, slots=True)
class CutOut:
    """A part of the lot on which nothing is built; `ceded`: it goes to the passage, whose edge moves with it."""

    theme: str
    label: Text
    shape: Area
    ceded: bool = False
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the lot that has its own value of one subject (policy by_part)."""

    subject: str
    label: Text
    shape: Area
    value: Decimal
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """The level under the storeys that the rules count (pilotis). `counted`: whether it is floor area."""

    height: Decimal
    label: Text
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Building:
    """How a city's law builds up: metres per storey (None = the law does not say), the level under them.

    `ground_storey`: where no storey over the base is permitted, one on the ground fits if the height permits it.
    """

    storey_height: Decimal | None = None
    base: Base | None = None
    ground_storey: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """The lot, its sides, what is cut out of it and its parts. `plot_m2`: the area that percentages are of."""

    shape: Area
    sides: tuple[Side, ...] = ()
    cut_outs: tuple[CutOut, ...] = ()
    parts: tuple[Part, ...] = ()
    plot_m2: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """The limits by subject, how buildings are built up, doubts that the extract leaves; `units` for sentences only."""

    limits: Mapping[str, Limit]
    building: Building = Building()
    doubts: tuple[Doubt, ...] = field(default=())
    units: Units = METRIC

    def limit(self, subject: str) -> Limit:
        """The limit, 'none' where nothing speaks of the subject."""
        return self.limits.get(subject) or Limit(subject, Text.of(subject))
