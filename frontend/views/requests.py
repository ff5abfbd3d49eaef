"""Requests: start one, see one, see all, send one in, choose about a held one, give one up."""

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
from apps.permits.choosing import choose
from apps.permits.selectors import my_requests as requests_of
from frontend.map_page import minimap_data
from frontend.request_page import page_of

_LONG_NUMBER = 19
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
    """One request: what holds it and what to choose, its parcel on a map, its history, what happens next."""
    return _page(request, tracking)


@require_POST
def submit_request(request: HttpRequest, tracking: str) -> HttpResponse:
    """Send a draft in. What stands against it is said on the page itself."""
    if not isinstance(request.user, Person):
        return _sign_in(back=reverse("request", args=[tracking]))
    try:
        services.submit(person=request.user, tracking=tracking, accepted=request.POST.get("accepted", ""))
    except ConflictError as error:
        return _page(request, tracking, refused=error)
    return redirect("request", tracking=tracking)


@require_POST
def choose_request(request: HttpRequest, tracking: str) -> HttpResponse:
    """The owner's choice about a held request. What stands against it is said on the page itself."""
    if not isinstance(request.user, Person):
        return _sign_in(back=reverse("request", args=[tracking]))
    seen = request.POST.get("seen", "")
    try:
        choose(
            person=request.user,
            tracking=tracking,
            choice=request.POST.get("choice", ""),
            seen=int(seen) if seen.isdecimal() and len(seen) < _LONG_NUMBER else -1,
        )
    except ConflictError as error:
        return _page(request, tracking, refused=error)
    return redirect("request", tracking=tracking)


@require_POST
def cancel_request(request: HttpRequest, tracking: str) -> HttpResponse:
    """Give a request up: its land is free again. Who was signed out meanwhile comes back to the request's page."""
    if not isinstance(request.user, Person):
        return _sign_in(back=reverse("request", args=[tracking]))
    services.cancel(person=request.user, tracking=tracking)
    return redirect("request", tracking=tracking)


def _page(request: HttpRequest, tracking: str, *, refused: ConflictError | None = None) -> HttpResponse:
    context = page_of(tracking=tracking, person=request.user)
    try:
        parcel = parcel_by_code(context["item"].parcel_code, on=today(), known_at=now())
    except NotFoundError:  # split or merged since: the request stays, its outline is history
        parcel = None
    context |= {"parcel": parcel, "page_data": minimap_data(parcel), "refused": refused}
    return render(request, "frontend/request.html", context, status=refused.status if refused else 200)


def _sign_in(*, back: str) -> HttpResponse:
    return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': back})}")
