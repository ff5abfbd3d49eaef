"""A footprint from GeoJSON: WGS 84 (longitude first) or the city's metric CRS named in the file; polygons only."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import orjson
import shapely
from shapely import MultiPolygon, Polygon
from shapely.errors import ShapelyError

from apps.common.text import Text
from apps.permits.proposal_shape import MOST_PARTS, MOST_POINTS, refused, whole
from gis_layers.crs import WGS84, city_srid, parse_crs, to_city

_DEPTH = 4
_LON, _LAT, _FAR = 180, 90, 1e9
_COLLECTIONS = {"FeatureCollection": "features", "GeometryCollection": "geometries"}
_EPSG = re.compile(r"EPSG:+(\d{4,6})$")
_LONLAT = ("CRS84", "EPSG:4326", "EPSG::4326")


def read_geojson(content: bytes | str) -> MultiPolygon:
    """The footprint in a file or a drawing, in the city's CRS. Raises BadInputError that says what to do."""
    try:
        raw = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise refused(_NO_JSON) from error
    return from_geojson(raw)


def from_geojson(raw: object) -> MultiPolygon:
    """The footprint of parsed GeoJSON, in the city's CRS. Raises BadInputError."""
    if not isinstance(raw, Mapping):
        raise refused(_NO_JSON)
    metric = _is_metric(raw)
    polygons = [_polygon(rings) for rings in _all_rings(raw)]
    if not polygons:
        raise refused(_NO_POLYGON)
    if not metric:
        polygons = list(to_city(_on_earth(polygons), _wgs84()))
    return whole(polygons)


def _is_metric(raw: Mapping[str, Any]) -> bool:
    named = raw.get("crs", raw.get("coordRefSys"))
    if isinstance(named, Mapping):
        properties = named.get("properties")
        named = properties.get("name") if isinstance(properties, Mapping) else None
    if named is None:
        return False
    text = str(named)[:200].replace("/0/", ":").replace("/def/crs/EPSG", "EPSG").rstrip("/")
    if text.endswith(_LONLAT):
        return False
    found = _EPSG.search(text)
    if found and int(found[1]) == city_srid():
        return True
    raise refused(_OTHER_CRS, crs=f"EPSG:{city_srid()}")


def _all_rings(raw: object, depth: int = 0) -> Iterator[object]:
    """Rings of every polygon in GeoJSON of any kind. Raises BadInputError for other shapes."""
    if not isinstance(raw, Mapping) or depth > _DEPTH:
        raise refused(_NO_JSON)
    kind, inside = raw.get("type"), raw.get("coordinates")
    if kind in _COLLECTIONS:
        members = raw.get(_COLLECTIONS[kind])
        for member in members if isinstance(members, list) else ():
            yield from _all_rings(member, depth + 1)
    elif kind == "Feature":
        yield from _all_rings(raw.get("geometry"), depth + 1)
    elif kind == "Polygon":
        yield inside
    elif kind == "MultiPolygon" and isinstance(inside, list):
        yield from inside
    else:
        raise refused(_NO_POLYGON)


def _polygon(rings: object) -> Polygon:
    if not isinstance(rings, list) or not rings or len(rings) > MOST_PARTS:
        raise refused(_BAD_RING)
    read = [_ring(ring) for ring in rings]
    try:
        return Polygon(read[0], read[1:])
    except (ValueError, ShapelyError) as error:
        raise refused(_BAD_RING) from error


def _ring(ring: object) -> list[tuple[float, float]]:
    if not isinstance(ring, list) or len(ring) > MOST_POINTS:
        raise refused(_BAD_RING)
    points = []
    for point in ring:
        if not isinstance(point, list) or len(point) not in (2, 3) or not all(_is_number(v) for v in point):
            raise refused(_BAD_RING)
        points.append((float(point[0]), float(point[1])))
    return points


def _is_number(raw: object) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < _FAR


def _on_earth(polygons: list[Polygon]) -> Any:
    points = shapely.get_coordinates(polygons)
    if len(points) and (np.abs(points[:, 0]).max() > _LON or np.abs(points[:, 1]).max() > _LAT):
        raise refused(_NO_DEGREES, crs=f"EPSG:{city_srid()}")
    return np.array(polygons)


def _wgs84() -> Any:
    return parse_crs(WGS84)


_NO_JSON = Text(
    "این GeoJSON خوانا نیست. پرونده را دوباره از نرم‌افزار نقشه ذخیره کنید، یا سطح اشغال را روی نقشه بکشید.",
    "This is no readable GeoJSON. Save it again from your mapping program, or draw the footprint on the map.",
)
_NO_POLYGON = Text(
    "در این پرونده سطحی (Polygon) نیست، یا چیز دیگری جز سطح هم هست. تنها سطح اشغال بنا را بفرستید.",
    "There is no area (Polygon) in it, or other shapes beside. Send the footprint of the building alone.",
)
_OTHER_CRS = Text(
    "دستگاه مختصات پرونده شناخته نیست. آن را به طول و عرض جغرافیایی (WGS 84) یا {crs} ذخیره کنید.",
    "The file's reference system is not taken. Save it in longitude and latitude (WGS 84) or in {crs}.",
)
_NO_DEGREES = Text(
    "این عددها طول و عرض جغرافیایی نیست. اگر متر است، در پرونده بنویسید: crs = {crs}.",
    "These numbers are no longitudes and latitudes. If they are metres, name the crs in the file: {crs}.",
)
_BAD_RING = Text(
    "یک خط بیرونی خوانا نیست: هر نقطه دو عدد دارد و خط بسته است و دست‌کم سه نقطهٔ جدا دارد.",
    "An outline cannot be read: each point has two numbers, the line is closed and has three points or more.",
)
