"""How different parts of the city are built: sizes in metres and m², shares 0..1."""

import math
from dataclasses import dataclass, replace

import numpy as np

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """One way of building: blocks, plots in them, passages around them."""

    name: str
    block_long: float
    block_deep: float
    plot_wide: float
    plot_deep: float
    spread: float
    bend: float
    skew: float
    alley: Span
    local: Span
    collector: Span
    least: float
    organic: bool = False
    dead_ends: float = 0.0

    def shrunk(self, share: float) -> "Style":
        """The same style with plots of `share` times the area."""
        side = math.sqrt(share)
        return replace(
            self,
            block_deep=max(2 * 9.0, self.block_deep * side),
            plot_wide=self.plot_wide * side,
            plot_deep=self.plot_deep * side,
            least=self.least * share,
        )

    def varied(self, rng: np.random.Generator) -> "Style":
        """The style as one quarter applies it: no two quarters have the same blocks."""
        if self.organic or self.bend == 0.0:
            return self
        long, deep = rng.uniform(0.7, 1.35), rng.uniform(0.94, 1.16)
        return replace(
            self,
            block_long=self.block_long * long,
            block_deep=self.block_deep * deep,
            plot_wide=self.plot_wide * rng.uniform(0.9, 1.2),
        )

    @property
    def mean_plot(self) -> float:
        """Area of a usual plot."""
        return self.plot_wide * self.plot_deep


HISTORIC = Style(
    "historic",
    104,
    92,
    22.2,
    24.5,
    0.34,
    9.0,
    0.24,
    (2.5, 5.0),
    (4.5, 7.0),
    (8.0, 11.0),
    110,
    organic=True,
    dead_ends=0.85,
)
INNER = Style("inner", 118, 46, 11.6, 23.0, 0.24, 2.5, 0.04, (4.0, 6.0), (8.0, 12.0), (14.0, 18.0), 75)
OUTER = Style("outer", 140, 42, 10.6, 21.0, 0.20, 2.0, 0.03, (6.0, 8.0), (8.0, 12.0), (14.0, 20.0), 70)
PLANNED = Style("planned", 104, 50, 13.4, 25.0, 0.10, 0.0, 0.0, (8.0, 10.0), (10.0, 12.0), (16.0, 20.0), 90)
FRINGE = Style("fringe", 130, 58, 15.5, 29.0, 0.34, 5.0, 0.08, (4.0, 6.0), (6.0, 8.0), (12.0, 14.0), 100)
SHOPS = Style("shops", 52, 40, 6.6, 13.0, 0.12, 0.0, 0.0, (3.0, 3.5), (3.0, 4.0), (4.0, 5.0), 28)
