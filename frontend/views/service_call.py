"""Centre 137: an operator files for whoever is on the phone, and reads number and code aloud."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.cases.calls import Caller, file_call, filed_by
from apps.cases.opening_checks import check_operator
from apps.cases.types.registry import definition_of
from apps.common.errors import BadInputError, ConflictError, NotFoundError, ParvanehError
from apps.common.limits import Limit, spend
from apps.common.text import Text
from apps.parties.models import Person
from apps.parties.second_factor import with_second_factor
from apps.permits.catalogue import Entry, entry
from frontend.desk_access import person_of
from frontend.service_form import questions
from frontend.service_place import map_of_places, places, where_of

PER_OPERATOR = Limit("call-operator", 120, 3600)
CHANNEL = "call_137"
_KEPT = ("mobile", "name", "parcel", "lon", "lat")


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
@with_second_factor
def call(request: HttpRequest, service: str) -> HttpResponse:
    """The form of a call; for operators of 137 only. `?filed=` shows what to read aloud."""
    operator = person_of(request)
    check_operator(operator, CHANNEL)
    found = entry(service)
    if request.method == "POST":
        return _filed(request, found, operator)
    tracking = request.GET.get("filed", "")
    if tracking:
        return _read_aloud(request, found, operator, tracking)
    return _page(request, found, request.GET.dict())


def _filed(request: HttpRequest, found: Entry, operator: Person) -> HttpResponse:
    spend(request, limit=PER_OPERATOR, key=str(operator.pk))
    said = request.POST.dict()
    caller = Caller(mobile=said.get("mobile", ""), name=said.get("name", ""))
    answers = {f.code: said.get(f.code, "") for f in found.type.fields}
    try:
        case = file_call(operator=operator, code=found.type.code, caller=caller, where=where_of(said), answers=answers)
    except (BadInputError, ConflictError, NotFoundError) as error:
        return _page(request, found, said, error=error)
    return redirect(f"{reverse('service_call', args=[found.type.code])}?{urlencode({'filed': case.tracking})}")


def _read_aloud(request: HttpRequest, found: Entry, operator: Person, tracking: str) -> HttpResponse:
    case = filed_by(operator=operator, tracking=tracking)
    context = {"entry": found, "case": case, "definition": definition_of(case)}
    return render(request, "frontend/services_called.html", context)


def _page(
    request: HttpRequest, found: Entry, said: Mapping[str, str], *, error: ParvanehError | None = None
) -> HttpResponse:
    wrong = {} if error is None else {c: Text.of(t) for c, t in error.details.get("errors", {}).items()}
    near = said.get("near", "").strip()[:200]
    context = {
        "entry": found,
        "said": {name: said.get(name, "")[:80] for name in _KEPT},
        "near": near,
        "hits": [] if found.of_land else places(near),
        "questions": questions(found.type, said, wrong),
        "page_data": None if found.of_land or found.type.place == "none" else map_of_places(),
        "error": error,
        "offered": CHANNEL in found.type.channels,
    }
    return render(request, "frontend/services_call.html", context, status=error.status if error else 200)
