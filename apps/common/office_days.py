"""On which days, and at which hours, a city's offices work. Pure; read from the city package by `work_calendar`."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import count, islice
from zoneinfo import ZoneInfo

from apps.common.text import Text

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours of a day in the city's time: from `opens` up to, not with, `closes`."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"office hours end ({self.closes}) before they begin ({self.opens})")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off by name. `estimated`: the moon may move it by a day. `recorded_on`: when the city learned of it."""

    day: date
    name: Text
    source: str
    recorded_on: date
    estimated: bool = False


@dataclass(frozen=True)
class WorkCalendar:
    """When a city's offices work. `weekend` and keys of `hours_on`: Monday is 0. `sample_hours`: hours are invented.

    Holidays are known from `known_from` to `known_until`, both included; beyond them only the weekend is.
    """

    weekend: frozenset[int]
    hours: Hours
    time_zone: str
    known_from: date
    known_until: date
    holidays: tuple[Holiday, ...] = ()
    hours_on: tuple[tuple[int, Hours], ...] = ()
    sample_hours: bool = False

    def __post_init__(self) -> None:
        if set(range(7)) <= self.weekend:
            raise ValueError("a week without a working day: no deadline would ever end")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def days_off(self) -> dict[date, Holiday]:
        """Holidays by day."""
        return {holiday.day: holiday for holiday in self.holidays}

    @cached_property
    def fingerprint(self) -> str:
        """32 hex digits of all that moves a due day; names and sources move none."""
        kept = [
            sorted(self.weekend),
            str(self.hours),
            sorted(str(pair) for pair in self.hours_on),
            self.time_zone,
            f"{self.known_from} {self.known_until}",
            sorted(f"{holiday.day} {holiday.estimated}" for holiday in self.holidays),
        ]
        return hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:32]

    def works_on(self, day: date) -> bool:
        """Whether offices are open on this day, as far as is known."""
        return day.weekday() not in self.weekend and day not in self.days_off

    def opens(self, day: date) -> datetime:
        """The instant (UTC) at which offices open on a working day."""
        return self._instant(day, self._hours(day).opens)

    def closes(self, day: date) -> datetime:
        """The instant (UTC) at which offices close on a working day."""
        return self._instant(day, self._hours(day).closes)

    def ends(self, day: date) -> datetime:
        """Midnight (UTC) at the end of the day."""
        return self._instant(day + ONE_DAY, time.min)

    def begins(self, day: date) -> datetime:
        """Midnight (UTC) at the beginning of the day."""
        return self._instant(day, time.min)

    def local_day(self, at: datetime) -> date:
        """The city's day at an instant."""
        return at.astimezone(self.zone).date()

    def arrival(self, at: datetime) -> date:
        """The working day on which something counts as having arrived (after-hours rule)."""
        day = self.local_day(at)
        if self.works_on(day) and at < self.closes(day):
            return day
        return self.step(day, 1)

    def knows(self, first: date, last: date) -> bool:
        """Whether days off are known all the way; one that the moon may move makes doubtful the days beside it too."""
        doubtful = (h.day for h in self.holidays if h.estimated)
        within = self.known_from <= first and last <= self.known_until
        return within and not any(first - ONE_DAY <= day <= last + ONE_DAY for day in doubtful)

    def step(self, day: date, days: int) -> date:
        """The `days`-th working day after (before, if negative) a day."""
        way = ONE_DAY if days > 0 else -ONE_DAY
        found = (d for d in (day + way * n for n in count(1)) if self.works_on(d))
        return next(islice(found, abs(days) - 1, None)) if days else day

    def _hours(self, day: date) -> Hours:
        return dict(self.hours_on).get(day.weekday(), self.hours)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)
