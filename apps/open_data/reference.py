"""The two coordinate reference systems of the open layers, by their URIs and in the order of their own axes."""

from functools import lru_cache

from gis_layers.crs import city_crs, city_srid

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def city_uri() -> str:
    """The URI of the city's metric CRS, such as http://www.opengis.net/def/crs/EPSG/0/32639."""
    return f"http://www.opengis.net/def/crs/EPSG/0/{city_srid()}"


def northing_first() -> bool:
    """Whether the city's CRS writes its northing before its easting (the OGC order is the authority's)."""
    return _northing_first(city_srid())


@lru_cache(maxsize=4)
def _northing_first(_srid: int) -> bool:
    return bool(city_crs().axis_info[0].direction == "north")
