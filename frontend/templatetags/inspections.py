"""Days and times of visits for templates."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.permits.inspection_slots import Slot
from apps.permits.models_inspection import InspectionVisit
from frontend import wording

register = template.Library()


@register.filter
def weekday_and_day(value: date) -> str:
    """'Tuesday, 1 December 2026 (1405/09/10)'."""
    return f"{weekday(value)}{_(', ')}{wording.day(value)}"


@register.filter
def slot_times(slot: Slot | InspectionVisit) -> SafeString:
    """'08:00–09:00', left to right in any sentence."""
    span = slot if isinstance(slot, Slot) else Slot(slot.day, slot.starts, slot.minutes)
    times = wording.digits(f"{span.starts:%H:%M}–{span.ends:%H:%M}")
    return format_html('<bdi class="code" dir="ltr">{}</bdi>', times)


@register.filter
def visit_when(visit: InspectionVisit) -> SafeString:
    """Weekday, day and times of a visit."""
    return format_html("{} {}", weekday_and_day(visit.day), slot_times(visit))


def weekday(day: date) -> str:
    """The name of the weekday in the language of the page."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]
