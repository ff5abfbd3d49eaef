"""Jalali dates for people; ISO dates for machines. Wraps jdatetime so that no other file needs it."""

import re
from datetime import date

import jdatetime

from apps.common.errors import BadInputError
from apps.common.text import latin_digits, persian_digits

_SHAPE = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_FIRST_GREGORIAN_YEAR = 1700
_FIRST_DAY, _LAST_DAY = date(1800, 1, 1), date(2200, 12, 31)  # beyond it a year is a slip of the pen
MONTHS_FA = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def parse_day(raw: str) -> date:
    """A day from '1404-09-01', '۱۴۰۴/۹/۱' (Jalali) or '2025-11-22' (Gregorian, year ≥ 1700).

    Raises BadInputError naming both formats, also for a day before 1800 or after 2200.
    """
    match = _SHAPE.match(latin_digits(raw.strip()))
    if not match:
        raise _bad_day(raw)
    year, month, day = (int(part) for part in match.groups())
    try:
        gregorian = year >= _FIRST_GREGORIAN_YEAR
        found: date = date(year, month, day) if gregorian else jdatetime.date(year, month, day).togregorian()
    except ValueError as error:
        raise _bad_day(raw) from error
    if not _FIRST_DAY <= found <= _LAST_DAY:
        raise _bad_day(raw)
    return found


def jalali(day: date) -> str:
    """'1404/09/01' with Latin digits."""
    return str(jdatetime.date.fromgregorian(date=day).strftime("%Y/%m/%d"))


def day_en(day: date) -> str:
    """'22 November 2025 (1404/09/01)'."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year} ({jalali(day)})"


def jalali_fa(day: date) -> str:
    """'۱ آذر ۱۴۰۴'."""
    value = jdatetime.date.fromgregorian(date=day)
    return persian_digits(f"{value.day} {MONTHS_FA[value.month - 1]} {value.year}")


def _bad_day(raw: str) -> BadInputError:
    return BadInputError(
        fa=f"تاریخ «{raw}» خوانا نیست. آن را به صورت ۱۴۰۴/۰۹/۰۱ یا 2025-11-22 بنویسید.",
        en=f"The date “{raw}” cannot be read. Write it as 1404/09/01 (Jalali) or 2025-11-22.",
        value=raw,
    )
