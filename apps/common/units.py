"""Units in which a city's law is written. Geometry stays in metres; only values of rules are in these."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

LENGTHS = {"m": Decimal(1), "ft": Decimal("0.3048")}
"""Metres in one unit of length (the international foot is exactly 0.3048 m)."""
AREAS = {"m²": Decimal(1), "ft²": Decimal("0.09290304"), "ac": Decimal("4046.8564224")}
"""Square metres in one unit of area (an acre is 43,560 square feet)."""


@dataclass(frozen=True, slots=True)
class Units:
    """The city's unit of length and of plot area. Raises ValueError for a unit nobody here can convert."""

    length: str = "m"
    area: str = "m²"

    def __post_init__(self) -> None:
        if self.length not in LENGTHS or self.area not in AREAS:
            raise ValueError(f"units: length is one of {list(LENGTHS)}, area one of {list(AREAS)}")

    def named(self, unit: str) -> str:
        """The city's name for a subject's unit: 'm' → 'ft', 'm²' → 'ac'; any other stays."""
        return {"m": self.length, "m²": self.area}.get(unit, unit)

    def area_of(self, square_metres: Decimal) -> Decimal:
        """m² → the city's unit of plot area, to six decimals, cut off and never rounded up."""
        return (square_metres / AREAS[self.area]).quantize(Decimal("0.000001"), ROUND_FLOOR)

    def ground_of(self, square_metres: float) -> tuple[float, str]:
        """A piece of ground for people: in m², or in ft² where lengths are in feet, and the unit's code."""
        unit = "ft²" if self.length == "ft" else "m²"
        return square_metres / float(AREAS[unit]), unit
