"""What a person may write into the search box, and what each of it finds. In words: docs/how-to/search-grammar.md."""

from collections.abc import Iterator
from datetime import date, datetime

from apps.cadastre import search_codes as codes
from apps.cadastre.facts import SearchFound, SearchHit
from apps.cadastre.renovation_code import LAND_PARTS
from apps.cadastre.search_hits import district_hits, note_of_link, outside, parcel_hits, place_hits, point_hit
from apps.cadastre.search_links import Link, link
from apps.cadastre.search_points import Asked, point
from apps.cadastre.search_words import district_number, telling, words_of
from apps.common.text import search_key
from gis_layers import postgis_parcels, postgis_places, postgis_search

MAX_LIMIT = 50
SUGGESTIONS = 8
LONGEST = 2000
_LONGEST_TEXT = 200
_NEAR_M = 150.0


def find(q: str, *, limit: int, on: date, known_at: datetime) -> SearchFound:
    """See apps.cadastre.selectors.search."""
    return _Search(q.replace("\x00", " ")[:LONGEST], max(1, min(limit, MAX_LIMIT)), on, known_at).found()


class _Search:
    """One question on one day. What is surest is asked first; the next only when that found nothing."""

    def __init__(self, q: str, limit: int, on: date, known_at: datetime) -> None:
        self.limit, self.on, self.known_at = limit, on, known_at
        self.link = link(q)
        self.point = None if self.link else point(q[:_LONGEST_TEXT])
        self.q = self.link.code if self.link and self.link.code else q[:_LONGEST_TEXT]

    def found(self) -> SearchFound:
        """Results, or what comes near, or what to do instead."""
        if self.link and not self.link.code:
            return self._at_link(self.link)
        if self.point:
            return self._at(self.point)
        if not search_key(self.q):
            return SearchFound(())
        results = list({(hit.kind, hit.code, hit.label, hit.lon, hit.lat): hit for hit in self._results()}.values())
        return SearchFound(tuple(results[: self.limit]), () if results else tuple(self._near()))

    def _at_link(self, found: Link) -> SearchFound:
        return self._at(found.place) if found.place else SearchFound((), note=note_of_link(found))

    def _at(self, asked: Asked) -> SearchFound:
        """The parcels at a point of the city, and the point itself; on a street also the parcels around it.

        Beyond the city only the word that it lies outside.
        """
        if not asked.inside:
            return SearchFound((), note=outside(asked))
        at = postgis_parcels.versions_at(lon=asked.lon, lat=asked.lat, on=self.on, known_at=self.known_at)
        hits = [hit for code, _ in at for hit in self._begins(code, 1)]
        near = [] if hits else self._around(asked)
        return SearchFound((*hits, point_hit(asked)), tuple(near))

    def _around(self, asked: Asked) -> list[SearchHit]:
        return parcel_hits(
            postgis_search.parcels_near(
                lon=asked.lon, lat=asked.lat, metres=_NEAR_M, on=self.on, known_at=self.known_at, limit=SUGGESTIONS
            )
        )

    def _results(self) -> list[SearchHit]:
        plain = self._begins(codes.read_plain(self.q), self.limit)
        if plain:
            return plain
        code = codes.read_code(self.q)
        if code and code.dashed:
            return self._by_code(code) or self._by_plates() or self._by_names()
        plates = self._by_plates()
        return [*plates, *(self._by_code(code) if code else [])] or self._by_names()

    def _by_code(self, code: codes.Code) -> list[SearchHit]:
        """The parcel of a full code; of a partial one what begins so, whole parts before longer numbers."""
        if codes.surely_backwards(code):
            return self._begins(codes.backwards(code) or "", 1)
        exact = self._begins(codes.canonical(code.parts) or "", 1)
        whole = self._begins(f"{code.written}-", self.limit)
        begun = [] if whole or code.ended or not code.dashed else self._begins(code.written, self.limit)
        return [*exact, *whole, *begun] or (self._by_piece(code) if code.dashed else [])

    def _by_piece(self, code: codes.Code) -> list[SearchHit]:
        found = postgis_search.parcels_by_piece(
            piece=code.written, on=self.on, known_at=self.known_at, limit=self.limit
        )
        return parcel_hits(found)

    def _begins(self, prefix: str, limit: int) -> list[SearchHit]:
        if not prefix:
            return []
        return parcel_hits(
            postgis_search.parcels_by_code(prefix=prefix, on=self.on, known_at=self.known_at, limit=limit)
        )

    def _by_plates(self) -> list[SearchHit]:
        for plate in codes.read_plates(self.q):
            found = postgis_search.parcels_by_plate(
                section=plate.section,
                main=plate.main,
                sub=plate.sub,
                on=self.on,
                known_at=self.known_at,
                limit=self.limit,
            )
            if found:
                return parcel_hits(found)
        return []

    def _by_names(self) -> list[SearchHit]:
        """By every word; when that finds nothing, without the words that only name a kind of place."""
        words = words_of(self.q)
        district = district_number(words)
        if district is not None:
            return district_hits(postgis_places.districts_by_number(number=district))
        return self._by_words(words) or (self._by_words(telling(words)) if telling(words) != words else [])

    def _by_words(self, words: list[str]) -> list[SearchHit]:
        if not words:
            return []
        places = postgis_places.places_by_text(words=words, limit=self.limit)
        parcels = postgis_search.parcels_by_text(words=words, on=self.on, known_at=self.known_at, limit=self.limit)
        return [*place_hits(places), *parcel_hits(parcels)]

    def _near(self) -> Iterator[SearchHit]:
        """Codes of the same land or block for a code, places of a similar name for words."""
        code = codes.read_code(self.q)
        if code is None or not code.dashed:
            yield from place_hits(postgis_places.places_like(text=search_key(self.q), limit=SUGGESTIONS))
            return
        whole = codes.canonical(code.parts)
        near = similar_codes(whole, limit=SUGGESTIONS) if whole else []
        reverse = codes.backwards(code)
        for candidate in dict.fromkeys([*([reverse] if reverse else []), *near]):
            yield from self._begins(candidate, 1)


def similar_codes(code: object, *, limit: int) -> list[str]:
    """Codes on the same land, else in the same block, region, district, in the order of their numbers.

    Of a code that is one word: those that begin with most of it.
    """
    text = str(code)
    parts = text.split("-")[:LAND_PARTS]
    beginnings = ["-".join(parts[:n]) + "-" for n in range(len(parts), 0, -1)]
    if len(parts) == 1:
        beginnings = [text[:n] for n in range(len(text) - 1, len(text) // 2, -1)]
    for prefix in beginnings:
        found = postgis_search.codes_like(prefix=prefix, limit=limit)
        if found:
            return found
    return []
