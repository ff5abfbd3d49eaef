"""Mobile numbers: many ways to write one, one way to keep it (+98…). Pure but for the city's numbering plan."""

import re
import unicodedata
from dataclasses import dataclass

from apps.common.city import current_city
from apps.common.errors import BadInputError
from apps.common.text import latin_digits, persian_digits

_PUNCTUATION = str.maketrans("", "", " -‐‑‒–—()./\t\u00a0")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class NumberingPlan:
    """Country code, the prefix dialled at home, and the shape of a national mobile number."""

    country: str
    trunk: str
    national: str
    example: str


def city_plan() -> NumberingPlan:
    """The plan of the city package (`[phone]` in city.toml). Raises KeyError when it has none."""
    raw = current_city().raw["phone"]
    return NumberingPlan(country=raw["country"], trunk=raw["trunk"], national=raw["national"], example=raw["example"])


def canonical_mobile(raw: str, *, plan: NumberingPlan) -> str:
    """'+989123456789' from '0912 345 6789', '۰۹۱۲…', '+98 (0)912…', '0098912…', '98912…' or '912…'.

    Only numbers of the plan's country: a code sent abroad is a way to make the city pay a stranger.
    Raises BadInputError showing an example.
    """
    if len(raw) > _LONGEST:
        raise _unreadable(plan)
    written = latin_digits(_without_marks(raw)).translate(_PUNCTUATION).replace("＋", "+")
    shape = rf"(?:(?:\+|00)?{plan.country})?(?:{plan.trunk})?({plan.national})"
    match = re.fullmatch(shape, written, flags=re.ASCII)
    if match is None:
        raise _unreadable(plan)
    return f"+{plan.country}{match.group(1)}"


def masked(mobile: str) -> str:
    """'+98912***6789': enough to recognise one's own number, too little to learn another's."""
    return f"{mobile[:-7]}***{mobile[-4:]}"


def _without_marks(raw: str) -> str:
    """Without the invisible direction marks that come along when a number is copied from a chat."""
    return "".join(letter for letter in raw if unicodedata.category(letter) != "Cf")


def _unreadable(plan: NumberingPlan) -> BadInputError:
    return BadInputError(
        fa=f"شمارهٔ همراه خوانا نیست. آن را مانند {persian_digits(plan.example)} بنویسید.",
        en=f"The mobile number cannot be read. Write it like {plan.example}.",
        example=plan.example,
    )
