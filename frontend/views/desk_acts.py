"""Acts at the desk: what waits for whom, the history, one recorded act."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.common.calendar import parse_day
from apps.common.errors import BadInputError
from apps.desk.acts import selectors
from apps.desk.acts.selectors import ActFilter
from apps.legal.drafts_documents import document_at
from apps.legal.models import Instrument
from apps.parties.models import Person, Role
from apps.parties.roles import has_role
from frontend.desk_access import desk_page
from frontend.templatetags.desk_acts import AUTHORITIES, KINDS


@desk_page
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """What waits for this person's signature, their drafts, and the history of acts."""
    person = person_of(request)
    wanted, said = _filter(request)
    context = {
        "waiting": selectors.waiting_for(person),
        "mine": selectors.drafts_of(person),
        "page": selectors.history(wanted, page=_number(request.GET.get("page"))),
        "wanted": wanted,
        "said": said,
        "kinds": KINDS,
        "authorities": AUTHORITIES,
        "instruments": Instrument.objects.filter(acts__isnull=False).distinct().order_by("code"),
        "may_draft": has_role(person, Role.RULE_EDITOR),
    }
    return render(request, "frontend/desk/acts.html", context, status=200 if said is None else 400)


@desk_page
@require_safe
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One recorded act with its document."""
    found = selectors.act_by_id(pk)
    context = {"act": found, "document": document_at(found.document), "siblings": selectors.siblings(found)}
    return render(request, "frontend/desk/acts_recorded.html", context)


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; `desk_page` let nobody else in."""
    if not isinstance(request.user, Person):
        raise TypeError("a page of the desk without its door")
    return request.user


def _filter(request: HttpRequest) -> tuple[ActFilter, str | None]:
    """What of the history is wanted, and what could not be read of it."""
    given = request.GET
    days: dict[str, date | None] = {"since": None, "until": None}
    said = None
    for name in days:
        try:
            days[name] = parse_day(given[name]) if given.get(name) else None
        except BadInputError as error:
            said = error.message.in_language(get_language() or "")
    wanted = ActFilter(
        kind=given.get("kind", ""),
        instrument=given.get("instrument", ""),
        authority=given.get("authority", ""),
        **days,
    )
    return wanted, said


def _number(raw: str | None) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 8 else 1  # noqa: PLR2004 - no such page
