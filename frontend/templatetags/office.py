"""Words of cases at the offices, for templates."""

from django import template

from apps.cases.models import CaseAsk
from apps.common.text import Text
from frontend import wording
from frontend.office_permit import OpenCheck

register = template.Library()


@register.filter
def ask_title(ask: CaseAsk) -> str:
    """What is asked, in the language of the page; an officer's own words as they were written."""
    return wording.say(Text(ask.title_fa, ask.title_en or ask.title_fa))


@register.filter
def sign_key(check: OpenCheck) -> str:
    """The place of the form that signs a reason for this check."""
    return f"sign-{check.code}"


@register.filter
def settle_key(ask: CaseAsk) -> str:
    """The place of the form that settles this."""
    return f"settle-{ask.pk}"
