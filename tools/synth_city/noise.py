"""Smooth random fields over the city, made of a few sine waves: cheap, and the same on every machine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class SmoothField:
    """A field of about -1..1 whose hills are some `wavelength` metres apart."""

    waves: NDArray[np.float64]

    @classmethod
    def seeded(cls, seed: int, salt: int, wavelength: float, count: int = 7) -> "SmoothField":
        """The field of a seed; `salt` tells fields of one seed apart."""
        rng = np.random.default_rng([seed, salt])
        angle = rng.uniform(0, 2 * np.pi, count)
        k = 2 * np.pi / (wavelength * rng.uniform(0.6, 1.8, count))
        phase = rng.uniform(0, 2 * np.pi, count)
        return cls(np.column_stack([k * np.cos(angle), k * np.sin(angle), phase]))

    def at(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Values at points in metres."""
        xs, ys = np.asarray(x, float), np.asarray(y, float)
        total = np.zeros(np.broadcast(xs, ys).shape)
        for kx, ky, phase in self.waves:
            total = total + np.sin(kx * xs + ky * ys + phase)
        return np.asarray(total / np.sqrt(len(self.waves)))
