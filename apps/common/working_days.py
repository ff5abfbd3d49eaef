"""Working days: when a deadline is due, and how much of it is left. Pure.

How days are counted (decision 0025; a sample where 3-domain names no source):

- What arrives after office hours or on a day off counts as having arrived on the next working day.
- The day of arrival does not count; the n-th day after it is the last one.
- A day counts only when it is free of pause: a working day in its office hours, a calendar day as a whole. A pause of
  no length, or outside of that time, takes nothing; half a day paused is a day that does not count.
- A deadline in working days ends when its last day's offices close; one in calendar days at the end of its last day,
  and where that day is off or paused, of the next working day free of pause.

Times are half-open: what happens at the closing minute happens after hours, and a deadline has passed at its `at`. The
end of a calendar day is its last microsecond, so that whoever shows the day of `at` shows the last day, not the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count, islice, takewhile

from apps.common.office_days import ONE_DAY, Holiday, Hours, WorkCalendar

__all__ = ["Due", "Holiday", "Hours", "Pause", "Span", "Unit", "WorkCalendar", "counted", "days_left", "due"]
__all__ += ["is_free", "working"]

MOST_DAYS = 3_650
_ZONES_APART = timedelta(days=2)
Pause = tuple[datetime, datetime | None]


class Unit(StrEnum):
    """What a deadline is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Span:
    """So many days from an instant (aware). `pauses`: from–to, half-open; a `to` of None stands open.

    Raises ValueError for an amount outside 1..3650, an instant without zone, or a pause that ends before it begins.
    """

    started_at: datetime
    amount: int
    unit: Unit
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST_DAYS:
            raise ValueError(f"a deadline has 1 to {MOST_DAYS} days, not {self.amount}")
        ends = [end for _, end in self.pauses if end is not None]
        if any(at.tzinfo is None for at in (self.started_at, *ends, *(begin for begin, _ in self.pauses))):
            raise ValueError("instants of a deadline need a time zone")
        if any(end is not None and end < begin for begin, end in self.pauses):
            raise ValueError("a pause ends before it begins")

    @property
    def paused_since(self) -> datetime | None:
        """Since when a pause stands open; None = the time runs."""
        return min((begin for begin, end in self.pauses if end is None), default=None)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day and the instant (UTC) at which it has passed. Both None: not known while a pause stands open.

    `left`: days that such a pause still holds back. `certain`: the city knows its days off around all the days walked.
    """

    day: date | None
    at: datetime | None
    left: int = 0
    certain: bool = False


def due(span: Span, calendar: WorkCalendar) -> Due:
    """When the span ends. A standing pause that it meets leaves that open: nothing runs, nothing is due."""
    days = list(islice(counted(span, calendar), span.amount))
    left = span.amount - len(days)
    day = None if left else _settled(days[-1], span, calendar)
    if day is None:
        return Due(day=None, at=None, left=left)
    at = calendar.closes(day) if span.unit is Unit.WORKING_DAYS else calendar.ends(day) - timedelta.resolution
    return Due(day=day, at=at, certain=calendar.knows(calendar.local_day(span.started_at), day))


def counted(span: Span, calendar: WorkCalendar) -> Iterator[date]:
    """The days that count, in order, without end; up to a standing pause if there is one."""
    arrived = calendar.arrival(span.started_at)
    if span.unit is Unit.WORKING_DAYS:
        return working(arrived, span, calendar)
    return (day for day in _days_after(arrived, span, calendar) if is_free(day, span, calendar))


def is_free(day: date, span: Span, calendar: WorkCalendar) -> bool:
    """Whether no pause of any length touches the time of that day which counts."""
    near = [pause for pause in span.pauses if _is_near(pause, day)]
    if not near:
        return True  # most days: the instants at which one begins and ends are dear to find
    by_hours = span.unit is Unit.WORKING_DAYS and calendar.works_on(day)
    begins = calendar.opens(day) if by_hours else calendar.begins(day)
    ends = calendar.closes(day) if by_hours else calendar.ends(day)
    return not any(begin < ends and (end is None or end > max(begins, begin)) for begin, end in near)


def days_left(last: date, on: date, calendar: WorkCalendar) -> int:
    """Working days after `on` up to and with `last`: 0 on the last day, negative when it lies behind."""
    early, late = min(last, on), max(last, on)
    between = (early + ONE_DAY * n for n in range(1, (late - early).days + 1))
    days = sum(calendar.works_on(day) for day in between)
    return days if last >= on else -days


def working(after: date, span: Span, calendar: WorkCalendar) -> Iterator[date]:
    """Working days after a day that are free of pause, in order, without end; up to a standing pause."""
    days = _days_after(after, span, calendar)
    return (day for day in days if calendar.works_on(day) and is_free(day, span, calendar))


def _is_near(pause: Pause, day: date) -> bool:
    """Whether the pause could touch the day, in whatever zone its instants are written."""
    begin, end = pause
    return begin.date() <= day + _ZONES_APART and (end is None or end.date() >= day - _ZONES_APART)


def _settled(day: date, span: Span, calendar: WorkCalendar) -> date | None:
    """The last day that counted, if offices work on it; else the next that does, free of pause."""
    return day if calendar.works_on(day) else next(working(day, span, calendar), None)


def _days_after(after: date, span: Span, calendar: WorkCalendar) -> Iterator[date]:
    """One day after the other, up to the day on which a pause that stands open began."""
    days = (after + ONE_DAY * n for n in count(1))
    since = span.paused_since
    if since is None:
        return days
    last = calendar.local_day(since)
    return takewhile(lambda day: day <= last, days)
