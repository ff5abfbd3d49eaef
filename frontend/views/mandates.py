"""My mandates: what I gave and what I hold, with one tap to end each; and giving one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError, ParvanehError
from apps.common.limits import spend
from apps.parties import mandate_asks, mandates_ending
from apps.parties.mandate_facts import given_facts, held_facts
from apps.parties.mandate_log import log_of
from apps.parties.mandate_telling import in_words
from apps.parties.mandates_giving import PER_GIVER, agent_of, give_mandate
from apps.parties.models import Person
from frontend.mandate_forms import choices, written

WRONG = (BadInputError, ConflictError, ForbiddenError, NotFoundError)
_LOG = 50


@require_safe
@never_cache
@login_required
def mandate_list(request: HttpRequest) -> HttpResponse:
    """All mandates of both sides, what waits for an answer, and the list of every start and end."""
    return mandates_page(request)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def give(request: HttpRequest) -> HttpResponse:
    """The form to give one; what is wrong is said on the page, and nothing that was written is lost."""
    said = written(request)
    if request.method != "POST":
        return _form(request, said=said)
    person = person_of(request)
    spend(request, limit=PER_GIVER, key=str(person.pk))
    try:
        agent = agent_of(mobile=said.mobile, national_id=said.office)
        give_mandate(principal=person, agent=agent, offer=said.offer(person))
    except WRONG as error:
        return _form(request, said=said, error=error)
    messages.success(request, _("The mandate stands from now on. You can take it back at any time with one tap."))
    return redirect("mandates")


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back, at once. Raises NotFoundError for another person's."""
    mandates_ending.revoke(person=person_of(request), mandate=pk)
    messages.success(request, _("The mandate has ended. From this moment nothing can be done by it."))
    return redirect("mandates")


@require_POST
@login_required
def renounce(request: HttpRequest, pk: int) -> HttpResponse:
    """Step back from one that I hold; who may not is told so on the page."""
    try:
        mandates_ending.renounce(person=person_of(request), mandate=pk)
    except ForbiddenError as error:
        return mandates_page(request, error=error)
    messages.success(request, _("You stepped back. The owner is told."))
    return redirect("mandates")


@require_POST
@login_required
def reclaim(request: HttpRequest) -> HttpResponse:
    """Take a land or a case back into one's own hands: every mandate on it ends at once."""
    land, case = request.POST.get("land", "")[:60], request.POST.get("case", "")[:20]
    mandates_ending.reclaim(person=person_of(request), land_code=land, tracking=case)
    messages.success(request, _("Everything is in your own hands again: all mandates on it have ended."))
    return redirect("mandates")


def mandates_page(request: HttpRequest, error: ParvanehError | None = None) -> HttpResponse:
    """The list, with an error on top when there is one."""
    person = person_of(request)
    given, held = given_facts(person), held_facts(person)
    context = {
        "given": given,
        "held": held,
        "reclaimable": _shared(given),
        "asked_of_me": [(ask, in_words(ask)) for ask in mandate_asks.asked_of(person)],
        "asked_by_me": [(ask, in_words(ask)) for ask in mandate_asks.asked_by(person)],
        "log": log_of(given, held)[:_LOG],
        "error": error,
    }
    return render(request, "frontend/mandates.html", context, status=error.status if error else 200)


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; `login_required` has seen to it."""
    person: Any = request.user
    return person  # type: ignore[no-any-return]


def _shared(given: list[Any]) -> list[Any]:
    """Of each subject on which several mandates stand, one: that is what can be taken back in one go."""
    seen: dict[tuple[str, str], list[Any]] = {}
    for facts in given:
        if facts.open:
            seen.setdefault((facts.land_code, facts.tracking), []).append(facts)
    return [several[0] for several in seen.values() if len(several) > 1]


def _form(request: HttpRequest, *, said: Any, error: ParvanehError | None = None) -> HttpResponse:
    context = {"said": said, "error": error, **choices()}
    return render(request, "frontend/mandates_give.html", context, status=error.status if error else 200)
