"""What a page was asked: the day, the permit kind, the place on the map. Raises BadInputError with what to do."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone

from apps.common.calendar import parse_day
from apps.common.clock import today
from apps.common.errors import BadInputError
from apps.common.instants import parse_instant
from apps.common.text import latin_digits
from apps.permits.selectors import permit_kind

DEFAULT_KIND = "NEW"
_LONGEST = 60
_DAY_AND_HOUR = re.compile(r"^(\S+?)(?:[\s،,]+(\d{1,2}):(\d{2}))?$")
_LAST = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Ask:
    """The legal day (`dated`: named by the caller, not just today) and the permit kind of a question.

    `known_at`: only what had been recorded by then counts (a permanent link); None = all that is recorded now.
    """

    on: date
    dated: bool
    kind: str
    known_at: datetime | None = None


def read_ask(request: HttpRequest) -> Ask:
    """`?on=` in either calendar, `?kind=` and `?known_at=`; today, a new building and now when they are missing."""
    raw_day = request.GET.get("on", "").strip()
    kind = permit_kind(request.GET.get("kind", "").strip() or DEFAULT_KIND).value
    return Ask(
        on=parse_day(raw_day) if raw_day else today(),
        dated=bool(raw_day),
        kind=kind,
        known_at=read_moment(request.GET.get("known_at", "")),
    )


def read_moment(raw: str) -> datetime | None:
    """An instant as links write it, or as people do: a day in either calendar, with the hour if they like.

    City time; a day alone counts to its end, the present day up to now (None). Raises BadInputError, also for the
    future.
    """
    text = latin_digits(raw.strip()[:_LONGEST])
    match = _DAY_AND_HOUR.match(text)
    if not text:
        return None
    if match is None or "T" in text:
        return parse_instant(text)
    day = parse_day(match[1])
    if match[2] is None and day == today():
        return None
    return parse_instant(_moment(day, match[2], match[3]).isoformat())


def _moment(day: date, hour: str | None, minute: str | None) -> datetime:
    if hour is None or minute is None:
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) - _LAST
    try:
        return timezone.make_aware(datetime.combine(day, time(int(hour), int(minute))))
    except ValueError as error:
        raise BadInputError(
            fa=f"ساعت «{hour}:{minute}» خوانا نیست. آن را به صورت ۱۴:۳۰ بنویسید.",
            en=f"The hour “{hour}:{minute}” cannot be read. Write it as 14:30.",
        ) from error


def read_place(request: HttpRequest) -> dict[str, float] | None:
    """`?lat=&lon=&z=` as numbers, or None when absent or unreadable: a bad link still opens the map."""
    try:
        place = {name: float(latin_digits(request.GET[name])) for name in ("lat", "lon", "z")}
    except (KeyError, ValueError):
        return None
    inside = abs(place["lat"]) <= 85 and abs(place["lon"]) <= 180 and 0 <= place["z"] <= 22  # noqa: PLR2004
    return place if inside else None
