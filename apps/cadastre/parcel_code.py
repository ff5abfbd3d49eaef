"""How this city writes the identifiers of its parcels: data of the city package, read by one door, `parse`.

[parcel_code]                        # left out: the renovation code, seven numbers
scheme = "plain"                     # one word of letters, digits, dots, dashes
pattern = "[0-9]{1,9}"               # regular expression of the whole code
prefix = "County_parcel_"            # optional: may stand before it, and is left off
name = { fa = "شمارهٔ ملک", en = "lot number" }
example = "218635"
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from apps.cadastre.renovation_code import RenovationCode
from apps.common.city import current_city, load_city
from apps.common.errors import BadInputError
from apps.common.text import Text, isolated, latin_digits

RENOVATION, PLAIN = "renovation", "plain"
LONGEST = 60
_SAFE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST - 1}}}")
_MARKS = re.compile(r"[\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_RENOVATION_NAME = Text(fa="کد نوسازی", en="renovation code")
_RENOVATION_EXAMPLE = Text.of("3-2-14-5")


@dataclass(frozen=True, slots=True)
class ParcelCode:
    """A parcel's identifier in its one canonical form; `land`: what everything on the same plot shares."""

    text: str
    land: str

    def __str__(self) -> str:
        return self.text


class CodeScheme(Protocol):
    """A way to write parcels' identifiers. `name` as it stands in a sentence."""

    @property
    def name(self) -> Text:
        """What people here call the identifier."""

    @property
    def example(self) -> Text:
        """One of them."""

    def parse(self, raw: str) -> ParcelCode:
        """The canonical form. Raises BadInputError showing the example."""


@dataclass(frozen=True, slots=True)
class RenovationScheme:
    """Seven numbers joined by dashes."""

    name: Text = _RENOVATION_NAME
    example: Text = _RENOVATION_EXAMPLE

    def parse(self, raw: str) -> ParcelCode:
        """See apps.cadastre.renovation_code."""
        code = RenovationCode.parse(raw)
        return ParcelCode(str(code), code.land)


@dataclass(frozen=True, slots=True)
class PlainScheme:
    """One word that fits the city's pattern; the land is the parcel itself."""

    pattern: re.Pattern[str]
    prefix: str
    name: Text
    example: Text

    def parse(self, raw: str) -> ParcelCode:
        """Digits of any script, marks and spaces around it dropped, the prefix (in any case) left off."""
        text = latin_digits(_MARKS.sub("", raw)).strip()
        if self.prefix and text.casefold().startswith(self.prefix.casefold()):
            text = text[len(self.prefix) :].lstrip()
        if not (_SAFE.fullmatch(text) and self.pattern.fullmatch(text)):
            raise self._unreadable(raw)
        return ParcelCode(text, text)

    def _unreadable(self, raw: str) -> BadInputError:
        return BadInputError(
            fa=f"«{raw[:LONGEST]}» به عنوان {self.name.fa} خوانا نیست. نمونهٔ درست: {isolated(self.example.fa)}.",
            en=f"“{raw[:LONGEST]}” cannot be read as a {self.name.en}. Write it like {self.example.en}.",
            value=raw[:LONGEST],
        )


def parse(raw: str) -> ParcelCode:
    """What a person or a file wrote, as this city's canonical identifier. Raises BadInputError showing an example."""
    return scheme().parse(raw)


def scheme() -> CodeScheme:
    """This city's way to write identifiers. Raises KeyError, ValueError where the package declares it badly."""
    return _scheme_in(current_city().root)


@lru_cache(maxsize=4)
def _scheme_in(root: Path) -> CodeScheme:
    return scheme_of(load_city(root).raw)


def scheme_of(raw: Mapping[str, Any]) -> CodeScheme:
    """From the parsed city.toml. Raises KeyError for a missing key, ValueError for one that cannot be meant."""
    told = raw.get("parcel_code", {})
    kind = told.get("scheme", RENOVATION)
    if kind == RENOVATION:
        return RenovationScheme()
    if kind != PLAIN:
        raise ValueError(f"parcel_code.scheme is {RENOVATION} or {PLAIN}, not {kind}")
    return _plain(told)


def _plain(told: Mapping[str, Any]) -> PlainScheme:
    try:
        pattern = re.compile(told["pattern"], re.ASCII)
    except re.error as error:
        raise ValueError(f"parcel_code.pattern is no regular expression: {error}") from error
    made = PlainScheme(pattern, told.get("prefix", ""), Text.of(told["name"]), Text.of(told["example"]))
    try:
        made.parse(made.example.en)
    except BadInputError as error:
        raise ValueError(f"parcel_code.example does not fit its own pattern: {made.example.en}") from error
    return made
