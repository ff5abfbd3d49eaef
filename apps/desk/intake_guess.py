"""Which field feeds what: guessed by the names of fields and by what stands in them. The planner decides. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from apps.common.text import latin_digits, search_key

_ARABIC, _LATIN = re.compile(r"[\u0621-\u06ff]{2}"), re.compile(r"[A-Za-z]{2}")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "zone", "zonecode", "kod", "height_code", "heightcode", "landuse", "land_use", "class", "type",
             "کد", "پهنه", "کد پهنه", "کاربری", "کد ارتفاعی"),
    "label_fa": ("label_fa", "name_fa", "title_fa", "namefa", "fa", "name", "label", "title", "نام", "عنوان", "شرح"),
    "label_en": ("label_en", "name_en", "title_en", "nameen", "en", "english"),
}  # fmt: skip
_EXACT, _PART, _KNOWN, _SCRIPT = 4.0, 1.5, 6.0, 2.0
_FEW = 60


class Field(Protocol):
    """What a guess looks at; gis_layers.ingest.preview.FieldLook is one."""

    @property
    def name(self) -> str:
        """Its name in the file."""
        ...

    @property
    def samples(self) -> Sequence[str]:
        """Its first different values."""
        ...

    @property
    def distinct(self) -> Sequence[str]:
        """All its different values when they are few, else none."""
        ...


def guess(fields: Sequence[Field], *, known: Collection[str]) -> dict[str, str]:
    """{'code': FIELD, 'label_fa': FIELD, 'label_en': FIELD}, as far as found. `known`: codes of the theme."""
    codes = {search_key(code) for code in known}
    found: dict[str, str] = {}
    for target in _NAMES:
        free = [field for field in fields if field.name not in found.values()]
        best = max(free, key=lambda field: _score(target, field, codes), default=None)
        if best is not None and _score(target, best, codes) > 0:
            found[target] = best.name
    return found


def guess_theme(fields: Sequence[Field], known: Mapping[str, Collection[str]]) -> str:
    """The theme whose codes fill most of some field, by at least half of its values; '' when none does."""
    best, most = "", 0.5
    for theme, codes in known.items():
        folded = {search_key(code) for code in codes}
        for field in fields:
            values = [search_key(latin_digits(value)) for value in (field.distinct or field.samples)]
            hit = sum(value in folded for value in values) / len(values) if values else 0.0
            if hit > most:
                best, most = theme, hit
    return best


def _score(target: str, field: Field, codes: Collection[str]) -> float:
    said = _said(target, search_key(field.name))
    if target == "code":
        return said + _of_codes(field, codes)
    fits = _ARABIC if target == "label_fa" else _LATIN
    written = [bool(fits.search(sample)) for sample in field.samples]
    if not written or not any(written):
        return 0.0
    return said and said + _SCRIPT * sum(written) / len(written)


def _said(target: str, name: str) -> float:
    names = [search_key(one) for one in _NAMES[target]]
    if name in names:
        return _EXACT - names.index(name) * 0.1
    return _PART if any(len(one) > 2 and one in name for one in names) else 0.0  # noqa: PLR2004 - "en" is in too many


def _of_codes(field: Field, codes: Collection[str]) -> float:
    """How many of the field's values are codes that the theme's rulebooks know; a few values speak for a code too."""
    values = [search_key(latin_digits(value)) for value in (field.distinct or field.samples)]
    if not values:
        return -_EXACT
    return _KNOWN * sum(value in codes for value in values) / len(values) + (0.5 if field.distinct else 0.0)
