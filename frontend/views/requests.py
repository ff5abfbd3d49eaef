"""Requests of the signed-in person: start one, see one, see all, give a draft up."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.cadastre.selectors import parcel_by_code
from apps.common.clock import now, today
from apps.common.errors import ConflictError, NotFoundError
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits import services
from apps.permits.selectors import my_requests as requests_of
from apps.permits.selectors import request_facts
from frontend.map_page import minimap_data

PER_PERSON = Limit("start-person", 20, 600)


@require_POST
def start_request(request: HttpRequest, code: str) -> HttpResponse:
    """A draft on this parcel. Who is not signed in signs in first and comes back to the same answer."""
    kind = request.POST.get("kind", "")
    if not isinstance(request.user, Person):
        back = f"{reverse('parcel', args=[code])}?{urlencode({'kind': kind})}#start"
        return _sign_in(back=back)
    spend(request, limit=PER_PERSON, key=str(request.user.pk))
    digest = request.POST.get("digest", "")
    try:
        made = services.start(person=request.user, parcel_code=code, kind=kind, extract_digest=digest)
    except ConflictError as error:
        return render(request, "frontend/refused.html", {"error": error, "code": code}, status=error.status)
    return redirect("request", tracking=made.case.tracking)


@require_safe
@never_cache
@login_required
def my_requests(request: HttpRequest) -> HttpResponse:
    """The person's requests, newest first."""
    return render(request, "frontend/my_requests.html", {"requests": requests_of(request.user)})


@require_safe
@never_cache
@login_required
def request_page(request: HttpRequest, tracking: str) -> HttpResponse:
    """One request with its parcel on a map, its history and what happens next."""
    facts = request_facts(tracking=tracking, person=request.user)
    try:
        parcel = parcel_by_code(facts.parcel_code, on=today(), known_at=now())
    except NotFoundError:  # split or merged since: the request stays, its outline is history
        parcel = None
    context = {"item": facts, "parcel": parcel, "page_data": minimap_data(parcel)}
    return render(request, "frontend/request.html", context)


@require_POST
def cancel_request(request: HttpRequest, tracking: str) -> HttpResponse:
    """Give a draft up: its land is free again. Who was signed out meanwhile comes back to the request's page."""
    if not isinstance(request.user, Person):
        return _sign_in(back=reverse("request", args=[tracking]))
    services.cancel(person=request.user, tracking=tracking)
    return redirect("request", tracking=tracking)


def _sign_in(*, back: str) -> HttpResponse:
    return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': back})}")
