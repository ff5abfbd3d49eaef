"""The files that carry law: one layer of features and one layer that says where the edition speaks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from tools.synth_city.city import City
from tools.synth_city.codes import labels
from tools.synth_city.geo import difference, intersection, union
from tools.synth_city.law_shapes import (
    LawShape,
    heritage_buffer,
    heritage_core,
    historic_fabric,
    madi_strips,
    plan_outlines,
    worn_fabric,
)
from tools.synth_city.sink import Kinds, Sink

THEMES = {
    "land_use_1393": "land_use",
    "height_code_1393": "height_code",
    "density_1393": "density",
    "height_code_1402": "height_code",
    "height_code_1404": "height_code",
    "local_plan_a_land_use": "land_use",
    "local_plan_a_height_code": "height_code",
    "local_plan_a_density": "density",
    "local_plan_b_land_use": "land_use",
    "local_plan_b_height_code": "height_code",
    "local_plan_b_density": "density",
    "heritage_core": "heritage_core",
    "heritage_buffer": "heritage_buffer",
    "historic_fabric": "historic_fabric",
    "starred_plot": "starred_plot",
    "worn_fabric": "worn_fabric",
    "madi_strip": "madi_strip",
    "road_widening": "road_widening",
}
"""File stem and the theme it belongs to."""
FIXED = {
    "heritage_core": heritage_core,
    "heritage_buffer": heritage_buffer,
    "historic_fabric": historic_fabric,
    "worn_fabric": worn_fabric,
    "madi_strip": madi_strips,
}
_EXTRA: dict[str, Kinds] = {"road_widening": {"target_width": "float"}}


@dataclass
class LawFiles:
    """Open files of all plan layers."""

    sinks: dict[str, Sink]
    folder: Path

    @classmethod
    def opened(cls, folder: Path, *, only_core: bool) -> "LawFiles":
        """One file per layer; without the outlying quarters there are no local plans."""
        kinds: Kinds = {"code": "text", "label_fa": "text", "label_en": "text", "name_fa": "text", "name_en": "text"}
        stems = [s for s in THEMES if not (only_core and s.startswith("local_plan"))]
        return cls(
            {s: Sink(folder / f"{s}.gpkg", "features", "MultiPolygon", kinds | _EXTRA.get(s, {})) for s in stems},
            folder,
        )

    def add(self, stem: str, features: list[LawShape], extras: dict[str, list[Any]] | None = None) -> None:
        """Add features of one layer."""
        sink = self.sinks.get(stem)
        for row, feature in enumerate(features if sink else []):
            fa, en = labels(feature.code)
            more = {name: values[row] for name, values in (extras or {}).items()}
            assert sink is not None  # noqa: S101 - the loop is empty without a sink
            sink.add_row(
                feature.shape,
                code=feature.code,
                label_fa=fa,
                label_en=en,
                name_fa=feature.name_fa or None,
                name_en=feature.name_en or None,
                **more,
            )

    def close(self, city: City, done: BaseGeometry) -> list[Sink]:
        """Write the fixed layers and, into each file, its coverage; `done` is the ground that was worked on."""
        closed = []
        for stem, sink in self.sinks.items():
            if stem in FIXED:
                self.add(stem, list(FIXED[stem]()))
            sink.flush()
            cover = Sink(sink.path, "coverage", "MultiPolygon", {"edition": "text"})
            cover.add_row(coverage(stem, city, done), edition=stem)
            cover.flush()
            closed += [sink, cover]
        return closed


def coverage(stem: str, city: City, done: BaseGeometry) -> BaseGeometry:
    """Where an edition speaks."""
    outlines = plan_outlines()
    if stem in {"height_code_1393", "density_1393"}:
        return difference(done, outlines.height_gap)
    special = {
        "height_code_1402": outlines.suspended_1402,
        "height_code_1404": outlines.pending_1404,
        "local_plan_a": city.local_a,
        "local_plan_b": outlines.local_b,
    }
    for start, area in special.items():
        if stem.startswith(start):
            return intersection(area, done)
    if stem == "heritage_buffer":
        return outlines.heritage_reach
    return done if stem == "land_use_1393" else union([city.known.frame])
