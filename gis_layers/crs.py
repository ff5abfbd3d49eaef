"""The one place where coordinates change their reference system. Always x = longitude/easting first.

Files are brought into the city's metric CRS here, by vertex; the Web-Mercator copies for tiles and the answers in
WGS 84 are made by PostGIS from what is stored. pyproj carries its own PROJ: imported lazily.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.conf import settings

from apps.common.city import current_city

if TYPE_CHECKING:
    import pyproj

WGS84 = "EPSG:4326"
_BOUNDS_STEP_DEGREES = 0.01


def parse_crs(text: str) -> "pyproj.CRS | None":
    """The reference system that a file's text (EPSG code, WKT) names; None when it names none on the Earth."""
    import pyproj

    try:
        crs = pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError:
        return None
    return crs if crs.is_geographic or crs.is_projected else None


def name_of(crs: "pyproj.CRS") -> str:
    """'EPSG:32639' where an authority knows it, else the name it gives itself."""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else str(crs.name)


def city_crs() -> "pyproj.CRS":
    """The city's metric reference system (settings.CITY_SRID)."""
    import pyproj

    return pyproj.CRS.from_epsg(city_srid())


def to_city(shapes: Any, crs: "pyproj.CRS") -> Any:
    """An array of 2-D shapely geometries of `crs` in the city's CRS; unreachable points become infinite.

    Raises pyproj.exceptions.ProjError where no transformation but a rough guess is known.
    """
    if crs == city_crs():
        return shapes
    return _through(shapes, _transformer(crs.to_wkt(), city_crs().to_wkt()))


def way_to_city(crs: "pyproj.CRS") -> "pyproj.Transformer":
    """The transformation that `to_city` uses. Raises pyproj.exceptions.ProjError where only a rough guess is known."""
    return _transformer(crs.to_wkt(), city_crs().to_wkt())


def lonlat_to_city(lon: float, lat: float) -> tuple[float, float]:
    """(easting, northing) in the city's CRS of a WGS 84 point, longitude first."""
    moved = to_city(np.array([shapely.Point(lon, lat)]), _known(WGS84))[0]
    return float(moved.x), float(moved.y)


def city_to_lonlat(x: float, y: float) -> tuple[float, float]:
    """(longitude, latitude) in WGS 84 of a point in the city's CRS."""
    moved = _through(np.array([shapely.Point(x, y)]), _transformer(city_crs().to_wkt(), _known(WGS84).to_wkt()))[0]
    return float(moved.x), float(moved.y)


def utm_to_lonlat(easting: float, northing: float, *, zone: int, south: bool) -> tuple[float, float]:
    """(longitude, latitude) in WGS 84 of a point in a UTM zone (1 to 60); infinite where there is no such point."""
    source = _known(f"EPSG:{(32700 if south else 32600) + zone}")
    moved = _through(
        np.array([shapely.Point(easting, northing)]), _transformer(source.to_wkt(), _known(WGS84).to_wkt())
    )[0]
    return float(moved.x), float(moved.y)


def city_bounds() -> shapely.Polygon:
    """The city package's bounds (a box in longitude and latitude) as a polygon in the city's CRS."""
    return _bounds(current_city().bounds)


@lru_cache(maxsize=4)
def _bounds(box: tuple[float, float, float, float]) -> shapely.Polygon:
    outline = shapely.segmentize(shapely.box(*box), _BOUNDS_STEP_DEGREES)
    polygon: shapely.Polygon = to_city(np.array([outline]), _known(WGS84))[0]
    return polygon


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> "pyproj.Transformer":
    import pyproj
    from pyproj.transformer import AreaOfInterest

    west, south, east, north = current_city().bounds
    area = AreaOfInterest(west, south, east, north)
    return pyproj.Transformer.from_crs(
        pyproj.CRS.from_wkt(source),
        pyproj.CRS.from_wkt(target),
        always_xy=True,
        area_of_interest=area,
        allow_ballpark=False,
    )


def _through(shapes: Any, transformer: "pyproj.Transformer") -> Any:
    def move(points: Any) -> Any:
        x, y = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack([x, y])

    return shapely.transform(shapes, move)


def _known(code: str) -> "pyproj.CRS":
    import pyproj

    return pyproj.CRS.from_user_input(code)


def city_srid() -> int:
    """The EPSG number of the city's metric reference system."""
    return int(settings.CITY_SRID)


def shapes_to_lonlat(shapes: Any) -> Any:
    """An array of 2-D shapely geometries of the city's CRS in WGS 84, longitude first."""
    return _through(shapes, _transformer(city_crs().to_wkt(), _known(WGS84).to_wkt()))
