"""The two clocks in templates: instants for people and for links, and questions that keep both."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from apps.common.clock import today
from apps.extracts.render import instant as written_instant
from apps.notices.models import Watch
from apps.notices.selectors import unread_count, watch_of_parcel
from frontend import wording
from frontend.asking import Ask

register = template.Library()


@register.filter
def moment(value: datetime | str | None) -> str:
    """An instant in the city's time: '۱ آذر ۱۴۰۵، ۱۴:۳۰', '22 November 2026 (1405/09/01), 14:30'."""
    if not value:
        return ""
    at = timezone.localtime(datetime.fromisoformat(value) if isinstance(value, str) else value)
    comma = "، " if wording.persian() else ", "
    return f"{wording.day(at)}{comma}{wording.digits(at.strftime('%H:%M'))}"


@register.filter
def moment_to_edit(value: datetime) -> str:
    """An instant as it may be typed: '۱۴۰۵/۰۹/۰۱ ۱۴:۳۰'; the end of a day as the day."""
    at = timezone.localtime(value)
    day = wording.day_to_edit(at.date())
    return day if at.time() == time.max else f"{day} {wording.digits(at.strftime('%H:%M'))}"


@register.simple_tag
def now_day() -> date:
    """The present legal day."""
    return today()


@register.filter
def instant(value: datetime | None) -> str:
    """An instant as links and programs write it: '2026-11-22T05:00:00Z'."""
    return written_instant(value) if value else ""


@register.simple_tag
def clocks(ask: Ask | str | None, first: str = "&") -> str:
    """'&on=…&known_at=…' of a question that names them, '' of one that asks about now. `first`: '&' or '?'."""
    if not isinstance(ask, Ask):
        return ""
    asked = ({"on": ask.on.isoformat()} if ask.dated else {}) | (
        {"known_at": written_instant(ask.known_at)} if ask.known_at else {}
    )
    return first + urlencode(asked) if asked else ""


@register.simple_tag(takes_context=True)
def unread_notices(context: Mapping[str, Any]) -> int:
    """How many notices wait for who looks at this page."""
    request = context.get("request")
    return 0 if request is None else unread_count(request.user)


@register.simple_tag(takes_context=True)
def watched(context: Mapping[str, Any], parcel: str) -> Watch | None:
    """This visitor's watch of a parcel."""
    request = context.get("request")
    return None if request is None else watch_of_parcel(request.user, parcel)


@register.filter
def here(path: str) -> str:
    """A path without language in the language of the page: the site's first language has no prefix."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
