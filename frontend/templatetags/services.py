"""Words of the catalogue of services: channels, whose turn, terms."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone

from apps.cases.types.definition import State, Term, Turn
from apps.common.text import Text, persian_digits
from apps.parties.models import Role
from apps.parties.roles import ROLE_NAMES

register = template.Library()
CHANNELS: Mapping[str, Text] = {
    "portal": Text("همین سایت", "this site"),
    "call_137": Text("تلفن ۱۳۷", "telephone 137"),
    "counter": Text("دفتر پیشخوان", "counter office"),
    "api": Text("برنامه‌های دیگر", "other programs"),
}
_TURNS = {
    Turn.OWNER: Text("شما", "you"),
    Turn.SYSTEM: Text("سامانه", "the system"),
    Turn.NOBODY: Text("هیچ‌کس؛ پرونده بسته است", "nobody: the case is closed"),
}
_UNITS = {
    "working_days": (Text("روز کاری", "working days"), "working day"),
    "days": (Text("روز", "days"), "day"),
}


@register.filter
def channel_name(code: str) -> Text:
    """How one may ask."""
    return CHANNELS.get(code, Text.of(code))


@register.filter
def turn_name(state: State) -> Text:
    """Whose turn a state is, as its owner reads it."""
    if state.turn is Turn.OFFICE:
        return ROLE_NAMES[Role(state.role)]
    return _TURNS[state.turn]


@register.filter
def term_words(term: Term) -> Text:
    """'۲ روز کاری', '1 working day'."""
    unit, one = _UNITS[term.unit]
    return Text(f"{persian_digits(term.amount)} {unit.fa}", f"{term.amount} {one if term.amount == 1 else unit.en}")


@register.filter
def is_sample(term: Term) -> bool:
    """Whether the term is ours and no law's."""
    return "SAMPLE" in term.source


@register.filter
def last_day_of(instant: datetime) -> date:
    """The last day on which a deadline is still kept: it passes at the end of that day."""
    return timezone.localdate(instant - timedelta(microseconds=1))
