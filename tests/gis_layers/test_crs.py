"""Axis order and the city's frame, against PostGIS and at a point where x and y cannot be confused."""

import pytest
from django.contrib.gis.geos import Point

from gis_layers import crs
from gis_layers.models import Feature

LON, LAT = 51.6740, 32.6540


def test_longitude_comes_first() -> None:
    x, y = crs.lonlat_to_city(LON, LAT)
    assert 500_000 < x < 600_000  # a little east of the zone's central meridian, 51°
    assert 3_600_000 < y < 3_700_000
    assert crs.city_to_lonlat(x, y) == pytest.approx((LON, LAT), abs=1e-9)


def test_the_same_answer_as_postgis(db: None) -> None:
    query = "SELECT 1 AS id, ST_X(p) AS label_fa, ST_Y(p) AS label_en FROM "
    query += "(SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s) AS p) s"
    (row,) = Feature.objects.raw(query, [LON, LAT, crs.city_srid()])
    assert crs.lonlat_to_city(LON, LAT) == pytest.approx((row.label_fa, row.label_en), abs=1e-4)


def test_the_same_answer_as_geodjango() -> None:
    point = Point(LON, LAT, srid=4326).transform(crs.city_srid(), clone=True)
    assert crs.lonlat_to_city(LON, LAT) == pytest.approx((point.x, point.y), abs=1e-4)


def test_the_citys_bounds_hold_its_centre_and_not_the_swapped_point() -> None:
    import shapely

    bounds = crs.city_bounds()
    assert bounds.contains(shapely.Point(crs.lonlat_to_city(LON, LAT)))
    assert not bounds.contains(shapely.Point(crs.lonlat_to_city(LAT, LON)))


@pytest.mark.parametrize("text", ["", "EPSG:9", "nonsense", 'LOCAL_CS["a",LOCAL_DATUM["b",0],UNIT["metre",1]]'])
def test_what_is_no_reference_system_on_the_earth(text: str) -> None:
    assert crs.parse_crs(text) is None


def test_a_name_that_an_authority_knows_is_used() -> None:
    found = crs.parse_crs("EPSG:32639")
    assert found is not None
    assert crs.name_of(found) == "EPSG:32639"
    by_wkt = crs.parse_crs(found.to_wkt("WKT1_ESRI"))
    assert by_wkt is not None
    assert crs.name_of(by_wkt) == "EPSG:32639"
