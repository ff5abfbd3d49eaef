"""Acts, statuses and days of law in words, for the pages of the desk."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.common.clock import today
from apps.common.text import Text
from apps.desk.acts.selectors import waiting_for
from apps.legal.acts import ActKind, Status
from apps.legal.drafts_comparison import Shift
from apps.legal.selectors import law_snapshot
from apps.parties.models import Person, Role
from apps.parties.roles import has_role
from frontend.wording import day, named, say

register = template.Library()
KINDS: Mapping[str, str | Promise] = {
    ActKind.APPROVE: gettext_lazy("Approval"),
    ActKind.PROMULGATE: gettext_lazy("Promulgation"),
    ActKind.SUSPEND: gettext_lazy("Suspension"),
    ActKind.LIFT: gettext_lazy("Lifting of a suspension"),
    ActKind.ANNUL: gettext_lazy("Annulment"),
    ActKind.REPEAL: gettext_lazy("Repeal"),
    ActKind.REPLACE: gettext_lazy("Replacement"),
}
# In a message both languages stand side by side, whatever the language of the page.
KIND_WORDS = {
    ActKind.APPROVE: Text("تصویب", "approval"),
    ActKind.PROMULGATE: Text("ابلاغ", "promulgation"),
    ActKind.SUSPEND: Text("توقف", "suspension"),
    ActKind.LIFT: Text("رفع توقف", "lifting"),
    ActKind.ANNUL: Text("ابطال", "annulment"),
    ActKind.REPEAL: Text("لغو", "repeal"),
    ActKind.REPLACE: Text("جایگزینی", "replacement"),
}
STATUSES: Mapping[str, str | Promise] = {
    Status.DRAFT: gettext_lazy("Draft, no law"),
    Status.APPROVED: gettext_lazy("Approved, not promulgated"),
    Status.PROMULGATED: gettext_lazy("Promulgated, not yet effective"),
    Status.IN_FORCE: gettext_lazy("In force"),
    Status.SUSPENDED: gettext_lazy("Suspended"),
    Status.ANNULLED: gettext_lazy("Annulled"),
    Status.REPEALED: gettext_lazy("Repealed"),
    Status.REPLACED: gettext_lazy("Replaced"),
}
AUTHORITIES: Mapping[str, str | Promise] = {
    "administrative": gettext_lazy("An administrative body"),
    "court": gettext_lazy("A court"),
}
STATES: Mapping[str, str | Promise] = {
    "drafted": gettext_lazy("Waits for the second signature"),
    "signed": gettext_lazy("Signed"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
CHOICES: Mapping[str, str | Promise] = {
    "continue": gettext_lazy("Go on under the old rule"),
    "recompose": gettext_lazy("Take the new answer"),
    "withdraw": gettext_lazy("Withdraw"),
}
_NEXT = {Status.DRAFT: ActKind.APPROVE, Status.APPROVED: ActKind.PROMULGATE}
_ASIDE = frozenset({Status.SUSPENDED, Status.REPLACED})


@register.filter
def act_kind(kind: str) -> str:
    """'Suspension'."""
    return named(KINDS, kind)


@register.filter
def law_status(status: str) -> str:
    """'In force'."""
    return named(STATUSES, status)


@register.filter
def authority_name(authority: str) -> str:
    """'A court'."""
    return named(AUTHORITIES, authority)


@register.filter
def draft_state(state: str) -> str:
    """'Waits for the second signature'."""
    return named(STATES, state)


@register.filter
def choice_name(choice: str) -> str:
    """'Go on under the old rule'."""
    return named(CHOICES, choice)


@register.filter
def becomes(shift: Shift) -> str:
    """What a day's status turns into; what was aside and binds now 'governs again'."""
    if shift.becomes is Status.IN_FORCE and shift.was in _ASIDE:
        return _("governs again")
    return law_status(shift.becomes)


@register.simple_tag
def days(since: date | None, until: date | None) -> str:
    """'from 1 Farvardin 1405 until before 1 Mehr 1405'; the days are half-open, None = unbounded."""
    if since is None and until is None:
        return _("on every day")
    if until is None:
        return _("from %(since)s on") % {"since": day(since)}
    if since is None:
        return _("until before %(until)s") % {"until": day(until)}
    return _("from %(since)s until before %(until)s") % {"since": day(since), "until": day(until)}


@register.simple_tag(takes_context=True)
def acts_waiting(context: Mapping[str, Any]) -> int:
    """How many drafts wait for the signature of who looks at the page."""
    user = context["request"].user
    return len(waiting_for(user)) if isinstance(user, Person) else 0


@register.simple_tag(takes_context=True)
def next_act(context: Mapping[str, Any], statuses: Collection[str]) -> str:
    """The kind of act that comes next after these statuses, 'approve' or 'promulgate'; '' for who drafts no acts."""
    due = next((kind for status, kind in _NEXT.items() if status in statuses), None)
    user = context["request"].user
    return due.value if due and isinstance(user, Person) and has_role(user, Role.RULE_EDITOR) else ""


@register.simple_tag
def statuses_of(instrument: int) -> tuple[str, ...]:
    """Statuses that an instrument has somewhere today."""
    return tuple(sorted(status.value for status in law_snapshot(on=today()).statuses(instrument)))


@register.simple_tag
def person_name(person: Person) -> SafeString:
    """A person's name in the language of the page, isolated from the text around it."""
    return format_html("<bdi>{}</bdi>", say(Text(str(person), person.name_en or str(person))))
