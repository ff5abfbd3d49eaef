"""The scopes of acts cut the plane into atoms: the places where the same scopes hold. GEOS, metric CRS, m²."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.gis.geos import GeometryCollection, GEOSException, GEOSGeometry, LinearRing, MultiPolygon, Polygon

from apps.common.errors import BadInputError

# Scopes are kept on a millimetre grid; what two borders of the "same" line leave between them is not a place.
_GRID_DIGITS = 3
_LEAST_AREA = 0.01
_LEAST_WIDTH = 0.002


def clean_scope(scope: GEOSGeometry) -> MultiPolygon:
    """The scope as a valid MultiPolygon in the city's CRS on a 1 mm grid. Raises BadInputError."""
    if scope.srid != settings.CITY_SRID:
        raise BadInputError(
            fa=f"محدودهٔ سند باید در دستگاه مختصات شهر (EPSG:{settings.CITY_SRID}) باشد.",
            en=f"The scope of the act must be in the city's CRS, EPSG:{settings.CITY_SRID}.",
            srid=scope.srid,
        )
    if not isinstance(scope, Polygon | MultiPolygon) or scope.empty:
        raise _bad_scope("it is not a polygon, or it is empty")
    if not scope.valid:
        raise _bad_scope(scope.valid_reason)
    rounded = _rounded(scope)
    if not rounded.valid:
        raise _bad_scope(f"after rounding to millimetres: {rounded.valid_reason}")
    kept = _places(rounded)
    if kept is None:
        raise _bad_scope("it has no area")
    return kept


def cut(scopes: Mapping[int, MultiPolygon]) -> dict[frozenset[int], MultiPolygon | None]:
    """Non-empty atoms by the set of scopes that hold them; the one outside all scopes (∅) has no geometry.

    Pieces under 0.01 m² or 2 mm wide are noise of shared borders and belong to no scope.
    """
    atoms: dict[frozenset[int], MultiPolygon] = {}
    for scope_id in sorted(scopes):
        scope = scopes[scope_id]
        parts: dict[frozenset[int], GEOSGeometry] = {frozenset({scope_id}): scope}
        for inside, place in atoms.items():
            parts[inside] = place.difference(scope)
            parts[inside | {scope_id}] = place.intersection(scope)
            parts[frozenset({scope_id})] = parts[frozenset({scope_id})].difference(place)
        atoms = {inside: kept for inside, part in parts.items() if (kept := _places(part)) is not None}
    return {frozenset(): None, **atoms}


def _places(geometry: GEOSGeometry) -> MultiPolygon | None:
    polygons = [p for p in _polygons(geometry) if p.area >= _LEAST_AREA and 2 * p.area / p.length >= _LEAST_WIDTH]
    return MultiPolygon(polygons, srid=settings.CITY_SRID) if polygons else None


def _polygons(geometry: GEOSGeometry) -> list[Polygon]:
    if isinstance(geometry, Polygon):
        return [] if geometry.empty else [geometry]
    if isinstance(geometry, GeometryCollection):
        return [polygon for part in geometry for polygon in _polygons(part)]
    return []


def _rounded(scope: Polygon | MultiPolygon) -> MultiPolygon:
    try:
        return MultiPolygon(
            [Polygon(*[_ring(ring) for ring in polygon]) for polygon in _polygons(scope)], srid=settings.CITY_SRID
        )
    except GEOSException as error:
        raise _bad_scope(str(error)) from error


def _ring(ring: LinearRing) -> list[tuple[float, float]]:
    return [(round(point[0], _GRID_DIGITS), round(point[1], _GRID_DIGITS)) for point in ring.coords]


def _bad_scope(why: str) -> BadInputError:
    return BadInputError(
        fa=f"محدودهٔ سند یک سطح معتبر نیست ({why}). آن را در نرم‌افزار نقشه درست کنید و دوباره بفرستید.",
        en=f"The scope of the act is not a valid area ({why}). Mend it in the map software and send it again.",
    )
