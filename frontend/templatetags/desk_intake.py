"""Words of live intake for pages: states and steps of runs, reasons, kinds of shapes."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.desk import intake_listing, rulebook_listing
from apps.parties.models import Role
from apps.parties.roles import has_role
from frontend.wording import named, persian, quantity

register = template.Library()
STATES: Mapping[str, str | Promise] = {
    "mapping": _("To be mapped"),
    "queued": _("Waits for a worker"),
    "running": _("Running"),
    "cancelling": _("Being stopped"),
    "cancelled": _("Stopped"),
    "failed": _("Failed"),
    "done": _("Done"),
}
STEPS: Mapping[str, str | Promise] = {
    "opening": _("Opening the file"),
    "reading": _("Reading the rows"),
    "judging": _("Judging each shape and value"),
    "comparing": _("Comparing rows with one another"),
    "coverage": _("Finding out where the layer speaks"),
    "storing": _("Storing"),
    "gaps": _("Looking for gaps"),
    "report": _("Writing the report"),
}
REASONS: Mapping[str, str | Promise] = {
    "empty_geometry": _("No shape"),
    "unreadable_geometry": _("Shape cannot be read"),
    "coordinates_not_finite": _("A coordinate is no number"),
    "curved_geometry": _("Shape with arcs"),
    "not_a_polygon": _("No polygon"),
    "invalid_geometry": _("Shape not valid"),
    "out_of_the_city": _("Outside the city"),
    "no_code": _("No code"),
    "value_too_long": _("Value too long"),
    "overlaps_another_row": _("Overlaps another row"),
    "declared_without_place": _("Declared to have no place"),
}
MENDED: Mapping[str, str | Promise] = {
    "z": _("Heights were dropped"),
    "repeated_points": _("Repeated points were dropped"),
    "self_touching": _("Rings that touch themselves were written the valid way"),
}


@register.inclusion_tag("frontend/desk/home_intake.html", takes_context=True)
def intake_in_work(context: Mapping[str, Any]) -> dict[str, Any]:
    """The block of the desk's first page: the person's runs and tables that are not done."""
    person = context["request"].user
    return {
        "runs": intake_listing.in_work(person)[:8],
        "tables": rulebook_listing.visible(person).filter(loaded_at=None)[:8],
        "may_bring": has_role(person, Role.RULE_EDITOR),
    }


@register.simple_tag
def either(fa: str, en: str) -> str:
    """The text in the language of the page."""
    return fa if persian() else en


@register.filter
def run_state(code: str) -> str:
    """Where a run stands, in words."""
    return named(STATES, code)


@register.filter
def run_step(code: str) -> str:
    """What a run is doing, in words; '' before it does anything."""
    return named(STEPS, code) if code else ""


@register.filter
def reason_name(code: str) -> str:
    """Why a row was kept out, in a few words."""
    return named(REASONS, code)


@register.filter
def mended_name(code: str) -> str:
    """What was mended in rows, in words."""
    return named(MENDED, code)


@register.filter
def percent(share: float) -> str:
    """0.4567 → '45%'."""
    return quantity(int(share * 100), "%")


@register.filter
def megabytes(size: int) -> float:
    """Bytes → MB with one decimal, at least 0.1."""
    return max(0.1, round(size / 1024 / 1024, 1))


@register.filter
def field_of(mapping: Mapping[str, str], name: str) -> str:
    """What a mapping says under a name; '' for nothing."""
    return mapping.get(name, "")
