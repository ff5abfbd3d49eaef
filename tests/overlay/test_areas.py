"""Areas and shares of the overlay: border cases on integer grids, and the same numbers as plain PostGIS."""

import pytest
from django.contrib.gis.db.models.functions import Area, Intersection
from django.contrib.gis.geos import MultiPolygon
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.cadastre.models import ParcelVersion
from apps.extracts.models import Overlay
from apps.extracts.overlays import compute_chunk
from gis_layers.models import Edition, Feature
from tests.overlay.grid import area, edition, parcel

pytestmark = pytest.mark.django_db
ALL = (-100, -100, 200, 200)


def rows(version: ParcelVersion) -> dict[str, tuple[float, float]]:
    """Code of feature → (m² rounded to 1e-6, share rounded to 1e-9)."""
    found = Overlay.objects.filter(parcel_version=version).select_related("feature")
    return {o.feature.code: (round(o.area_m2, 6), round(o.share, 9)) for o in found}


def overlay(version: ParcelVersion, *zones: MultiPolygon) -> dict[str, tuple[float, float]]:
    """The rows of `version` after an edition with these zones was computed."""
    edition(*zones, coverage=area(ALL))
    compute_chunk(chunk=version.chunk)
    return rows(version)


def test_a_neighbour_that_only_touches_is_no_overlap() -> None:
    """
    y 4 +----+----+
        | P  | Z1 |     edge on edge, and Z2 corner on corner
      0 +----+----+
        0    4    8
    """
    assert overlay(parcel((0, 0, 4, 4)), area((4, 0, 8, 4)), area((4, 4, 8, 8))) == {}


def test_a_sliver_is_stored_with_its_true_area() -> None:
    """Z1 reaches 0.0005 m into P along its 4 m edge: 0.002 m² of 16."""
    assert overlay(parcel((0, 0, 4, 4)), area((3.9995, 0, 8, 4))) == {"Z1": (0.002, 0.000125)}


def test_a_parcel_exactly_on_the_line_of_its_zone_lies_whole_in_it() -> None:
    """P and Z1 are the same square; every edge coincides. The share is 1 to the last bit."""
    version = parcel((0, 0, 4, 4))
    overlay(version, area((0, 0, 4, 4)))
    assert Overlay.objects.get().share == 1.0
    assert Overlay.objects.get().area_m2 == 16.0


def test_a_straddling_parcel_is_split_by_area() -> None:
    """
    y 4 +--+------+
        |Z1|  Z2  |     P is the whole 4 × 4, the border stands at x = 1
      0 +--+------+
        0  1      4
    """
    zones = (area((-5, -5, 1, 9)), area((1, -5, 9, 9)))
    assert overlay(parcel((0, 0, 4, 4)), *zones) == {"Z1": (4.0, 0.25), "Z2": (12.0, 0.75)}


def test_a_hole_is_not_part_of_the_zone() -> None:
    """
    y 9 +---------+
        |  Z1     |
      6 |  +--+   |     the hole is 2..6; A lies in it, B half over its right edge
        |  |  |   |
      2 |  +--+   |
      0 +---------+
        0  2  6   9
    """
    inside, over = parcel((3, 3, 5, 5)), parcel((5, 3, 7, 5))
    overlay(inside, area((0, 0, 9, 9), hole=(2, 2, 6, 6)))
    assert rows(inside) == {}
    assert rows(over) == {"Z1": (2.0, 0.5)}


def test_a_parcel_that_fills_the_hole_exactly_only_touches() -> None:
    """The parcel's edges are the hole's edges."""
    assert overlay(parcel((2, 2, 6, 6)), area((0, 0, 9, 9), hole=(2, 2, 6, 6))) == {}


def test_parts_of_one_feature_add_up_in_one_row() -> None:
    """Z1 = two strips, 1 m and 2 m wide, over the 4 × 4 parcel."""
    assert overlay(parcel((0, 0, 4, 4)), area((-1, -1, 1, 5), (2, -1, 4, 5))) == {"Z1": (12.0, 0.75)}


def test_a_parcel_of_two_parts_counts_both() -> None:
    """Parts 0..2 and 6..8; Z1 holds the left part whole and half of the right one."""
    assert overlay(parcel((0, 0, 2, 2), (6, 0, 8, 2)), area((-1, -1, 7, 3))) == {"Z1": (6.0, 0.75)}


def test_features_that_overlap_each_other_each_count() -> None:
    """A buffer over a core: both hold the parcel."""
    zones = (area((0, 0, 9, 9)), area((1, 1, 3, 9)))
    assert overlay(parcel((0, 0, 4, 4)), *zones) == {"Z1": (16.0, 1.0), "Z2": (6.0, 0.375)}


def test_a_zone_inside_a_parcel_is_cut_to_itself() -> None:
    """A starred spot of 1 m² in the middle of a plot of 16."""
    assert overlay(parcel((0, 0, 4, 4)), area((1, 1, 2, 2))) == {"Z1": (1.0, 0.0625)}


def test_a_zone_with_many_vertices_gives_the_same_share_as_a_plain_one() -> None:
    """A zone of 400 vertices far larger than the chunk: its long border away from the parcels does not matter."""
    saw = tuple((x, 150.0 + x % 2) for x in range(100, -300, -1))
    version = parcel((0, 0, 4, 4))
    assert overlay(version, area((*saw, (-300.0, 1.0), (100.0, 1.0)))) == {"Z1": (12.0, 0.75)}


corner = st.integers(min_value=0, max_value=400).map(lambda n: n / 10)
triangles = st.tuples(st.tuples(corner, corner), st.tuples(corner, corner), st.tuples(corner, corner)).filter(
    lambda t: abs((t[1][0] - t[0][0]) * (t[2][1] - t[0][1]) - (t[2][0] - t[0][0]) * (t[1][1] - t[0][1])) > 1
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parcels=st.lists(triangles, min_size=1, max_size=4), zones=st.lists(triangles, min_size=1, max_size=4))
def test_areas_agree_with_plain_postgis(
    parcels: list[tuple[tuple[float, float], ...]], zones: list[tuple[tuple[float, float], ...]]
) -> None:
    """Every pair: the stored area is ST_Area(ST_Intersection) within 1e-6 m², and absent only when that is nothing."""
    ParcelVersion.objects.all().delete()
    Edition.objects.all().delete()
    made = edition(*(area(zone) for zone in zones), coverage=area(ALL))
    versions = [parcel(ring) for ring in parcels]
    compute_chunk(chunk=1)
    stored = {(o.parcel_version_id, o.feature_id): o.area_m2 for o in Overlay.objects.filter(edition=made)}
    for version in versions:
        plain = Feature.objects.filter(edition=made).annotate(cut=Area(Intersection("geom", version.geom)))
        for feature in plain:
            assert stored.get((version.id, feature.id), 0.0) == pytest.approx(feature.cut.sq_m, abs=1e-6)
