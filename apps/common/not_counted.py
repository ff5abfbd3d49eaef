"""Why a deadline ends when it does: the days that did not count, each with its reason. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from apps.common.office_days import ONE_DAY
from apps.common.text import Text
from apps.common.working_days import Span, Unit, WorkCalendar, counted, due, is_free


class Why(StrEnum):
    """Why a day did not count."""

    AFTER_HOURS = "after_hours"
    ARRIVAL = "arrival"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"


WORDS = {
    Why.AFTER_HOURS: Text("پس از ساعت اداری رسید", "arrived after office hours"),
    Why.ARRIVAL: Text("روز دریافت شمرده نمی‌شود", "the day of arrival does not count"),
    Why.WEEKEND: Text("تعطیل پایان هفته", "weekend"),
    Why.PAUSED: Text("مهلت متوقف بود", "the deadline was paused"),
}


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A day that did not count; `name`: the holiday's own name, else the reason in words."""

    day: date
    why: Why
    name: Text


def explain(span: Span, calendar: WorkCalendar) -> tuple[NotCounted, ...]:
    """The days from the first instant up to the last day that did not count, in order.

    While a pause stands open: up to the day on which it began. In calendar days, days off count; only those that
    moved the end are named, the one on which it fell among them.
    """
    arrived, first = calendar.arrival(span.started_at), calendar.local_day(span.started_at)
    before = [_off(day, calendar) or _said(day, Why.AFTER_HOURS) for day in _days(first, arrived)]
    ended = _ended(span, calendar)
    after = []
    for day in _days(arrived + ONE_DAY, _until(span, calendar) or arrived):
        moves = span.unit is Unit.WORKING_DAYS or (ended is not None and day >= ended)
        after.append((_off(day, calendar) if moves else None) or _paused(day, span, calendar))
    return (*before, _said(arrived, Why.ARRIVAL), *filter(None, after))


def _until(span: Span, calendar: WorkCalendar) -> date | None:
    """The day before which days can have been missed: the last one; under a standing pause, that after its first."""
    last, since = due(span, calendar).day, span.paused_since
    return calendar.local_day(since) + ONE_DAY if last is None and since is not None else last


def _ended(span: Span, calendar: WorkCalendar) -> date | None:
    """The day that counted as the last one, which may be off; None while a pause holds some back."""
    return next(islice(counted(span, calendar), span.amount - 1, None), None)


def _off(day: date, calendar: WorkCalendar) -> NotCounted | None:
    holiday = calendar.days_off.get(day)
    if holiday is not None:
        return NotCounted(day, Why.HOLIDAY, holiday.name)
    return None if calendar.works_on(day) else _said(day, Why.WEEKEND)


def _paused(day: date, span: Span, calendar: WorkCalendar) -> NotCounted | None:
    return None if is_free(day, span, calendar) else _said(day, Why.PAUSED)


def _said(day: date, why: Why) -> NotCounted:
    return NotCounted(day, why, WORDS[why])


def _days(first: date, end: date) -> Iterator[date]:
    """From `first` up to, not with, `end`."""
    return (first + ONE_DAY * n for n in range((end - first).days))
