"""What city.toml says of the city's frame, held against what can be worked with. Nothing is written."""

import re

from apps.api.city_build.package import Entry, table
from apps.common.city import City
from gis_layers.crs import parse_crs

_PHONE = ("country", "trunk", "national", "example")


def inspect_frame(city: City) -> None:
    """Raises IntakeError: areas could not be measured in metres, or numbers of people could not be read."""
    _metric(city)
    _phone(city)


def _metric(city: City) -> None:
    crs = parse_crs(f"EPSG:{city.srid}")
    if crs is not None and crs.is_projected and crs.axis_info[0].unit_name == "metre":
        return
    entry = Entry(f"{city.root.name}/city.toml", 0, city.raw, "frame")
    raise entry.wrong(
        "srid",
        f"{city.srid} شمارهٔ EPSG سامانه‌ای متری نیست؛ زون UTM شهر را بنویسید.",
        f"{city.srid} is no EPSG number of a metric reference system; give the city's UTM zone.",
    )


def _phone(city: City) -> None:
    entry = table(city, "phone") or Entry(f"{city.root.name}/city.toml", 0, {}, "[phone]")
    for key in _PHONE:
        entry[key]
    try:
        re.compile(entry["national"])
    except re.error as error:
        raise entry.wrong(
            "national", f"عبارت باقاعده نیست: {error}.", f"it is no regular expression: {error}."
        ) from error
