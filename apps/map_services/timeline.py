"""The days on which what a theme shows changes, with what happens on each of them. Pure, over periods of the law."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from apps.common.text import Text
from apps.legal.acts import Status


@dataclass(frozen=True, slots=True)
class Span:
    """One status of one edition at one atom of place, from a day (None = ever); the act it rests on.

    `order`: of recording, so that two acts of one day are told in their order. `lifted_by`: number of the act that
    ends a suspension on the day after the span.
    """

    instrument: str
    title: Text
    scope_key: str
    status: Status
    start: date | None
    number: str = ""
    order: int = 0
    lifted_by: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An edition begins to stand otherwise. `partly`: only in a part of its place; `again`: it was in force before."""

    instrument: str
    title: Text
    before: Status
    status: Status
    partly: bool
    again: bool
    number: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A legal day on which the theme's map changes, what happens on it, and what is in force somewhere from it on."""

    day: date
    changes: tuple[Change, ...]
    in_force: tuple[str, ...]


def stops(spans: Iterable[Span]) -> tuple[Stop, ...]:
    """The stops of a timeline in the order of their days. `spans`: all periods of its editions, known together."""
    lives = _lives(spans)
    days = sorted({span.start for life in lives.values() for span in life if span.start is not None})
    return tuple(stop for day in days if (stop := _stop(lives, day)) is not None)


def stop_at(timeline: Iterable[Stop], day: date) -> int | None:
    """The place in the timeline of the stop that holds on a day; None before the first."""
    past = [at for at, stop in enumerate(timeline) if stop.day <= day]
    return past[-1] if past else None


_Atom = tuple[str, str]
_Lives = Mapping[_Atom, tuple[Span, ...]]


def _lives(spans: Iterable[Span]) -> _Lives:
    """The spans of each edition at each atom, in the order of time."""
    found: dict[_Atom, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.instrument, span.scope_key].append(span)
    return {atom: tuple(sorted(life, key=lambda s: s.start or date.min)) for atom, life in found.items()}


def _stop(lives: _Lives, day: date) -> Stop | None:
    changes = _changes(lives, day)
    if not changes:
        return None
    held = {code for (code, _), life in lives.items() if _standing(life, day).status is Status.IN_FORCE}
    return Stop(day, changes, tuple(sorted(held)))


def _changes(lives: _Lives, day: date) -> tuple[Change, ...]:
    """What begins on the day: changes that several atoms share are told once."""
    told: dict[tuple[str, Status, Status, str], list[Span]] = defaultdict(list)
    again: dict[str, bool] = {}
    for (code, _), life in lives.items():
        for before, span in zip((None, *life), life, strict=False):
            was = Status.DRAFT if before is None else before.status
            if span.start == day and span.status is not was:
                number = before.lifted_by if before and before.lifted_by else span.number
                told[code, was, span.status, number].append(span)
                again[code] = again.get(code, False) or _was_in_force(life, span)
    atoms = {code: sum(1 for other, _ in lives if other == code) for code, _ in lives}
    first = sorted(told.items(), key=lambda item: (item[1][0].order, item[0]))
    return tuple(
        Change(code, spans[0].title, was, status, len(spans) < atoms[code], again[code], number)
        for (code, was, status, number), spans in first
    )


def _was_in_force(life: tuple[Span, ...], span: Span) -> bool:
    return any(s.status is Status.IN_FORCE for s in life[: life.index(span)])


def _standing(life: tuple[Span, ...], day: date) -> Span:
    """The span that holds on the day (the first one when all begin later)."""
    past = [span for span in life if span.start is None or span.start <= day]
    return past[-1] if past else life[0]
