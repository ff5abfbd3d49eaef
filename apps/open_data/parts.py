"""Stretches of a collection, each under one law, in the order in which they are listed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.common.errors import BadInputError
from apps.open_data.questions import Question
from apps.open_data.standing import Standing, standings
from gis_layers.postgis_ogc_sources import PARCELS

_BY_PLATE = ("edition", "legal_status", "act_number")  # these pick editions; the other filters pick rows


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a collection: rows of one source under one law. `name` finds it again on the next page."""

    name: str
    params: Mapping[str, Any]
    standing: Standing | None = None


def parts_of(question: Question) -> list[Part]:
    """The stretches of the collection that the question's days, knowledge and filters leave."""
    collection = question.collection
    if collection.theme is None:
        return [Part("", _clocks(question) if collection.source is PARCELS else {})]
    found = standings(
        theme=collection.theme,
        pending=collection.pending,
        span=question.span,
        known_at=question.known_at,
        state=question.state,
    )
    wanted = {name: value for name, value in question.equal.items() if name in _BY_PLATE}
    return [
        Part(_part_name(s), {"shape": s.shape, "edition": s.edition_id}, s)
        for s in found
        if all(str(law_of(s)[name]) == value for name, value in wanted.items())
    ]


def parts_from(parts: Sequence[Part], after: tuple[str, int] | None) -> Iterator[tuple[Part, int]]:
    """Each part with the key to go on behind. Raises BadInputError when the part to go on in is there no more."""
    if after is None:
        yield from ((part, -1) for part in parts)
        return
    names = [part.name for part in parts]
    if after[0] not in names:
        raise BadInputError(
            fa="قانون از زمان صفحهٔ پیش تغییر کرده است؛ از صفحهٔ نخست آغاز کنید.",
            en="The law has changed since the page before; start again from the first page.",
            parameter="after",
        )
    start = names.index(after[0])
    yield parts[start], after[1]
    yield from ((part, -1) for part in parts[start + 1 :])


def row_filters(question: Question) -> dict[str, str]:
    """The filters that pick rows and not editions."""
    return {name: value for name, value in question.equal.items() if name not in _BY_PLATE}


def law_of(standing: Standing) -> dict[str, Any]:
    """What every item says of the law behind it."""
    act = standing.act
    return {
        "edition": standing.instrument,
        "title_fa": standing.title.fa,
        "title_en": standing.title.en,
        "legal_status": standing.status.value,
        "on": standing.day.isoformat(),
        "act_kind": act.kind.value,
        "act_number": act.number,
        "act_date": act.act_date.isoformat(),
        "effective_on": act.effective_on.isoformat(),
        "body_fa": act.body.fa,
        "body_en": act.body.en,
        "document": act.document,
        "authority": act.authority.value,
        "sample": standing.sample,
    }


def _clocks(question: Question) -> dict[str, Any]:
    return {"first": question.span.first, "last": question.span.last, "known_at": question.known_at or "infinity"}


def _part_name(standing: Standing) -> str:
    text = f"{standing.instrument}|{standing.status}|{standing.branch}|{standing.shape}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]
