"""Parcels on a grid of 10 m cells in the city's CRS; (0, 0) is the lower left corner of cell (0, 0)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon

from apps.cadastre.models import District, ParcelVersion
from apps.cadastre.services import ParcelFields, add_parcel_version
from gis_layers.crs import city_srid, city_to_lonlat

ORIGIN = (560_000, 3_612_000)
CELL = 10
LONG_AGO = date(2000, 1, 1)
RECORDED = datetime.fromisoformat("2000-01-01T00:00:00+00:00")

Put = Callable[..., ParcelVersion]


def square(col: float, row: float, width: float = 1, height: float = 1) -> MultiPolygon:
    west, south = ORIGIN[0] + col * CELL, ORIGIN[1] + row * CELL
    box = Polygon.from_bbox((west, south, west + width * CELL, south + height * CELL))
    return MultiPolygon(box, srid=city_srid())


def lonlat(x: float, y: float) -> dict[str, float]:
    """A point in cells, as keyword arguments for parcel_at."""
    lon, lat = city_to_lonlat(ORIGIN[0] + x * CELL, ORIGIN[1] + y * CELL)
    return {"lon": lon, "lat": lat}


@pytest.fixture
def put(db: None) -> Put:
    """`put("3-2-14-5", square(0, 0), plate="…")` adds a version of a parcel."""

    def add(
        code: str,
        shape: MultiPolygon | None,
        *,
        legal_from: date = LONG_AGO,
        known_at: datetime = RECORDED,
        **fields: Any,
    ) -> ParcelVersion:
        return add_parcel_version(
            code=code,
            shape=shape,
            fields=ParcelFields(**fields),
            legal_from=legal_from,
            known_at=known_at,
        )

    return add


@pytest.fixture
def district(db: None) -> District:
    shape = square(0, 0, 100, 100)
    return District.objects.create(
        number=3, name_fa="منطقهٔ ۳", name_en="District 3", geom=shape, geom_web=shape.transform(3857, clone=True)
    )
