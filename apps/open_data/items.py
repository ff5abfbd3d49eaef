"""Items of a collection: a page, one by its name, and how many there are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from apps.common.city import current_city
from apps.open_data.parts import Part, law_of, parts_from, parts_of, row_filters
from apps.open_data.questions import Question
from apps.open_data.reference import northing_first
from apps.open_data.spans import Span, on_day, parse_plain_day
from apps.open_data.standing import Standing
from gis_layers import postgis_ogc
from gis_layers.crs import city_srid
from gis_layers.postgis_ogc import Look, Row
from gis_layers.postgis_ogc_sources import PARCELS, Source

_NAME = re.compile(r"([\w-]{1,80})\.(\d{1,9})(?:\.([a-z_]{1,40}))?(?:\.(\d{1,18}))?")


@dataclass(frozen=True, slots=True)
class Page:
    """Items as GeoJSON features; `after`: where the next page goes on, "" at the end; `complete`: these are all."""

    features: Sequence[dict[str, Any]]
    after: str
    complete: bool = False


def page(question: Question, *, limit: int, in_city: bool, bare: bool) -> Page:
    """The next `limit` items. `in_city`: in the city's CRS; `bare`: without geometry."""
    parts = list(parts_from(parts_of(question), question.after))
    looks = [(_look(question, part, in_city=in_city, bare=bare), after) for part, after in parts]
    rows = postgis_ogc.page(question.collection.source, looks, limit=limit + 1)
    found = [_feature(question, parts[number][0], row) for number, row in rows[:limit]]
    if len(rows) <= limit:
        return Page(found, "", complete=question.after is None)
    number, last = rows[limit - 1]
    return Page(found, f"{parts[number][0].name}.{last.key}")


def count(question: Question) -> int:
    """How many items the question has on all pages. Held in memory by the state of the data."""
    looks = (_look(question, part, in_city=True, bare=True) for part in parts_of(question))
    return sum(_count(question.state, question.collection.source, _Same(look)) for look in looks)


def one(question: Question, name: str, *, in_city: bool) -> dict[str, Any] | None:
    """The item of that name; None when there is none. 'name~YYYYMMDD' is the item as it stood on that day."""
    plain, _, day = name.partition("~")
    if day:
        asked = parse_plain_day(day)
        if asked is None:
            return None
        question = replace(question, span=on_day(asked))
    for part, named in _named(question, plain):
        look = _look(question, part, in_city=in_city, bare=False)
        row = postgis_ogc.one(question.collection.source, look, **named)
        if row is not None:
            return {**_feature(question, part, row), "id": name}
    return None


def _named(question: Question, plain: str) -> Iterator[tuple[Part, dict[str, str | int]]]:
    collection = question.collection
    if collection.theme is None:
        key = "code" if collection.source is PARCELS else "number"
        if key == "code" or (plain.isascii() and plain.isdigit() and len(plain) < 5):  # noqa: PLR2004
            yield parts_of(question)[0], {key: plain if key == "code" else int(plain)}
        return
    match = _NAME.fullmatch(plain)
    if match is None:
        return
    for part in parts_of(question):
        if part.standing is not None and _item_name(part.standing, int(match[2])) == plain:
            yield part, {"source_row": int(match[2])}


def _look(question: Question, part: Part, *, in_city: bool, bare: bool) -> Look:
    return Look(
        params=part.params,
        srid=city_srid(),
        box=question.box,
        box_srid=question.box_srid,
        equal=row_filters(question),
        in_city=in_city,
        flip=northing_first(),
        bare=bare,
    )


class _Same:
    """A look as the key of a memo: two that say the same are the same."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._said = (look.box, look.box_srid, repr(look.params), repr(look.equal))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)


@lru_cache(maxsize=2048)
def _count(_state: str, source: Source, same: _Same) -> int:
    return postgis_ogc.count(source, same.look)


def _feature(question: Question, part: Part, row: Row) -> dict[str, Any]:
    values = dict(row.values)
    ended = values.pop("ended", None)
    if part.standing is not None:
        name, extra = _item_name(part.standing, row.key), law_of(part.standing)
    elif question.collection.source is PARCELS:
        name, extra = _parcel_name(values["code"], ended, question.span), {}
    else:
        name, extra = str(row.key), {"number": row.key}
    if "synthetic" in question.collection.fields:
        extra = {**extra, "synthetic": current_city().synthetic}
    if isinstance(values.get("attributes"), str):  # the driver leaves JSON as it is written
        values["attributes"] = orjson.loads(values["attributes"])
    geometry = None if row.geometry is None else orjson.loads(row.geometry)
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": {**values, **extra}}


def _item_name(standing: Standing, row: int) -> str:
    """'<edition>.<row>[.<status>][.<act>][~<day>]'."""
    parts = [standing.instrument, str(row)]
    if standing.status.value != "in_force":
        parts.append(standing.status.value)
    if standing.branch:
        parts.append(str(standing.branch))
    return ".".join(parts) + (f"~{standing.day:%Y%m%d}" if standing.past else "")


def _parcel_name(code: str, ended: date | None, span: Span) -> str:
    past = ended is not None and (span.last is None or ended < span.last)
    return f"{code}~{ended:%Y%m%d}" if past else code
