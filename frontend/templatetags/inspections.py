"""Days and times of visits for templates."""

from datetime import date

from django import template
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
def slot_times(slot: Slot | InspectionVisit) -> str:
    """'08:00 to 09:00'."""
    span = slot if isinstance(slot, Slot) else Slot(slot.day, slot.starts, slot.minutes)
    begins, ends = (wording.digits(f"{at:%H:%M}") for at in (span.starts, span.ends))
    return _("%(low)s to %(high)s") % {"low": begins, "high": ends}


@register.filter
def visit_when(visit: InspectionVisit) -> str:
    """'Tuesday, 1 December 2026 (1405/09/10), 08:00 to 09:00'."""
    return f"{weekday_and_day(visit.day)}{_(', ')}{slot_times(visit)}"


def weekday(day: date) -> str:
    """The name of the weekday in the language of the page."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]
