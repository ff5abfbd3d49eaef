"""Everything that is decided before the first plot is cut; the same for every worker process."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from tools.synth_city.crs import Floats, metric_point
from tools.synth_city.districts import Districts, make_districts
from tools.synth_city.frame import LandCover, Place, read_junctions, read_land_cover, read_localities
from tools.synth_city.geo import GRID, union
from tools.synth_city.landmarks import Landmarks, landmarks
from tools.synth_city.law_shapes import plan_outlines
from tools.synth_city.network import Grain, Network, grain_of, plan_network
from tools.synth_city.noise import SmoothField
from tools.synth_city.zone_data import QUARTER_A, QUARTER_B

QUARTER_WEIGHT = 1.7
"""Outlying quarters grow more slowly than the centre."""
PLAIN_ANCHOR = 4
"""The quarter where no special layer applies grows faster, so that small cities have ordinary parcels too."""
LOCAL_A_HEART = 150.0
"""Super-blocks this near (m) to the middle of local plan A always belong to it."""


@dataclass(frozen=True)
class City:
    """The plan of one city: a seed, the real frame, roads and super-blocks."""

    seed: int
    shrink: float
    known: Landmarks
    network: Network
    grain: Grain
    land_cover: LandCover
    districts: Districts
    junctions: list[Place]
    localities: list[Place]
    heights: SmoothField
    regions: dict[tuple[int, int], int]
    anchors: Floats
    weights: Floats
    local_a: BaseGeometry

    def distance(self, x: Floats, y: Floats) -> Floats:
        """Weighted distance (m) from where the city starts to grow."""
        away = np.hypot(x[:, None] - self.anchors[:, 0], y[:, None] - self.anchors[:, 1])
        return np.asarray((away * self.weights).min(axis=1))

    def face_distances(self) -> Floats:
        """Weighted distance (m) of the nearest ground of each super-block."""
        faces = np.asarray(self.network.faces, dtype=object)
        away = [shapely.distance(faces, Point(p)) * w for p, w in zip(self.anchors, self.weights, strict=True)]
        return np.asarray(np.min(away, axis=0))

    def rng(self, face: int, salt: int = 0) -> np.random.Generator:
        """The random numbers of one super-block, whatever process works on it."""
        return np.random.default_rng([self.seed, 101, face, salt])


def plan_city(frame_dir: Path, seed: int, *, only_core: bool = False, shrink: float = 1.0) -> City:
    """Read the frame and lay out the main roads."""
    known = landmarks()
    network = plan_network(seed, known)
    junctions = read_junctions(frame_dir / "junctions.csv")
    localities = read_localities(frame_dir / "places.geojson", known.frame)
    districts = make_districts(junctions, localities)
    anchors, weights = _anchors(known, only_core=only_core)
    return City(
        seed=seed,
        shrink=shrink,
        known=known,
        network=network,
        grain=grain_of(seed, known),
        land_cover=read_land_cover(frame_dir / "landcover_2024.tif", known.frame),
        districts=districts,
        junctions=junctions,
        localities=localities,
        heights=SmoothField.seeded(seed, 41, 1500.0),
        regions=_regions(districts, network.faces, known.frame),
        anchors=anchors,
        weights=weights,
        local_a=_whole_faces(network.faces, plan_outlines().local_a),
    )


def _anchors(known: Landmarks, *, only_core: bool) -> tuple[Floats, Floats]:
    weights = np.ones(len(known.anchors))
    weights[PLAIN_ANCHOR] = 0.75
    if only_core:
        return known.anchors, weights
    b_border = plan_outlines().local_b.exterior.interpolate(0.35, normalized=True)
    quarters = np.array([metric_point(QUARTER_A), metric_point(QUARTER_B), (b_border.x, b_border.y)])
    return np.vstack([known.anchors, quarters]), np.append(weights, [QUARTER_WEIGHT, QUARTER_WEIGHT, 1.2])


def _whole_faces(faces: list[Polygon], area: Polygon) -> BaseGeometry:
    """A local plan that ends on road axes: the super-blocks whose middle lies in `area`."""
    heart = area.centroid.buffer(LOCAL_A_HEART)
    return union([f for f in faces if area.contains(f.representative_point()) or heart.intersects(f)])


def _regions(districts: Districts, faces: list[Polygon], frame: Polygon) -> dict[tuple[int, int], int]:
    """Region numbers, one per (district, super-block), so that codes stay unique however large the city is."""
    cells = districts.cells(frame)
    regions: dict[tuple[int, int], int] = {}
    for district, cell in cells.items():
        shapely.prepare(cell)
        touching = np.flatnonzero(shapely.intersects(cell.buffer(GRID), np.asarray(faces, dtype=object)))
        regions |= {(district, int(face)): i + 1 for i, face in enumerate(touching)}
    return regions
