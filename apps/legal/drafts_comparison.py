"""What a draft would change: two projections of acts, day by day and place by place. Pure: no clock, no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from apps.legal.acts import Period, Status

Inside = frozenset[int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with one status and the act it rests on; half-open, None = unbounded."""

    since: date | None
    until: date | None
    status: Status
    act: int | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Shift:
    """Days on which the status would be another than it is; half-open, None = unbounded."""

    since: date | None
    until: date | None
    was: Status
    becomes: Status


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Places (each inside exactly these scopes) where the same days would change in the same way."""

    places: tuple[Inside, ...]
    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    shifts: tuple[Shift, ...]


NEVER_ACTED = (Stretch(None, None, Status.DRAFT),)


def compare(
    before: Iterable[Period], after: Iterable[Period], places: Iterable[Inside], *, instrument: int
) -> tuple[PlaceChange, ...]:
    """The changes of one instrument; both projections over the same places. What is known now, nothing older.

    Places with equal days before and equal days after are one; those that change come first.
    """
    was, becomes = _timelines(before, instrument), _timelines(after, instrument)
    grouped: dict[tuple[tuple[Stretch, ...], tuple[Stretch, ...]], list[Inside]] = {}
    for place in sorted(places, key=sorted):
        grouped.setdefault((was.get(place, NEVER_ACTED), becomes.get(place, NEVER_ACTED)), []).append(place)
    found = [PlaceChange(tuple(held), b, a, tuple(shifts(b, a))) for (b, a), held in grouped.items()]
    return tuple(sorted(found, key=lambda change: not change.shifts))


def shifts(before: Iterable[Stretch], after: Iterable[Stretch]) -> Iterator[Shift]:
    """The days whose status differs between two complete timelines; equal neighbours are one."""
    one, other = tuple(before), tuple(after)
    held: Shift | None = None
    for since, until in _days(one, other):
        was, becomes = _status_from(one, since), _status_from(other, since)
        if held is not None and (held.was, held.becomes) == (was, becomes):
            held = Shift(held.since, until, was, becomes)
            continue
        if held is not None and held.was != held.becomes:
            yield held
        held = Shift(since, until, was, becomes)
    if held is not None and held.was != held.becomes:
        yield held


def status_on(timeline: Iterable[Stretch], day: date) -> Status:
    """The status on a day of a complete timeline."""
    return next(stretch.status for stretch in timeline if stretch.holds(day))


def _timelines(periods: Iterable[Period], instrument: int) -> dict[Inside, tuple[Stretch, ...]]:
    held: dict[Inside, list[Stretch]] = {}
    for period in periods:
        if period.instrument == instrument and period.known_to is None:
            stretch = Stretch(period.legal_from, period.legal_to, period.status, period.act)
            held.setdefault(period.inside, []).append(stretch)
    return {place: tuple(sorted(line, key=lambda s: s.since or date.min)) for place, line in held.items()}


def _days(*timelines: tuple[Stretch, ...]) -> Iterator[tuple[date | None, date | None]]:
    """Days cut wherever any of the timelines changes."""
    cuts = sorted({s.since for line in timelines for s in line if s.since is not None})
    yield from zip([None, *cuts], [*cuts, None], strict=True)


def _status_from(timeline: tuple[Stretch, ...], since: date | None) -> Status:
    return status_on(timeline, since or date.min)
