"""Slots of a district's calendar: which there are, on working days and in office hours only. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from apps.common.errors import BadInputError
from apps.common.office_days import WorkCalendar
from apps.permits.inspection_plan import DistrictCalendar, InspectionPlan


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A span of a day in the city's time."""

    day: date
    starts: time
    minutes: int

    @property
    def code(self) -> str:
        """How forms name it: '2026-12-01T08:30'."""
        return f"{self.day.isoformat()}T{self.starts:%H:%M}"

    @property
    def ends(self) -> time:
        """When it is over."""
        return (datetime.combine(self.day, self.starts) + timedelta(minutes=self.minutes)).time()

    def overlaps(self, other: "Slot") -> bool:
        """Whether the two share a minute; what ends as the other begins does not."""
        return self.day == other.day and self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day that may be booked."""

    first: date
    last: date


def read_slot(raw: str) -> tuple[date, time]:
    """Day and beginning from '2026-12-01T08:30'. Raises BadInputError."""
    try:
        found = datetime.fromisoformat(raw)
    except ValueError as error:
        raise _unreadable(raw) from error
    if found.tzinfo is not None or found.second or found.microsecond:
        raise _unreadable(raw)
    return found.date(), found.time()


def window(plan: InspectionPlan, calendar: WorkCalendar, *, now: datetime) -> Window:
    """What may be booked now: what arrives after office hours counts as arriving on the next working day."""
    arrived = calendar.arrival(now)
    return Window(calendar.step(arrived, plan.notice), calendar.step(arrived, plan.horizon))


def slots(district: DistrictCalendar, calendar: WorkCalendar, between: Window) -> list[Slot]:
    """Every slot of the days between, both included, in order; a day that may or may not be off has none."""
    days = (between.first + timedelta(days=n) for n in range((between.last - between.first).days + 1))
    return [slot for day in days for slot in slots_on(district, calendar, day)]


def slots_on(district: DistrictCalendar, calendar: WorkCalendar, day: date) -> Iterator[Slot]:
    """The slots of one day: within the district's hours and within the office hours of that day."""
    if day.weekday() not in district.weekdays or not is_open(calendar, day):
        return
    at, step = datetime.combine(day, district.opens), timedelta(minutes=district.minutes)
    while at + step <= datetime.combine(day, district.closes):
        begins, ends = ((t.replace(tzinfo=calendar.zone)).astimezone(UTC) for t in (at, at + step))
        if calendar.opens(day) <= begins and ends <= calendar.closes(day):
            yield Slot(day, at.time(), district.minutes)
        at += step


def is_open(calendar: WorkCalendar, day: date) -> bool:
    """Whether offices surely work that day: beyond the known days off nothing is promised."""
    return calendar.known_from <= day <= calendar.known_until and calendar.works_on(day)


def _unreadable(raw: str) -> BadInputError:
    return BadInputError(
        fa="وقت بازدید خوانا نیست. یکی از وقت‌های فهرست را برگزینید.",
        en="The time of the visit cannot be read. Choose one of those on the list.",
        value=raw[:40],
    )
