"""Finding named places by what people write. Texts come folded (apps.common.text.search_key)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from gis_layers.postgis_search import like, short_number

_PLACES = """
SELECT kind, name_fa, name_en, district_number, ST_X(c.pt), ST_Y(c.pt)
  FROM cadastre_place CROSS JOIN LATERAL (SELECT ST_Transform(geom, 4326) AS pt) c
 WHERE (' ' || search || ' ') LIKE ALL(%(patterns)s)
 ORDER BY NOT starts_with(search || ' ', %(whole)s || ' '), NOT (' ' || search || ' ') LIKE ALL(%(words)s),
          NOT starts_with(search, %(whole)s), length(search), search, id LIMIT %(limit)s
"""
_LIKE_PLACES = """
SELECT kind, name_fa, name_en, district_number, ST_X(c.pt), ST_Y(c.pt)
  FROM cadastre_place CROSS JOIN LATERAL (SELECT ST_Transform(geom, 4326) AS pt) c
 WHERE word_similarity(%(whole)s, search) >= 0.4
 ORDER BY word_similarity(%(whole)s, search) DESC, length(search), search, id LIMIT %(limit)s
"""  # reads all places, a few thousand: only asked when nothing was found, and looser than the index's own threshold


_DISTRICTS = """
SELECT name_fa, name_en, ST_X(c.pt), ST_Y(c.pt), ST_XMin(g.box), ST_YMin(g.box), ST_XMax(g.box), ST_YMax(g.box)
  FROM cadastre_district
 CROSS JOIN LATERAL (SELECT ST_Transform(ST_SetSRID(ST_Envelope(geom), ST_SRID(geom)), 4326) AS box) g
 CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS pt) c
 WHERE number = %(number)s
"""


@dataclass(frozen=True, slots=True)
class DistrictHit:
    """A district: a point in it and its box (west, south, east, north), WGS 84."""

    name_fa: str
    name_en: str
    lon: float
    lat: float
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A named place that matches."""

    kind: str
    name_fa: str
    name_en: str
    district: int | None
    lon: float
    lat: float


def places_by_text(*, words: Sequence[str], limit: int) -> list[PlaceHit]:
    """Places whose folded name holds every word; the whole name first, then whole words, beginnings, shorter ones."""
    patterns = [f"% {word} %" if short_number(word) else f"%{like(word)}%" for word in words]
    whole_words = [f"% {like(word)} %" for word in words]
    params = {"patterns": patterns, "words": whole_words, "whole": " ".join(words), "limit": limit}
    return _places(_PLACES, params)


def districts_by_number(*, number: int) -> list[DistrictHit]:
    """The district of this number, or none."""
    with connection.cursor() as cursor:
        cursor.execute(_DISTRICTS, {"number": number})
        return [DistrictHit(fa, en, lon, lat, tuple(box)) for fa, en, lon, lat, *box in cursor.fetchall()]


def places_like(*, text: str, limit: int) -> list[PlaceHit]:
    """Places whose name resembles the text by trigrams, the nearest first."""
    return _places(_LIKE_PLACES, {"whole": text, "limit": limit})


def _places(query: str, params: dict[str, Any]) -> list[PlaceHit]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [PlaceHit(*row) for row in cursor.fetchall()]
