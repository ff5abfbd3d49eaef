"""A cut that comes out empty for shapes whose relation says they overlap is made once more, on a grid."""

import numpy as np
import pytest
import shapely

from gis_layers import overlay_cut
from gis_layers.overlay_cut import Parcels, Shapes


def parcels(*boxes) -> Parcels:
    shapes = np.asarray([shapely.box(*box) for box in boxes], dtype=np.object_)
    return Parcels(Shapes(np.arange(len(boxes)), shapes))


def zone(*box) -> np.ndarray:
    return np.asarray([shapely.box(*box)], dtype=np.object_)


def test_an_empty_result_for_overlapping_shapes_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zone 4 ≤ x ≤ 20 over a parcel 0 ≤ x ≤ 10, 5 m deep: 30 m², whatever the first cut says."""
    real = overlay_cut.shapely.intersection

    def failing(a, b, grid_size=None):
        return real(a, b, grid_size=grid_size) if grid_size else np.full(len(a), shapely.Polygon(), dtype=np.object_)

    monkeypatch.setattr(overlay_cut.shapely, "intersection", failing)
    cuts = parcels((0, 0, 10, 5)).cut_by(zone(4, 0, 20, 5))
    assert cuts.areas.tolist() == pytest.approx([30.0])
    assert cuts.shares.tolist() == pytest.approx([0.6])


def test_shapes_that_only_touch_stay_out() -> None:
    cuts = parcels((0, 0, 10, 5), (10, 0, 20, 5)).cut_by(zone(10, 0, 20, 5))
    assert cuts.parcels.tolist() == [1]
