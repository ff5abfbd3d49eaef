"""Filters and tags that write values for people; the wording itself is frontend.wording."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import template
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django_vite.core.exceptions import DjangoViteAssetNotFoundError, DjangoViteManifestError
from django_vite.templatetags.django_vite import vite_asset

from apps.legal.transition import Choice
from apps.permits.choices import NAMES
from frontend import wording
from frontend.sharing import permanent_link as link_of
from frontend.site_data import site_data

register = template.Library()
register.filter("say", wording.say)
register.filter("digits", wording.digits)
register.filter("number", wording.number)
register.filter("quantity", wording.quantity)
register.filter("unit", wording.unit)
register.filter("ground", wording.ground)
register.filter("day", wording.day)
register.filter("day_to_edit", wording.day_to_edit)
register.filter("fact", wording.fact)
register.filter("subject_value", wording.subject_value)
register.filter("status_name", partial(wording.named, wording.STATUSES))
register.filter("event_name", partial(wording.named, wording.EVENTS))
register.filter("place_kind", partial(wording.named, wording.PLACES))


@register.filter
def code(raw: object) -> SafeString:
    """A code or number that always reads left to right, isolated from the text around it."""
    return format_html('<bdi class="code" dir="ltr">{}</bdi>', raw)


@register.filter
def first_zone(subject: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The zone of the governing candidate (else of the first one that has a zone): what the map lights."""
    ranked = sorted(subject["candidates"], key=lambda c: not c["won"])
    return next((c["zone"] for c in ranked if c.get("zone")), None)


@register.filter
def subject_unit(subject: Mapping[str, Any]) -> str:
    """The unit to write after the value; none after 'so many per m²'."""
    if subject["direction"] == "schedule" and any(isinstance(c["value"], str) for c in subject["candidates"]):
        return ""
    return wording.unit(subject["unit"], subject["value"])


@register.filter
def candidate_value(candidate: Mapping[str, Any], subject: Mapping[str, Any]) -> str:
    """A candidate's value with its unit, codes by name."""
    value = candidate["value"]
    if isinstance(value, list | str):
        return wording.written(value, subject.get("names", {}))
    return wording.quantity(value, subject["unit"])


@register.filter
def bound_value(subject: Mapping[str, Any]) -> str:
    """The strictest value that is known of a subject that is not."""
    if isinstance(subject["bound"], list | str):
        return wording.written(subject["bound"], subject.get("names", {}))
    return wording.quantity(subject["bound"], subject["unit"])


@register.simple_tag(takes_context=True)
def in_language(context: Mapping[str, Any], language: str) -> str:
    """This page's address in `language`."""
    return translate_url(context["request"].get_full_path(), language)


@register.simple_tag(takes_context=True)
def permanent_link(context: Mapping[str, Any]) -> str:
    """The absolute link to the extract of this page, as it was recorded when it was composed."""
    extract = context["extract"]
    code = extract["parcel"]["code"]
    return link_of(context["request"], code=code, ask=context["ask"], known_at=extract["known_at"])


@register.filter
def query_of(link: str) -> str:
    """What stands behind the question mark."""
    return link.partition("?")[2]


@register.simple_tag
def site_block() -> dict[str, Any]:
    """What the scripts beside the search box need."""
    return site_data()


@register.simple_tag
def direction() -> str:
    """'rtl' or 'ltr' of the page's language."""
    return "rtl" if (get_language() or "fa").startswith("fa") else "ltr"


@register.simple_tag
def assets(entry: str) -> SafeString:
    """The built script and styles of `entry`; nothing while they are not built: the page stays readable."""
    try:
        return mark_safe(str(vite_asset(f"frontend/ts/{entry}.ts")))  # noqa: S308 - tags made by django-vite
    except (DjangoViteAssetNotFoundError, DjangoViteManifestError):
        return SafeString("")


@register.filter
def unlocalized(value: float) -> str:
    """A number for machines: '51.674'."""
    return repr(value)


@register.filter
def joined(values: Sequence[float]) -> str:
    """Numbers for machines: '51.67,32.65,51.68,32.66'."""
    return ",".join(repr(v) for v in values)


@register.filter
def change_value(value: object, code_of_unit: str) -> str:
    """A subject's value in a table of changes: a quantity, a list of codes, or a schedule's span."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return f"{wording.span([row['value'] for row in value])} {wording.unit(code_of_unit)}"
    return wording.quantity(value, code_of_unit)


@register.filter
def choice_name(choice: Choice) -> str:
    """What the owner of a held request may choose, in words."""
    return wording.say(NAMES[choice])
