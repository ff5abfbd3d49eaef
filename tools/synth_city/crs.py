"""The only place where degrees become metres; order is always longitude, latitude (x, y)."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from tools.synth_city import EPSG

Floats = NDArray[np.float64]
LonLat = tuple[float, float]

_TO_METRIC = Transformer.from_crs("EPSG:4326", f"EPSG:{EPSG}", always_xy=True)
_TO_DEGREES = Transformer.from_crs(f"EPSG:{EPSG}", "EPSG:4326", always_xy=True)


def to_metric(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Metres east and north of longitudes and latitudes in degrees."""
    x, y = _TO_METRIC.transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.asarray(x), np.asarray(y)


def to_lonlat(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Longitudes and latitudes in degrees of metres east and north."""
    lon, lat = _TO_DEGREES.transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(lon), np.asarray(lat)


def metric_point(lonlat: LonLat) -> tuple[float, float]:
    """One point in metres."""
    x, y = to_metric([lonlat[0]], [lonlat[1]])
    return float(x[0]), float(y[0])


def metric_coords(points: Sequence[LonLat]) -> Floats:
    """An (n, 2) array in metres."""
    lonlat = np.asarray(points, float)
    return np.column_stack(to_metric(lonlat[:, 0], lonlat[:, 1]))


def metric_line(points: Sequence[LonLat]) -> LineString:
    """A line in metres through points in degrees."""
    return LineString(metric_coords(points))


def metric_polygon(points: Sequence[LonLat]) -> Polygon:
    """A polygon in metres through points in degrees."""
    return Polygon(metric_coords(points))


def metric_geometry(geometry: BaseGeometry) -> BaseGeometry:
    """Any geometry in degrees, carried to metres."""
    moved: BaseGeometry = shapely.transform(geometry, lambda c: np.column_stack(to_metric(c[:, 0], c[:, 1])))
    return moved
