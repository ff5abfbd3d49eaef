"""Bilingual text, and Persian/Arabic letters and digits treated alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")}
_LETTERS = {
    ord("ي"): "ی",
    ord("ى"): "ی",
    ord("ئ"): "ی",
    ord("ك"): "ک",
    ord("ة"): "ه",
    ord("ۀ"): "ه",
    ord("أ"): "ا",
    ord("إ"): "ا",
    ord("آ"): "ا",
    ord("ؤ"): "و",
    ord("\u200c"): " ",
    **dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),  # direction marks
    ord("ـ"): None,
    **dict.fromkeys((*range(0x64B, 0x660), 0x670)),  # vowel signs, hamza and madda written above, small alef
}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}
"""Marks that open a stretch of another direction, and the one that closes it. An override is not among them."""
_LATIN = re.compile("[A-Za-z]")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in Persian and English."""

    fa: str
    en: str

    def as_dict(self) -> dict[str, str]:
        """{"fa": …, "en": …}."""
        return {"fa": self.fa, "en": self.en}

    def in_language(self, language: str) -> str:
        """The English sentence for "en…", the Persian one otherwise."""
        return self.en if language.startswith("en") else self.fa

    @classmethod
    def of(cls, raw: Mapping[str, str] | str) -> "Text":
        """From {"fa", "en"} or from one string that serves for both."""
        if isinstance(raw, str):
            return cls(fa=raw, en=raw)
        return cls(fa=raw["fa"], en=raw["en"])


NOTHING = Text(fa="", en="")
"""For what has no words."""


def latin_digits(raw: str) -> str:
    """Persian (۰-۹) and Arabic (٠-٩) digits as 0-9; everything else unchanged."""
    return raw.translate(_DIGITS)


def persian_digits(raw: object) -> str:
    """0-9 as ۰-۹; everything else unchanged."""
    return str(raw).translate(_PERSIAN)


def isolated(raw: object) -> str:
    """`raw` in Persian digits, between marks that keep it left to right; a code with Latin letters keeps its digits.

    Such a code is typed and read aloud as it stands: «PR-۲H۳S» is no number anybody was given. Without the marks the
    parts of a code in a Persian sentence stand in the reverse order: a letter before it turns its digits into Arabic
    numbers, and those a dash does not join.
    """
    text = str(raw)
    return f"\u2066{text if _LATIN.search(text) else persian_digits(text)}\u2069"


def has_controls(raw: str) -> bool:
    """Whether it has characters that neither XML nor a spreadsheet can hold, or that turn what stands around it.

    Ends of lines and tabs are fine, and so are marks of direction that are closed again in their line, as people paste
    them with a number. Overrides, which show letters in another order than they are in, never are.
    """
    return bool(_CONTROLS.search(raw)) or any(_turns(line) for line in raw.splitlines())


def _turns(line: str) -> bool:
    """Whether a mark of direction reaches beyond the line that holds it: what follows would be read backwards."""
    waiting: list[str] = []
    for mark in _DIRECTIONS.findall(line):
        if mark in _OPENS:
            waiting.append(_OPENS[mark])
        elif not waiting or waiting.pop() != mark:
            return True
    return bool(waiting)


def search_key(raw: str) -> str:
    """Folded form for comparing: letters and digits unified, marks dropped, spaces squeezed, lower case."""
    return " ".join(latin_digits(raw).translate(_LETTERS).casefold().split())
