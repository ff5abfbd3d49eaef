"""How a document writes numbers, days, codes and texts in its language. The language is an argument, never a mood."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from apps.common.calendar import MONTHS_EN, day_en, jalali_fa
from apps.common.text import isolated, persian_digits
from apps.documents.words import UNITS, WORDS
from apps.legal.tables.expressions import spelled

_LEFT, _END = "\u2066", "\u2069"
_TOKEN = re.compile(r"[A-Za-z0-9۰-۹]+(?:[-./:٫][A-Za-z0-9۰-۹]+)*")
_LETTER = re.compile(r"[A-Za-z]")
_FRACTION = re.compile(r"\d+\.\d+")
_DIGIT = re.compile(r"[0-9۰-۹]")
_PLACES = {"ac": 4}  # decimals where two would say too little: 0.01 ac is 40 m²
_PER_AREA = re.compile(r"^(\d+)/(\d+) m²$")


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes for one reader: `language` fa or en, `calendar` of the city, `names` of codes and of inputs."""

    language: str
    calendar: str
    time_zone: str
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def persian(self) -> bool:
        """Whether the document is Persian."""
        return self.language == "fa"

    def word(self, key: str) -> str:
        """One of the document's own words."""
        return WORDS[key].in_language(self.language)

    def say(self, text: Mapping[str, str] | None) -> str:
        """A bilingual text of the extract, its numbers in the digits of the language; '' for nothing."""
        return "" if not text else self.prose(text[self.language])

    def prose(self, text: str) -> str:
        """Persian: digits and decimal sign of the language, codes kept left to right. English: as it is."""
        return _TOKEN.sub(_in_persian, text) if self.persian else text

    def digits(self, raw: object) -> str:
        """0-9 in the digits of the language."""
        return persian_digits(raw) if self.persian else str(raw)

    def code(self, raw: object) -> str:
        """A code or number of a paper: left to right; Persian digits unless it has Latin letters."""
        text = str(raw)
        if not self.persian or not text:
            return text
        return f"{_LEFT}{text}{_END}" if _LETTER.search(text) else isolated(text)

    def number(self, value: float, places: int = 2) -> str:
        """1234.5 as '۱٬۲۳۴٫۵' or '1,234.5'."""
        plain = f"{value:,.{places}f}".rstrip("0").rstrip(".")
        return persian_digits(plain.replace(",", "٬").replace(".", "٫")) if self.persian else plain

    def unit(self, code: str) -> str:
        """The unit's name; a unit nobody named stays as it is."""
        return UNITS[code].in_language(self.language) if code in UNITS else code

    def quantity(self, value: float, unit: str) -> str:
        """'۱۵٫۵ متر', '60%'."""
        name = self.unit(unit)
        gap = "" if not name or (unit == "%" and not self.persian) else " "
        return f"{self.number(value, _PLACES.get(unit, 2))}{gap}{name}"

    def value(self, value: Any, unit: str = "") -> str:
        """Any value of an extract in words; None is the caller's 'not known'."""
        if isinstance(value, bool):
            return self.word("yes" if value else "no")
        if isinstance(value, int | float):
            return self.quantity(value, unit)
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            return self.spread([row["value"] for row in value], unit)
        if isinstance(value, list):
            return self.listed([self.value(v, unit) for v in value])
        return self.coded(str(value))

    def spread(self, values: Sequence[Any], unit: str) -> str:
        """The values of a schedule's rows: numbers as 'a to b', others beside them."""
        numbers = sorted({v for v in values if isinstance(v, int | float) and not isinstance(v, bool)})
        others = [self.value(v) for v in values if v not in numbers]
        if len(numbers) < 2:  # noqa: PLR2004 - one value is no range
            return self.listed([*(self.quantity(v, unit) for v in numbers), *others])
        span = self.word("range").format(low=self.number(numbers[0]), high=self.quantity(numbers[-1], unit))
        return self.listed([span, *others])

    def coded(self, value: str) -> str:
        """A code by its name; 'n/m m²' as so many per area; a formula with its facts by name."""
        match = _PER_AREA.match(value)
        if match:
            return self.word("per_area").format(count=self.digits(match[1]), area=self.digits(match[2]))
        if value in self.names:
            return self.prose(self.names[value])
        words = spelled(value, self.names)
        return self.code(value) if words == spelled(value, {}) else self.prose(words)

    def listed(self, parts: Sequence[str]) -> str:
        """'a، b' or 'a, b', each once."""
        return ("، " if self.persian else ", ").join(dict.fromkeys(parts))

    def day(self, raw: str | date) -> str:
        """A legal day in the city's calendar; Latin readers of a Jalali city get the Gregorian day first."""
        value = date.fromisoformat(raw) if isinstance(raw, str) else raw
        if self.calendar != "jalali":
            return self.digits(f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}")
        return jalali_fa(value) if self.persian else day_en(value)

    def instant(self, raw: str) -> str:
        """Day and time of an instant in the city's time zone, with its UTC offset."""
        local = datetime.fromisoformat(raw).astimezone(ZoneInfo(self.time_zone))
        offset = local.strftime("%z")
        clock = self.code(f"{local:%H:%M:%S} UTC{offset[:3]}:{offset[3:]}")
        return f"{self.day(local.date())} {clock}"


def _in_persian(match: re.Match[str]) -> str:
    token = match[0]
    if not _DIGIT.search(token):
        return token
    if _LETTER.search(token):
        return f"{_LEFT}{token}{_END}"
    if _FRACTION.fullmatch(token):
        return persian_digits(token.replace(".", "٫"))
    return persian_digits(token) if token.isdigit() else isolated(token)
