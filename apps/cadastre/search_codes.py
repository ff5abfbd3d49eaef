"""Numbers that people join with whatever their keyboard gives: parcel codes and registry plates.

The only file of the search that knows how this city's codes are written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.cadastre.parcel_code import LONGEST, PlainScheme, parse, scheme
from apps.cadastre.renovation_code import PARTS
from apps.common.errors import BadInputError
from apps.common.text import latin_digits, search_key

_MARKS = re.compile(r"[\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DASHES = r"\-\u2010-\u2015\u2212\u0640_"
_JOINED = re.compile(rf"\d{{1,8}}(?:\s*[{_DASHES}/\\|.:،,\s]\s*\d{{1,8}}){{1,6}}", re.ASCII)
_ABOUT_CODES = {"کد", "نوسازی", "کدنوسازی", "قطعه", "ملک", "parcel", "code", "renovation", "no", "no.", "#"}
_ABOUT_PLATES = {"پلاک", "ثبتی", "ثبت", "بخش", "اصلی", "فرعی", "از", "registry", "plate", "section", "main", "sub"}
_SECTION = re.compile(r"(?:بخش|section)\s*:?\s*(\d{1,4})")
_NUMBERS_FIRST = re.compile(r"(\d{1,7})\s*(?:فرعی|sub)\s*(?:از|of)?\s*(\d{1,7})\s*(?:اصلی|main)")
_NAMES_FIRST = re.compile(r"(?:فرعی|sub)\s*(\d{1,7})\s*(?:از|of)?\s*(?:اصلی|main)\s*(\d{1,7})")
_MAIN_ALONE = re.compile(r"(\d{1,7})\s*(?:اصلی|main)|(?:اصلی|main)\s*(\d{1,7})")
_PLATE_PARTS = (2, 3)
_ONE_WORD = re.compile(rf"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST - 1}}}")


@dataclass(frozen=True, slots=True)
class Code:
    """Numbers that may be a code from its front. `dashed`: joined as codes are, so it can hardly be anything else."""

    parts: tuple[int, ...]
    dashed: bool
    ended: bool  # a separator stands at the end: the last number is whole

    @property
    def written(self) -> str:
        """As codes begin: '3-2-14'."""
        return "-".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Plate:
    """A registry plate section/main/sub; None = not said."""

    section: int | None
    main: int
    sub: int | None


def read_code(q: str) -> Code | None:
    """'3-2-14', '۳/۲/۱۴/۵', '3 2 14 5', 'کد نوسازی: ۳ـ۲ـ۱۴'; None for what is no row of numbers."""
    if isinstance(scheme(), PlainScheme):
        return None
    text = _without(q, _ABOUT_CODES)
    ended = bool(re.search(rf"[{_DASHES}]$", text))
    text = text.strip(f"- _/\u0640{''.join(map(chr, range(0x2010, 0x2016)))}\u2212")
    if not _JOINED.fullmatch(text):
        return None
    dashed = not re.search(rf"[^\d\s{_DASHES}]|\d\s+\d", text)
    return Code(tuple(int(n) for n in re.findall(r"\d+", text)), dashed=dashed, ended=ended)


def read_plain(q: str) -> str:
    """What may be the beginning of a code where codes are single words ('2186'); '' elsewhere and for other texts."""
    kind = scheme()
    if not isinstance(kind, PlainScheme):
        return ""
    names = {word for word in _folded(f"{kind.name.fa} {kind.name.en}").split() if len(word) > 1}
    text = _folded(q)
    for word in (*sorted(_ABOUT_CODES | names), kind.prefix):
        text = re.sub(rf"(?<!\w){re.escape(word)}\s*:?", " ", text, flags=re.IGNORECASE) if word else text
    return text.strip() if _ONE_WORD.fullmatch(text.strip()) else ""


def canonical(parts: Sequence[int]) -> str | None:
    """The whole code that these numbers are, what is missing being zero; None when they cannot be one."""
    try:
        return str(parse("-".join(map(str, parts))))
    except BadInputError:
        return None


def backwards(code: Code) -> str | None:
    """The whole code when all its parts stand in the reverse order, as right-to-left papers print them."""
    return canonical(code.parts[::-1]) if len(code.parts) == PARTS else None


def surely_backwards(code: Code) -> bool:
    """No code begins with a zero: such a one was copied from the wrong end."""
    return len(code.parts) == PARTS and code.parts[0] == 0 and code.parts[-1] > 0


def read_plates(q: str) -> list[Plate]:
    """The readings of '۵/۱۵۱۸۵/۲۳', 'بخش ۵ – ۱۵۱۸۵/۲۳', '۲۳ فرعی از ۱۵۱۸۵ اصلی بخش ۵'; the usual order first."""
    text = search_key(_MARKS.sub("", q))
    found = _SECTION.search(text)
    section = int(found[1]) if found else None
    rest = text.replace(found[0], " ", 1) if found else text
    named = _NUMBERS_FIRST.search(rest) or _NAMES_FIRST.search(rest)
    if named:
        return [Plate(section, int(named[2]), int(named[1]))]
    alone = _MAIN_ALONE.search(rest)
    if alone:
        return [Plate(section, int(alone[1] or alone[2]), None)]
    rest = _without(rest, _ABOUT_PLATES).strip(" -/–—,،")
    if section is not None and rest.isdecimal():
        return [Plate(section, int(rest[:8]), None)]
    numbers = [int(n) for n in re.findall(r"\d+", rest)] if _JOINED.fullmatch(rest) else []
    return _in_both_orders(section, numbers)


def _in_both_orders(section: int | None, numbers: Sequence[int]) -> list[Plate]:
    if section is None and len(numbers) == max(_PLATE_PARTS):
        first, main, last = numbers
        return [Plate(first, main, last), Plate(last, main, first)]
    if len(numbers) == min(_PLATE_PARTS):
        first, last = numbers
        without_sub = [Plate(first, last, None)] if section is None else []
        return [Plate(section, first, last), *without_sub, Plate(section, last, first)]
    return []


def _folded(q: str) -> str:
    """Latin digits and Persian letters, without marks; a stretching sign stays, it may be meant as a dash."""
    return latin_digits(_MARKS.sub("", q)).replace("\u0654", "").replace("ي", "ی").replace("ك", "ک").strip()


def _without(q: str, words: set[str]) -> str:
    text = _folded(q).casefold()
    for word in words:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)\s*[:：]?", " ", text)
    return " ".join(text.split())
