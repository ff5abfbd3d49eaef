"""Names for the map: real junctions, named places and monuments, invented streets."""

import numpy as np

from tools.synth_city import landmark_data as data
from tools.synth_city.city import City
from tools.synth_city.crs import LonLat, metric_point
from tools.synth_city.frame import Place

MONUMENTS: list[tuple[str, str, LonLat]] = [
    ("میدان نقش جهان", "Naqsh-e Jahan square", data.SQUARE),
    ("مسجد جامع", "Jameh mosque", data.JAMEH),
    ("سی‌وسه‌پل", "Si-o-se-pol", data.SI_O_SE_POL),
    ("پل خواجو", "Khaju bridge", data.KHAJU),
    ("چهارباغ", "Chaharbagh", (51.6685, 32.6520)),
]


def all_places(city: City, collectors: list[tuple[str, float, float]]) -> list[Place]:
    """Every named place, with the number of the approximate district it lies in."""
    found = list(city.junctions)
    named = {p.neighbourhood: p for p in city.junctions if p.neighbourhood}
    found += [Place("neighbourhood", fa, "", p.x, p.y, p.district, source="OpenStreetMap") for fa, p in named.items()]
    found += city.localities
    found += [Place("monument", fa, en, *metric_point(at), source="published position") for fa, en, at in MONUMENTS]
    streets: dict[str, Place] = {}
    for road in city.network.roads:
        middle = road.line.interpolate(0.5, normalized=True)
        streets.setdefault(road.name_fa, Place("street", road.name_fa, road.name_en, middle.x, middle.y))
    for name, x, y in collectors:
        streets.setdefault(name, Place("street", name, "", x, y))
    return found + list(streets.values())


def districts_of(city: City, places: list[Place]) -> list[int]:
    """The stated district where it is known, else that of the nearest seed."""
    near = city.districts.at(np.asarray([p.x for p in places]), np.asarray([p.y for p in places]))
    return [p.district or int(d) for p, d in zip(places, near, strict=True)]
