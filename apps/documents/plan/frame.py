"""Which piece of the ground the map shows, at which round scale. Pure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

Box = tuple[float, float, float, float]
WIDTH_MM, HEIGHT_MM = 178.0, 104.0
_FILL = 0.6  # of the paper that the parcel may take, so that its neighbours show
_STEPS = (1.0, 2.0, 2.5, 5.0)
_SMALLEST = 50
_BAR_MM = 45.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the ground: centre (easting, northing in m), scale 1 : `scale`, paper size in mm."""

    x: float
    y: float
    scale: int
    width_mm: float = WIDTH_MM
    height_mm: float = HEIGHT_MM

    @property
    def box(self) -> Box:
        """West, south, east, north in metres."""
        half_x, half_y = self.metres(self.width_mm) / 2, self.metres(self.height_mm) / 2
        return self.x - half_x, self.y - half_y, self.x + half_x, self.y + half_y

    def metres(self, millimetres: float) -> float:
        """Length on the ground of a length on paper."""
        return millimetres * self.scale / 1000

    def millimetres(self, metres: float) -> float:
        """Length on paper of a length on the ground."""
        return metres * 1000 / self.scale

    def paper(self, x: float, y: float) -> tuple[float, float]:
        """Millimetres from the upper left corner of the paper."""
        west, _, _, north = self.box
        return self.millimetres(x - west), self.millimetres(north - y)


def frame_around(bounds: Box, *, width_mm: float = WIDTH_MM, height_mm: float = HEIGHT_MM) -> Frame:
    """The largest round scale at which bounds (m) take at most three fifths of the paper."""
    west, south, east, north = bounds
    needed = max((east - west) / (width_mm * _FILL), (north - south) / (height_mm * _FILL)) * 1000
    scale = next(s for s in _scales() if s >= needed)
    return Frame((west + east) / 2, (south + north) / 2, scale, width_mm, height_mm)


def bar(frame: Frame, *, metres_per_unit: float = 1.0) -> tuple[float, float]:
    """(round length in units, its millimetres on paper): 1, 2 or 5 times a power of ten, at most 45 mm long."""
    longest = frame.metres(_BAR_MM) / metres_per_unit
    power = 10.0 ** math.floor(math.log10(longest))
    length = next(step * power for step in (5.0, 2.0, 1.0) if step * power <= longest)
    return length, frame.millimetres(length * metres_per_unit)


def ticks(frame: Frame) -> Iterator[tuple[str, float]]:
    """('E', easting) along the lower edge and ('N', northing) along the left one, at a round step."""
    west, south, east, north = frame.box
    step, _ = bar(frame)
    yield from (("E", x) for x in _multiples(west + frame.metres(14), east - frame.metres(12), step))
    yield from (("N", y) for y in _multiples(south + frame.metres(8), north - frame.metres(8), step))


def north_at(frame: Frame) -> tuple[float, float]:
    """The tip of the north arrow, mm."""
    return frame.width_mm - 10, 4.0


def bar_at(frame: Frame, wide: float) -> tuple[float, float]:
    """The upper left corner of a scale bar `wide` mm long."""
    return frame.width_mm - wide - 13, frame.height_mm - 10


def _multiples(low: float, high: float, step: float) -> Iterator[float]:
    yield from (n * step for n in range(math.floor(low / step) + 1, math.ceil(high / step)))


def _scales() -> Iterator[int]:
    yield _SMALLEST
    power = 100
    while True:
        yield from (int(step * power) for step in _STEPS)
        power *= 10
