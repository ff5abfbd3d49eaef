"""The legal days that a question asks about: one day, or an interval of days, open or not. Pure but for `today`."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from apps.common.errors import BadInputError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OPEN = ("", "..")


@dataclass(frozen=True, slots=True)
class Span:
    """Legal days from `first` to `last`, both included; None = without end."""

    first: date | None
    last: date | None

    @property
    def one_day(self) -> bool:
        """Whether it is a single day."""
        return self.first is not None and self.first == self.last


def on_day(day: date) -> Span:
    """The span of one day."""
    return Span(day, day)


def parse_span(raw: str, *, time_zone: str) -> Span:
    """The parameter `datetime` of OGC API – Features: a day or instant, or two of them with a slash, '..' = open.

    Instants (RFC 3339) mean the legal day in the city's time zone. Raises BadInputError with the forms.
    """
    parts = raw.strip().split("/")
    if len(parts) > 2 or (len(parts) == 1 and parts[0] in _OPEN):  # noqa: PLR2004 - an interval has two ends
        raise _unreadable(raw)
    ends = [None if part in _OPEN else _day(part, raw, time_zone) for part in parts]
    first, last = ends[0], ends[-1]
    if first is not None and last is not None and first > last:
        raise _unreadable(raw)
    return Span(first, last)


def _day(part: str, raw: str, time_zone: str) -> date:
    try:
        if _DAY.fullmatch(part):
            return date.fromisoformat(part)
        instant = datetime.fromisoformat(part.replace(" ", "+"))  # '+' in a query string means a space
        if instant.tzinfo is not None and "T" in part.upper():
            return instant.astimezone(ZoneInfo(time_zone)).date()
    except (ValueError, OverflowError) as error:
        raise _unreadable(raw) from error
    raise _unreadable(raw)


def _unreadable(raw: str) -> BadInputError:
    shown = raw[:80]
    return BadInputError(
        fa=f"«datetime={shown}» خوانا نیست. آن را چنین بنویسید: 2025-11-22 یا 2025-11-22T08:30:00Z یا "
        "2014-09-27/2025-11-22، و برای سر باز «..».",
        en=f"“datetime={shown}” cannot be read. Write 2025-11-22, 2025-11-22T08:30:00Z or 2014-09-27/2025-11-22; "
        "'..' leaves an end open.",
        value=shown,
    )


def parse_plain_day(raw: str) -> date | None:
    """'20191231' as a day; None when it is none."""
    try:
        return date(int(raw[:4]), int(raw[4:6]), int(raw[6:]))
    except ValueError:
        return None
