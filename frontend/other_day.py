"""A day that is not today: what the reader must not take for today's law, and what came after."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.common.clock import today
from apps.common.errors import NotFoundError
from apps.extracts.differing import subjects
from apps.extracts.services import compose
from frontend.asking import Ask

SUSPENDED = "suspended"
Arranged = Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A main number whose answer on that day is not today's: the two subjects of the extracts."""

    then: Mapping[str, Any]
    now: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OtherDay:
    """`parcel_stands`: the parcel exists today; only then are `differences` and `suspended` known."""

    past: bool
    parcel_stands: bool
    differences: tuple[Difference, ...] = ()
    suspended: tuple[Mapping[str, Any], ...] = ()


def other_day(*, code: str, ask: Ask, then: Mapping[str, Any], arranged: Arranged) -> OtherDay | None:
    """What parts the extract document `then` from today's; None when it is today's own day.

    `arranged` gives the main numbers of a document.
    """
    now = today()
    if ask.on == now:
        return None
    past = ask.on < now
    try:
        document = compose(parcel=code, on=now, known_at=None, permit_kind=ask.kind).data
    except NotFoundError:  # split or merged since, or not measured yet on that day
        return OtherDay(past=past, parcel_stands=False)
    return OtherDay(
        past=past,
        parcel_stands=True,
        differences=differences(arranged(then), arranged(document)),
        suspended=tuple(_suspended_since(then, document)) if past else (),
    )


def _suspended_since(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    already = {item["instrument"]["code"] for item in then["pending"] if item["status"] == SUSPENDED}
    for item in now["pending"]:
        if item["status"] == SUSPENDED and item["instrument"]["code"] not in already:
            yield item


def differences(then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> tuple[Difference, ...]:
    """The subjects, in the order of `then`, that are not answered alike on both days."""
    told = (d for d in subjects(then, now) if not d.still_unknown)
    return tuple(Difference(d.then, d.now) for d in told if d.then is not None and d.now is not None)
