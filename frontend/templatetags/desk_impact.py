"""Impact reports in words, and the newest one on a draft."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from apps.common.text import Text
from apps.impact import access, selectors, services
from apps.impact.models import ImpactReport
from apps.impact.transitions import course_of_gone
from apps.impact.words import COURSES, name_of, names, told
from apps.legal.drafts_models import ActDraft
from apps.parties.models import Person
from frontend.desk_impact_page import table_of
from frontend.templatetags.desk_acts import KINDS
from frontend.wording import STATUSES, named, say
from gis_layers.models import Edition

register = template.Library()
STATES: Mapping[str, str | Promise] = {
    "queued": gettext_lazy("Waits for its turn"),
    "waiting": gettext_lazy("Waits until the layer is laid over all parcels"),
    "running": gettext_lazy("Being computed"),
    "cancelling": gettext_lazy("Being stopped"),
    "done": gettext_lazy("Computed"),
    "failed": gettext_lazy("Could not be computed"),
    "cancelled": gettext_lazy("Stopped"),
}


@register.filter
def report_state(state: str) -> str:
    """Where a report stands."""
    return named(STATES, state)


@register.filter
def report_label(report: ImpactReport) -> str:
    """What a report is about."""
    return say({"fa": report.label_fa, "en": report.label_en})


@register.filter
def course_name(course: str) -> str:
    """How a value moves."""
    return say(COURSES[course])


@register.simple_tag(takes_context=True)
def impact_of(context: Mapping[str, Any]) -> dict[str, Any]:
    """The newest report on the `draft` (an act's draft) or `edition` in the context, if this person may see it."""
    person = getattr(context.get("request"), "user", None)
    if not isinstance(person, Person):
        return {}
    draft: ActDraft | None = context.get("draft")
    edition: Edition | None = context.get("edition")
    if draft is not None:
        subject, instruments = services.subject_of(draft), [target.instrument for target in draft.targets.all()]
    elif edition is not None:
        subject, instruments = f"instruments:{edition.instrument.code}", [edition.instrument]
    else:
        return {}
    found = selectors.newest(subject)
    shown: dict[str, Any] = {"may_ask": access.may_ask(person, access.themes_of(instruments))}
    if found is None or not access.visible(person).filter(pk=found.pk).exists():
        return shown
    stale = selectors.is_stale(found) or (draft is not None and not services.answers_for(found, draft))
    tables = [table_of(found, kind) for kind in found.kinds] if found.state == "done" else []
    return {**shown, "report": found, "stale": stale, "tables": tables}


@register.filter
def told_differences(difference: Mapping[str, Any]) -> list[tuple[Text, Text | None, Text]]:
    """(what, what was, what would be) of one change; duties without what was."""
    known = names()
    told_pairs: list[tuple[Text, Text | None, Text]] = [
        (name_of(what, name, known), told(what, name, was), told(what, name, would_be))
        for what in ("theme", "subject")
        for name, (was, would_be) in difference[f"{what}s"].items()
    ]
    for side, course in (("gone", course_of_gone(difference)), ("new", "new")):
        told_pairs += [(name_of("duty", f"{k}:{c}", known), None, COURSES[course]) for k, c in difference[side]]
    return told_pairs


@register.filter
def request_status(status: str) -> str:
    """Where a request stands."""
    return named(STATUSES, status)


@register.filter
def assumed_kind(kind: str) -> str:
    """What an assumed act is."""
    return named(KINDS, kind)
