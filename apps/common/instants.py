"""Instants as people and links write them. Every refusal names the format that is accepted."""

import re
from datetime import UTC, datetime

from apps.common import clock
from apps.common.errors import BadInputError
from apps.common.text import latin_digits

_LONGEST = 40
_LOST_PLUS = re.compile(r" (\d{2}:?\d{2})$")
_FIRST_YEAR = 1900


def parse_instant(raw: str) -> datetime:
    """'2025-11-22T08:30:00+03:30' as UTC; not in the future. Raises BadInputError with the format."""
    written = _LOST_PLUS.sub(r"+\1", latin_digits(raw.strip()[:_LONGEST]))  # '+' in a query string means a space
    try:
        instant = datetime.fromisoformat(written)
    except ValueError as error:
        raise _bad_instant(raw) from error
    if instant.tzinfo is None or instant.year < _FIRST_YEAR:
        raise _bad_instant(raw)
    if instant > clock.now():
        raise BadInputError(
            fa="«known_at» نمی‌تواند در آینده باشد: از آینده هنوز چیزی ثبت نشده است.",
            en="`known_at` cannot lie in the future: nothing has been recorded there yet.",
            value=raw[:_LONGEST],
        )
    return instant.astimezone(UTC)


def _bad_instant(raw: str) -> BadInputError:
    return BadInputError(
        fa=f"زمان «{raw[:_LONGEST]}» خوانا نیست. آن را با ساعت و اختلاف ساعت بنویسید: 2025-11-22T08:30:00+03:30.",
        en=f"The instant “{raw[:_LONGEST]}” cannot be read. Write it with time and offset, such as "
        "2025-11-22T08:30:00+03:30 or 2025-11-22T05:00:00Z.",
        value=raw[:_LONGEST],
    )
