"""What is known of the way from a file's reference system to the city's, for people to judge."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.common.city import current_city
from gis_layers import crs as frames

if TYPE_CHECKING:
    import pyproj

_ROUGH_M = 1.0
"""Beyond this a border may move over a narrow passage: people are warned."""


@dataclass(frozen=True, slots=True)
class CrsFacts:
    """`declared`: the file itself says so; else somebody said it for the file. `way`: the transformation in words of
    the EPSG register ('' = none needed). `accuracy_m`: how far it may be off, None = not known. `wkt`: in full."""

    name: str
    title: str
    declared: bool
    city: str
    same: bool
    way: str
    accuracy_m: float | None
    rough: bool
    wkt: str


def crs_facts(declared: str | None, given: str | None) -> CrsFacts | None:
    """The facts, None while nobody has said which system it is, or it is none on the Earth."""
    crs = frames.parse_crs(declared) if declared else None
    said = crs or (frames.parse_crs(given) if given else None)
    if said is None:
        return None
    city = frames.city_crs()
    same = said == city
    way, accuracy = ("", 0.0) if same else _way(said)
    return CrsFacts(
        name=frames.name_of(said),
        title=said.name,
        declared=crs is not None,
        city=frames.name_of(city),
        same=same,
        way=way,
        accuracy_m=accuracy,
        rough=accuracy is None or accuracy > _ROUGH_M,
        wkt=said.to_wkt(),
    )


def _way(crs: "pyproj.CRS") -> tuple[str, float | None]:
    """What the transformation is called, and its accuracy; 0 m between projections of one datum."""
    import pyproj

    try:
        transformer = frames.way_to_city(crs)
        if transformer.accuracy < 0:  # several ways: which one is taken is known once a point of the city has gone it
            transformer.transform(*frames.lonlat_to_city(*current_city().center), direction="INVERSE")
            transformer = transformer.get_last_used_operation()
    except pyproj.exceptions.ProjError:
        return "", None
    known = transformer.accuracy if transformer.accuracy >= 0 else None
    same_datum = crs.geodetic_crs == frames.city_crs().geodetic_crs
    return transformer.description, 0.0 if same_datum else known
