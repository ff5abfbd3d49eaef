"""Asking to act for somebody, and the page on which the owner's own code makes the ask a mandate."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.common.errors import ParvanehError, TooManyCallsError, UnavailableError
from apps.common.limits import spend
from apps.parties import mandate_asks, mandates_asking
from apps.parties.mandate_telling import in_words, principal_name
from apps.parties.mandates_giving import person_here
from apps.parties.mobile import masked
from apps.parties.models import Organisation, Person
from frontend.mandate_forms import Written, choices, written
from frontend.views.mandates import WRONG, person_of


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """The form to ask; what is wrong is said on the page."""
    said = written(request)
    if request.method != "POST":
        return _form(request, said=said)
    person = person_of(request)
    spend(request, limit=mandates_asking.PER_ASKER, key=str(person.pk))
    try:
        principal = person_here(said.mobile)
        office = _office(person, said.office)
        made = mandates_asking.ask_for_mandate(
            by=person, principal=principal, offer=said.offer(principal), office=office
        )
    except WRONG as error:
        return _form(request, said=said, error=error)
    return redirect("mandate_ask", pk=made.pk)


@require_safe
@never_cache
@login_required
def ask_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be allowed, and where the owner's code is typed. Raises NotFoundError, ConflictError."""
    return _page(request, pk)


@require_POST
@login_required
def send_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A code to the owner's own mobile, with all that it would allow."""
    try:
        mandates_asking.send_code(request, person=person_of(request), ask=pk)
    except (*WRONG, TooManyCallsError, UnavailableError) as error:
        return _said(request, pk, error)
    return redirect("mandate_ask", pk=pk)


@require_POST
@login_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner's code makes it a mandate."""
    try:
        mandates_asking.accept(request, person=person_of(request), ask=pk, code=request.POST.get("code", "")[:20])
    except WRONG as error:
        return _said(request, pk, error)
    messages.success(request, _("Confirmed. The mandate stands from now on; the owner can take it back at any time."))
    return redirect("mandates")


@require_POST
@login_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """No: by the owner, or taken back by who asked."""
    mandates_asking.refuse(person=person_of(request), ask=pk)
    messages.success(request, _("The ask is closed. Nothing was allowed."))
    return redirect("mandates")


def _said(request: HttpRequest, pk: int, error: ParvanehError) -> HttpResponse:
    """The page with the error; the error alone when there is no open ask to show."""
    try:
        return _page(request, pk, error=error)
    except WRONG:
        raise error from None


def _page(request: HttpRequest, pk: int, error: ParvanehError | None = None) -> HttpResponse:
    person = person_of(request)
    found = mandate_asks.open_ask(person=person, ask=pk)
    context = {
        "ask": found,
        "words": in_words(found),
        "principal": principal_name(found),
        "own": found.principal_id == person.pk,
        "phone": masked(found.principal.mobile),
        "code_sent": mandates_asking.code_sent(request, ask=found),
        "error": error,
    }
    return render(request, "frontend/mandates_ask.html", context, status=error.status if error else 200)


def _office(person: Person, chosen: str) -> Organisation | None:
    """The office in whose name it is asked; none when it is asked for oneself."""
    if not chosen:
        return None
    return mandate_asks.office_of(person, int(chosen) if chosen.isdecimal() else 0)


def _form(request: HttpRequest, *, said: Written, error: ParvanehError | None = None) -> HttpResponse:
    offices: list[Any] = mandate_asks.offices_of(person_of(request))
    context = {"said": said, "error": error, "offices": offices, **choices()}
    return render(request, "frontend/mandates_ask_form.html", context, status=error.status if error else 200)
