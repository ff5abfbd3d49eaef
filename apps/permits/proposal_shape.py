"""The shape of a footprint: polygons of the city's metric CRS, to the millimetre. Nothing is repaired in silence."""

from typing import Any

import numpy as np
import orjson
import shapely
from shapely import MultiPolygon, Polygon

from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.extracts.canonical import number
from gis_layers.crs import shapes_to_lonlat

MOST_POINTS, MOST_PARTS, LEAST_M2 = 5_000, 60, 1.0
_MILLIMETRE = 0.001
_DEGREES = 7


def whole(polygons: list[Polygon]) -> MultiPolygon:
    """Polygons of the city's CRS as one footprint, to the millimetre. Raises BadInputError for what is no building."""
    if len(polygons) > MOST_PARTS or sum(map(shapely.get_num_coordinates, polygons)) > MOST_POINTS:
        raise refused(_TOO_MANY)
    for polygon in polygons:
        if not np.isfinite(shapely.get_coordinates(polygon)).all():
            raise refused(_NOT_FINITE)
        if not polygon.is_valid:
            raise refused(_CROSSES if polygon.convex_hull.area > 0 else _TOO_SMALL)
    joined = shapely.union_all(polygons, grid_size=_MILLIMETRE)
    if sum(p.area for p in polygons) - joined.area > LEAST_M2:
        raise refused(_OVERLAP)
    parts = [p for p in shapely.get_parts(joined) if p.geom_type == "Polygon" and p.area > 0]
    if not parts or joined.area < LEAST_M2:
        raise refused(_TOO_SMALL)
    return MultiPolygon(parts)


def coordinates_of(shape: MultiPolygon) -> list[Any]:
    """Coordinates for a document: outer rings first, millimetres, one spelling for one shape."""
    fine = shapely.normalize(shapely.set_precision(shape, _MILLIMETRE))
    found: list[Any] = orjson.loads(shapely.to_geojson(_multi(fine)))["coordinates"]
    kept: list[Any] = _plain(found, 3)
    return kept


def from_coordinates(coordinates: list[Any] | None) -> MultiPolygon | None:
    """The shape of a document; None for none."""
    if not coordinates:
        return None
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in coordinates])


def as_lonlat(shape: Any) -> dict[str, Any]:
    """GeoJSON geometry in WGS 84, seven decimals, outer rings counter-clockwise (RFC 7946)."""
    moved = shapely.transform(shapes_to_lonlat(np.array([shape]))[0], lambda points: np.round(points, _DEGREES))
    found: dict[str, Any] = orjson.loads(shapely.to_geojson(shapely.orient_polygons(moved)))
    return {**found, "coordinates": _plain(found["coordinates"], _DEGREES)}


def _plain(raw: Any, places: int) -> Any:
    """Nested coordinates as canonical numbers."""
    return [_plain(one, places) for one in raw] if isinstance(raw, list) else number(raw, places)


def _multi(shape: Any) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])


def refused(text: Text, **values: str) -> BadInputError:
    """The error of a footprint that cannot be read."""
    return BadInputError(fa=text.fa.format(**values), en=text.en.format(**values))


_TOO_MANY = Text(
    "این شکل بیش از ۵٬۰۰۰ نقطه یا ۶۰ تکه دارد. تنها خط بیرونی بنا را بفرستید.",
    "This shape has more than 5,000 points or 60 parts. Send the outline of the building alone.",
)
_NOT_FINITE = Text(
    "بعضی نقطه‌ها مختصات ندارند. شکل را دوباره بکشید یا ذخیره کنید.",
    "Some points have no coordinates. Draw the shape again, or save it again.",
)
_CROSSES = Text(
    "خط بیرونی بنا خودش را قطع می‌کند. آن را چنان بکشید که هیچ دو ضلعی از هم نگذرند.",
    "The outline crosses itself. Draw it so that no two of its sides cross.",
)
_OVERLAP = Text(
    "تکه‌های سطح اشغال روی هم افتاده‌اند. هر تکه را یک بار بکشید.",
    "Parts of the footprint lie on each other. Draw each part once.",
)
_TOO_SMALL = Text(
    "این شکل کمتر از یک متر مربع است. واحد و مختصات پرونده را ببینید.",
    "This shape is smaller than a square metre. Look at the file's unit and coordinates.",
)
