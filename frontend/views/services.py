"""The catalogue of services, the guide of each, and starting one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from apps.cases.models import Case
from apps.cases.opening import open_service
from apps.cases.opening_checks import check_offered
from apps.cases.types.outline import outline
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError, ParvanehError
from apps.common.limits import Limit, spend
from apps.parties.models import Person, Role
from apps.parties.roles import has_role
from apps.permits.catalogue import Entry, catalogue, entry
from frontend.service_place import map_of_places, places, principal_of, principals, where_of

PER_PERSON = Limit("start-person", 20, 600)
WRONG = (BadInputError, ConflictError, ForbiddenError, NotFoundError)
_KEPT = ("parcel", "lon", "lat", "principal")


@require_safe
def catalogue_page(request: HttpRequest) -> HttpResponse:
    """All services under their headings; `?q=` searches, `?parcel=` shows those that are about land."""
    q, parcel = request.GET.get("q", "").strip()[:200], request.GET.get("parcel", "").strip()[:80]
    groups = catalogue(q, of_land=bool(parcel))
    context = {"groups": groups, "q": q, "parcel": parcel, "count": sum(len(g.entries) for g in groups)}
    return render(request, "frontend/services.html", context)


@require_safe
def guide(request: HttpRequest, service: str) -> HttpResponse:
    """What one service is, who may ask for it, what it asks, and the way through it. Raises NotFoundError."""
    found = entry(service)
    context = {
        "entry": found,
        "way": outline(found.type),
        "parcel": request.GET.get("parcel", "").strip()[:80],
        "may_call": "call_137" in found.type.channels and has_role(request.user, Role.OPERATOR_137),
    }
    return render(request, "frontend/services_guide.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@ensure_csrf_cookie
def start(request: HttpRequest, service: str) -> HttpResponse:
    """Where it is, and in whose name; then a draft. What is wrong is said here, and what was chosen is kept."""
    found = entry(service)
    if not found.by_data:
        return redirect("service", service=service)
    if request.method != "POST":
        return _page(request, found)
    if not isinstance(request.user, Person):
        return _sign_in(request, service)
    spend(request, limit=PER_PERSON, key=str(request.user.pk))
    try:
        case = _open(request.user, service, request)
    except WRONG as error:
        return _page(request, found, error=error)
    return redirect("case_answers" if found.type.fields else "request", tracking=case.tracking)


def _open(person: Person, service: str, request: HttpRequest) -> Case:
    applicant = principal_of(person, request.POST.get("principal", ""))
    where = where_of(request.POST.dict())
    return open_service(person=person, code=service, where=where, applicant=applicant)


def _page(request: HttpRequest, found: Entry, *, error: ParvanehError | None = None) -> HttpResponse:
    said = (request.POST if request.method == "POST" else request.GET).dict()
    context = {
        "entry": found,
        "said": {name: said.get(name, "")[:80] for name in _KEPT},
        "near": request.GET.get("near", "").strip()[:200],
        "hits": [] if found.of_land else places(request.GET.get("near", "")),
        "principals": principals(request.user) if found.of_land else [],
        "page_data": None if found.of_land or found.type.place == "none" else map_of_places(),
        "error": error or _not_online(found),
        "offered": _not_online(found) is None,
    }
    return render(request, "frontend/services_start.html", context, status=error.status if error else 200)


def _not_online(found: Entry) -> ParvanehError | None:
    try:
        check_offered(found.type, channel="portal")
    except ConflictError as error:
        return error
    return None


def _sign_in(request: HttpRequest, service: str) -> HttpResponse:
    """Whoever is not signed in signs in first and comes back to what they chose."""
    chosen: dict[str, Any] = {name: request.POST[name] for name in _KEPT if request.POST.get(name)}
    back = f"{reverse('service_start', args=[service])}?{urlencode(chosen)}"
    return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': back})}")
