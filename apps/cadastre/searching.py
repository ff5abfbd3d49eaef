"""What a person may write into the search box, and what each of it finds."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from apps.cadastre.facts import SearchFound, SearchHit
from apps.cadastre.renovation_code import LAND_PARTS, RenovationCode, looks_like_code, read_backwards
from apps.common.city import current_city
from apps.common.errors import BadInputError
from apps.common.text import Text, isolated, latin_digits, persian_digits, search_key
from gis_layers import postgis_parcels, postgis_search
from gis_layers.postgis_search import ParcelHit, PlaceHit

MAX_LIMIT = 50
MAX_WORDS = 8
SUGGESTIONS = 8
_LONGEST = 200
_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)"
_COORDINATES = re.compile(
    rf"^[(\[]?\s*{_NUMBER}\s*°?\s*[NEne]?\s*[,;\s]\s*{_NUMBER}\s*°?\s*[NEne]?\s*[)\]]?$", re.ASCII
)
_MARKS = str.maketrans({"\u066b": ".", "\u060c": ",", "\u061b": ";", "\u200e": None, "\u200f": None})


def find(q: str, *, limit: int, on: date, known_at: datetime) -> SearchFound:
    """See apps.cadastre.selectors.search."""
    text = search_key(q.replace("\x00", " ")[:_LONGEST])
    limit = max(1, min(limit, MAX_LIMIT))
    if not text:
        return SearchFound(())
    point = coordinates(q)
    if point:
        return SearchFound(_at_point(*point, on=on, known_at=known_at))
    results = _by_code(text, on, known_at, limit) or _by_name(text, on, known_at, limit)
    results = list({(hit.kind, hit.code, hit.lon, hit.lat): hit for hit in results}.values())[:limit]
    return SearchFound(tuple(results), () if results else _near(text, on, known_at))


def coordinates(q: str) -> tuple[float, float] | None:
    """(lon, lat) from '32.65, 51.67' or '51.67 32.65', whichever order falls into the city; None otherwise."""
    match = _COORDINATES.match(latin_digits(q).translate(_MARKS).strip())
    if not match or "." not in match[1] + match[2]:
        return None
    first, second = float(match[1]), float(match[2])
    west, south, east, north = current_city().bounds
    for lon, lat in ((first, second), (second, first)):
        if west <= lon <= east and south <= lat <= north:
            return lon, lat
    return None


def _at_point(lon: float, lat: float, *, on: date, known_at: datetime) -> tuple[SearchHit, ...]:
    found = postgis_parcels.versions_at(lon=lon, lat=lat, on=on, known_at=known_at)
    hits = [
        hit
        for code, _ in found
        for hit in _parcels(postgis_search.parcels_by_code(prefix=code, on=on, known_at=known_at, limit=1))
    ]
    label = Text(fa=f"نقطهٔ {persian_digits(f'{lat:.6f}، {lon:.6f}')}", en=f"Point {lat:.6f}, {lon:.6f}")
    return (*hits, SearchHit(kind="point", code=None, label=label, lon=lon, lat=lat))


def _by_code(text: str, on: date, known_at: datetime, limit: int) -> list[SearchHit]:
    """A full code finds its parcel first; a partial one what begins so (whole parts before longer numbers)."""
    if not looks_like_code(text):
        return []
    try:
        code = RenovationCode.parse(text)
    except BadInputError:
        return []
    written = "-".join(str(p) for p in code.parts[: text.strip("- ").count("-") + 1])
    ask = partial(postgis_search.parcels_by_code, on=on, known_at=known_at)
    exact, whole = ask(prefix=str(code), limit=1), ask(prefix=f"{written}-", limit=limit)
    begun = [] if whole or text.endswith("-") else ask(prefix=written, limit=limit)
    return _parcels([*exact, *whole, *begun])


def _by_name(text: str, on: date, known_at: datetime, limit: int) -> list[SearchHit]:
    words = text.split()[:MAX_WORDS]
    places = _places(postgis_search.places_by_text(words=words, limit=limit))
    parcels = _parcels(postgis_search.parcels_by_text(words=words, on=on, known_at=known_at, limit=limit))
    return [*places, *parcels]


def _near(text: str, on: date, known_at: datetime) -> tuple[SearchHit, ...]:
    """Suggestions: codes of the same land or block for a code, places of a similar name for words."""
    if not looks_like_code(text):
        return tuple(_places(postgis_search.places_like(text=text, limit=SUGGESTIONS)))
    try:
        codes = similar_codes(RenovationCode.parse(text), limit=SUGGESTIONS)
    except BadInputError:
        codes = [str(read_backwards(text))] if read_backwards(text) else []
    asked = [postgis_search.parcels_by_code(prefix=c, on=on, known_at=known_at, limit=1) for c in codes]
    return tuple(_parcels([hit for hits in asked for hit in hits]))


def similar_codes(code: RenovationCode, *, limit: int) -> list[str]:
    """Codes on the same land, else in the same block, region, district, in the order of their numbers."""
    for length in range(LAND_PARTS, 0, -1):
        prefix = "-".join(str(part) for part in code.parts[:length]) + "-"
        found = postgis_search.codes_like(prefix=prefix, limit=limit)
        if found:
            return found
    return []


def _parcels(found: Sequence[ParcelHit]) -> list[SearchHit]:
    return [
        SearchHit(
            kind="parcel",
            code=hit.code,
            label=Text(
                fa=f"قطعهٔ {isolated(hit.code)}" + (f"، {hit.address_fa}" if hit.address_fa else ""),
                en=f"Parcel {hit.code}" + (f", {hit.address_fa}" if hit.address_fa else ""),
            ),
            lon=hit.lon,
            lat=hit.lat,
            bbox=hit.bbox,
        )
        for hit in found
    ]


def _places(found: Sequence[PlaceHit]) -> list[SearchHit]:
    return [
        SearchHit(
            kind=hit.kind,
            code=None,
            label=Text(fa=hit.name_fa, en=hit.name_en or hit.name_fa),
            lon=hit.lon,
            lat=hit.lat,
        )
        for hit in found
    ]
