"""The inspector's list of visits and the form on the spot. Sent by a script or by the browser, it is the same form."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.error_pages import wants_json
from apps.common.errors import BadInputError, ConflictError, ParvanehError, SignInRequiredError
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits import inspection_document
from apps.permits.inspection_lists import my_visits
from apps.permits.inspection_reports import read_key, report, visit_for
from apps.permits.models_inspection import InspectionReport
from frontend.case_page_log import seen
from frontend.inspection_form import context_of
from frontend.office_access import office_page
from frontend.texts_inspection import device_texts

PER_INSPECTOR = Limit("inspection-reports", 120, 600)


@require_safe
@office_page
def visits(request: HttpRequest) -> HttpResponse:
    """What is left over, today's visits, and those to come."""
    context = {"visits": my_visits(request.user), "texts": device_texts()}
    return render(request, "frontend/inspection_visits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit with its form; POST keeps a report. Asked for JSON, it answers JSON (the script's way)."""
    person = _person(request)
    visit_for(person, pk)
    if request.method != "POST":
        return _shown(request, person, pk)
    spend(request, limit=PER_INSPECTOR, key=str(person.pk))
    try:
        kept = _kept(request, person, pk)
    except (BadInputError, ConflictError) as error:
        if wants_json(request):
            raise
        return _shown(request, person, pk, refused=error, typed=request.POST.dict())
    url = f"{reverse('officer_inspection', args=[pk])}#reports"
    if wants_json(request):
        return JsonResponse({"url": url, "version": kept.version, "digest": kept.digest}, status=201)
    return redirect(url)


def _kept(request: HttpRequest, person: Person, pk: int) -> InspectionReport:
    form = request.POST
    key = read_key(form.get("key", ""))
    found = inspection_document.read({**form.dict(), "photo_sha": form.getlist("photo_sha")})
    return report(person=person, visit=pk, key=key, found=found)


def _shown(
    request: HttpRequest,
    person: Person,
    pk: int,
    *,
    refused: ParvanehError | None = None,
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    row = visit_for(person, pk)
    seen(request, row.case)
    context = context_of(row, key=str((typed or {}).get("key") or uuid.uuid4()), typed=typed or {}, refused=refused)
    return render(request, "frontend/inspection_report.html", context, status=refused.status if refused else 200)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise SignInRequiredError(fa="دوباره وارد شوید.", en="Sign in again.")
    return request.user
