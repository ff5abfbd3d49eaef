"""Reading what callers write: days and instants. Every refusal names the formats that are accepted."""

from datetime import date, datetime

from apps.common.calendar import parse_day
from apps.common.instants import parse_instant

_LONGEST = 40


def legal_day(raw: str | None) -> date | None:
    """A legal day, Jalali or Gregorian; None when left out. Raises BadInputError naming both formats."""
    return parse_day(raw[:_LONGEST]) if raw else None


def known_instant(raw: str | None) -> datetime | None:
    """An instant with its offset, not in the future; None when left out. Raises BadInputError."""
    return parse_instant(raw) if raw else None
