"""Words of cases for templates: what a case is, how much time is left, who asked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import template
from django.utils.translation import gettext as _

from apps.cases.document_list import CaseDocuments, DocumentFacts
from apps.cases.hold_facts import HoldFacts
from apps.cases.hold_rules import Level
from apps.cases.models import CaseAsk
from apps.common.text import Text
from apps.parties.models import Person, Role
from apps.parties.roles import ROLE_NAMES
from frontend import wording
from frontend.case_page_checklist import Item
from frontend.case_page_permit import PermitPanel
from frontend.case_page_reader import Look, name_of
from frontend.case_page_standing import Until
from frontend.case_page_steps import Offered
from frontend.my_cases import CaseLine, service_name, waiting_for

register = template.Library()
_CITY = Text("شهرداری", "the city")


@register.filter
def service_of(look: Look, permit: PermitPanel | None) -> str:
    """What the case is: 'Building permit: Extension'."""
    return wording.say(service_name(look.case, permit.item.kind.code if permit and permit.item else ""))


@register.filter
def sent_for(document: DocumentFacts, ask: CaseAsk) -> bool:
    """Whether its newest version came after the ask, and after the last answer to it that was not accepted."""
    return bool(document.versions) and document.versions[0].at >= (ask.settled_at or ask.asked_at)


@register.filter
def person_name(person: Person) -> str:
    """A person's name in the language of the page."""
    return wording.say(name_of(person))


@register.filter
def working_days_left(days: int) -> str:
    """'3 working days left'."""
    if days == 1:
        return _("one working day left")
    return _("%(days)s working days left") % {"days": wording.digits(days)}


@register.filter
def days_kept(days: int, working: bool) -> str:
    """How much of a term that stands still is kept for later."""
    words = _("%(days)s working days are kept") if working else _("%(days)s days are kept")
    return words % {"days": wording.digits(days)}


@register.filter
def term_words(until: Until) -> str:
    """'The term is 10 working days. The day of arrival does not count.'"""
    words = (
        _("The term is %(amount)s working days; the day of arrival does not count.")
        if until.working
        else _("The term is %(amount)s days; the day of arrival does not count.")
    )
    return words % {"amount": wording.digits(until.amount)}


@register.filter
def times_looked(count: int) -> str:
    """'looked 3 times'."""
    return _("looked once") if count == 1 else _("looked %(count)s times") % {"count": wording.digits(count)}


@register.filter
def asked_by(ask: CaseAsk) -> str:
    """The role of who asked; the system's own asks are the city's."""
    known = ask.asked_as in Role.values
    return wording.say(ROLE_NAMES[Role(ask.asked_as)] if known else _CITY)


@register.filter
def dispute_key(ask: CaseAsk) -> str:
    """The place of the form that disputes this."""
    return f"dispute-{ask.pk}"


@register.filter
def dispute_wanted_key(item: Item) -> str:
    """The place of the form that disputes a document of the type."""
    return f"dispute-{item.code}"


@register.filter
def step_key(step: Offered) -> str:
    """The place of a step's form."""
    return f"step-{step.verb}"


@register.filter
def stops(holds: Iterable[HoldFacts]) -> bool:
    """Whether one of these holds stops every step."""
    return any(hold.level is Level.STOP for hold in holds)


@register.filter
def without_missing(documents: CaseDocuments) -> CaseDocuments:
    """The documents that are there: what is missing stands in the checklist, with the same form."""
    return replace(documents, missing=())


@register.simple_tag(takes_context=True)
def waiting_cases(context: Mapping[str, Any]) -> list[CaseLine]:
    """The most urgent cases in which it is the reader's side's turn; none for strangers."""
    person = getattr(context.get("request"), "user", None)
    return waiting_for(person) if isinstance(person, Person) else []
