"""How values are written for people: digits, numbers, units and days in the language of the page."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import MONTHS_EN, day_en, jalali, jalali_fa
from apps.common.city import current_city
from apps.common.text import Text, persian_digits
from apps.legal.tables.expressions import spelled
from apps.permits.selectors import permit_kinds

_LEFT = "\u2066"
_CODES = re.compile("(\u2066[^\u2069]*\u2069)")
_PER_AREA = re.compile(r"^(\d+)/(\d+) m²$")
UNITS = {
    "storey": _("storeys"),
    "m": _("m"),
    "m²": _("m²"),
    "m² built": _("m²"),
    "ft": _("ft"),
    "ft²": _("ft²"),
    "ac": _("ac"),
    "%": _("%"),
    "stall/unit": _("stalls per flat"),
}
_ONE = {"storey": _("storey")}
_PLACES = {"ac": 4}  # decimals where two would say too little: 0.01 ac is 40 m²
STATUSES = {
    "draft": _("Draft"),
    "submitted": _("Submitted"),
    "cancelled": _("Given up"),
    "closed": _("Closed"),
    "approved_not_promulgated": _("Approved, not promulgated"),
    "promulgated_not_yet_effective": _("Promulgated, not yet effective"),
    "suspended": _("Suspended"),
}
EVENTS = {
    "open": _("File opened"),
    "opened": _("File opened"),
    "start": _("Draft started"),
    "cancel": _("Draft given up"),
    "frozen": _("Answer kept"),
    "proposal": _("Proposal written"),
    "submit": _("Sent in"),
    "withdraw": _("Withdrawn"),
    "held": _("Held"),
    "warned": _("Warning"),
    "released": _("Released"),
    "choose_continue": _("Chosen: go on under the kept answer"),
    "choose_recompose": _("Chosen: be judged by the law of now"),
    "choose_withdraw": _("Chosen: withdraw"),
}
PLACES = {
    "parcel": _("parcel"),
    "junction": _("junction"),
    "neighbourhood": _("neighbourhood"),
    "locality": _("locality"),
    "monument": _("monument"),
    "street": _("street"),
    "coordinates": _("coordinates"),
    "district": _("district"),
}


def named(names: Mapping[str, object], code: str) -> str:
    """The name of `code` in the language of the page; the code itself when it has none."""
    return str(names.get(code, code))


def persian() -> bool:
    """Whether the page is in Persian."""
    return (get_language() or "fa").startswith("fa")


def say(text: Text | Mapping[str, str] | str | None) -> str:
    """The sentence in the language of the page; '' for nothing."""
    if not text:
        return ""
    return Text.of(text.as_dict() if isinstance(text, Text) else text).in_language(get_language() or "fa")


def digits(raw: object) -> str:
    """0-9 in the digits of the page's language; a code between left-to-right marks stays as it was given."""
    if not persian():
        return str(raw)
    return "".join(part if part.startswith(_LEFT) else persian_digits(part) for part in _CODES.split(str(raw)))


def number(value: object, places: int = 2) -> str:
    """1234.50 as '۱٬۲۳۴٫۵' or '1,234.5'; what is no number is written as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return digits(value)
    plain = f"{value:,.{places}f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    if not persian():
        return plain
    return persian_digits(plain.replace(",", "٬").replace(".", "٫"))


def unit(code: str, value: object = None) -> str:
    """The unit's name in the language of the page, in the singular beside 1."""
    names = _ONE if value == 1 and code in _ONE else UNITS
    return str(names.get(code, code))


def kind_names() -> dict[str, str]:
    """Permit kinds by code, in the language of the page."""
    return {kind.code: say(kind.label) for kind in permit_kinds()}


def quantity(value: object, code: str = "") -> str:
    """A number with its unit: '۱۵٫۵ متر', '60%'."""
    if isinstance(value, list | tuple):
        return "، ".join(str(v) for v in value) if persian() else ", ".join(str(v) for v in value)
    name = unit(code, value)
    gap = "" if code == "%" or not name else " "
    return f"{number(value, _PLACES.get(code, 2))}{gap}{name}"


def ground(square_metres: float) -> str:
    """A piece of ground in the measure of the city's law: '۳٫۵ متر مربع', '38.1 ft²'."""
    return quantity(*current_city().law.units.ground_of(square_metres))


def formula(value: str) -> str:
    """A formula of the proposal in words: '4*total_units' as '4 × units in all'."""
    return digits(spelled(value, {asked.name: say(asked.label).lower() for asked in current_city().law.inputs}))


def day(value: date | datetime | str | None) -> str:
    """A legal day in the city's calendar; in English the Gregorian day first, the Jalali one in brackets."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    jalali_city = current_city().calendar == "jalali"
    if persian() and jalali_city:
        return jalali_fa(value)
    return day_en(value) if jalali_city else digits(f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}")


def day_to_edit(value: date) -> str:
    """A day as it may be typed: '۱۴۰۵/۰۹/۰۱' where the city counts in Jalali years, else '2026-11-22'."""
    return digits(jalali(value) if current_city().calendar == "jalali" else value.isoformat())


def fact(value: object, code: str = "") -> str:
    """A fact's value in words; None is the caller's 'not known'."""
    if isinstance(value, bool):
        return str(_("yes")) if value else str(_("no"))
    if isinstance(value, str) and value in kind_names():
        return kind_names()[value]
    return quantity(value, code)


def subject_value(subject: Mapping[str, Any]) -> str:
    """The governing value of a subject without its unit: a number, a list of names, '' when there is none."""
    if subject["direction"] == "schedule":
        return span([c["value"] for c in subject["candidates"] if c["won"]])
    value = subject["value"]
    return "" if value is None else written(value, subject.get("names", {}))


def written(value: object, names: Mapping[str, str]) -> str:
    """A value without unit; codes in a list are written by their names."""
    if isinstance(value, list | tuple):
        return (", " if not persian() else "، ").join(names.get(str(v), str(v)) for v in value)
    if isinstance(value, str):
        return names.get(value) or per_area(value)
    return number(value)


def per_area(value: str) -> str:
    """'1/50 m²' as '۱ برای هر ۵۰ متر مربع'; anything else as it is."""
    match = _PER_AREA.match(value)
    if not match:
        return formula(value)
    return str(_("%(count)s per %(area)s m²") % {"count": digits(match[1]), "area": digits(match[2])})


def span(values: Sequence[Any]) -> str:
    """'۱ تا ۳' of the numbers in `values`; what is no number is written beside them."""
    known = sorted({v for v in values if isinstance(v, int | float) and not isinstance(v, bool)})
    others = [per_area(v) for v in dict.fromkeys(values) if isinstance(v, str)]
    if len(known) > 1:
        joint = _("%(low)s to %(high)s") % {"low": number(known[0]), "high": number(known[-1])}
        return _list([str(joint), *others])
    return _list([*map(number, known), *others])


def _list(parts: Sequence[str]) -> str:
    return ("؛ " if persian() else "; ").join(parts)
