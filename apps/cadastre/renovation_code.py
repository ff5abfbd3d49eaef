"""The renovation code: seven numbers district-region-block-house-building-apartment-shop, zeros where absent.

Canonical form is left to right ("3-2-14-5-0-0-0"); right-to-left pages show the parts reversed. The first four
parts name the land; the last three what stands on it. Never a float, never one integer.
"""

import re
from dataclasses import dataclass

from apps.common.errors import BadInputError
from apps.common.text import isolated, latin_digits, persian_digits

PARTS = 7
LAND_PARTS = 4
_MAX_PART = 99_999_999
_MARKS = re.compile(r"[\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SEPARATOR = re.compile(r"\s*[-\u2010-\u2015\u2212_/.\s]\s*")
_NUMBER = re.compile(r"^\d{1,8}$", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class RenovationCode:
    """Seven non-negative integers, ordered part by part as numbers ("2-…" before "10-…")."""

    parts: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what is not seven numbers beginning with a district."""
        if len(self.parts) != PARTS or self.parts[0] < 1 or not all(0 <= p <= _MAX_PART for p in self.parts):
            raise _unreadable("-".join(str(p) for p in self.parts))

    def __str__(self) -> str:
        return "-".join(str(part) for part in self.parts)

    @classmethod
    def parse(cls, raw: str) -> "RenovationCode":
        """From '3-2-14-5-0-0-0', '۳-۲-۱۴-۵', '3/2/14/5'; missing parts are zero. Raises BadInputError."""
        pieces = [p for p in _SEPARATOR.split(latin_digits(_MARKS.sub("", raw)).strip()) if p]
        if not pieces or len(pieces) > PARTS or not all(_NUMBER.match(p) for p in pieces):
            raise _unreadable(raw)
        numbers = [int(p) for p in pieces]
        return cls(tuple(numbers + [0] * (PARTS - len(numbers))))

    @property
    def district(self) -> int:
        """Number of the municipal district."""
        return self.parts[0]

    @property
    def land(self) -> str:
        """The first four parts: '3-2-14-5', the same for everything that stands on one plot."""
        return "-".join(str(part) for part in self.parts[:LAND_PARTS])

    @property
    def parent(self) -> "RenovationCode | None":
        """The code with its last non-zero part after the land zeroed; None for a plot of land itself."""
        for place in range(PARTS - 1, LAND_PARTS - 1, -1):
            if self.parts[place]:
                return RenovationCode((*self.parts[:place], *([0] * (PARTS - place))))
        return None

    @property
    def reversed_rtl(self) -> str:
        """As right-to-left pages print it, shop first, in Persian digits: '۰-۰-۰-۵-۱۴-۲-۳'."""
        return persian_digits("-".join(str(part) for part in reversed(self.parts)))


def looks_like_code(raw: str) -> bool:
    """Whether the text can only be meant as a code: two to seven numbers joined by dashes."""
    folded = latin_digits(_MARKS.sub("", raw)).strip()
    return bool(re.match(r"^\d{1,8}(?:\s*[-\u2010-\u2015\u2212]\s*\d{1,8}){1,6}[-\s]*$", folded, re.ASCII))


def read_backwards(raw: str) -> RenovationCode | None:
    """All seven parts written right to left, shop first, as signs and old papers print them; None when they are not."""
    pieces = [p for p in _SEPARATOR.split(latin_digits(_MARKS.sub("", raw)).strip()) if p]
    if len(pieces) != PARTS:
        return None
    try:
        return RenovationCode.parse("-".join(reversed(pieces)))
    except BadInputError:
        return None


def _unreadable(raw: str) -> BadInputError:
    return BadInputError(
        fa=f"کد نوسازی «{raw[:60]}» خوانا نیست. تا هفت عدد با خط تیره بنویسید، از منطقه آغاز کنید؛ نمونه: "
        f"{isolated('3-2-14-5')}.",
        en=f"The renovation code “{raw[:60]}” cannot be read. Write up to seven numbers joined by dashes, "
        "the district first, such as 3-2-14-5.",
        value=raw[:60],
    )
