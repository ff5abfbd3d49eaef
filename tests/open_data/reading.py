"""What a page of items says, in metres of the street (100 m wide) and in names."""

from typing import Any

from django.contrib.gis.geos import GEOSGeometry

from tests.overlay.grid import CORNER

CITY = "http://www.opengis.net/def/crs/EPSG/0/32639"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def metres(page: dict[str, Any]) -> dict[str, float]:
    """id → metres of street that the item covers; the page must be in the city's CRS."""
    return {f["id"]: round(shape(f).area / 100, 6) for f in page["features"]}


def reach(page: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """id → from where to where along the street, in metres from the grid's corner."""
    boxes = {f["id"]: shape(f).extent for f in page["features"]}
    return {name: (round(x0 - CORNER[0], 4), round(x1 - CORNER[0], 4)) for name, (x0, _, x1, _) in boxes.items()}


def ids(page: dict[str, Any]) -> list[str]:
    return [f["id"] for f in page["features"]]


def shape(feature: dict[str, Any]) -> GEOSGeometry:
    geometry = feature["geometry"]
    rings = [[tuple(map(tuple, ring)) for ring in polygon] for polygon in geometry["coordinates"]]
    parts = ",".join("(" + ",".join("(" + ",".join(f"{x} {y}" for x, y in r) + ")" for r in p) + ")" for p in rings)
    return GEOSGeometry(f"MULTIPOLYGON({parts})")
