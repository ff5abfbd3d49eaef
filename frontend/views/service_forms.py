"""The questions of a service on one page, sending it in, and the receipt with number and code."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.cases.capacities import capacities, side_of
from apps.cases.models import Case
from apps.cases.opening import form_open, save_form
from apps.cases.selectors import visible_case
from apps.cases.steps import take_step
from apps.cases.types.definition import CaseType
from apps.cases.types.registry import definition_of
from apps.cases.workflow import OWNER, Transition
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError, ParvanehError
from apps.common.limits import Limit, spend
from apps.common.text import Text
from apps.documents.links import qr_svg
from apps.parties.models import Person
from frontend.case_page_log import seen
from frontend.desk_access import person_of
from frontend.service_form import questions, written_of

PER_PERSON = Limit("case-form-person", 120, 600)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def answers(request: HttpRequest, tracking: str) -> HttpResponse:
    """The form of a case in its owner's hands: save, or save and send in. Errors stand beside their questions."""
    person = person_of(request)
    case = _own(tracking, person)
    definition = definition_of(case)
    if request.method != "POST":
        return _page(request, case, written_of(definition, case.form))
    spend(request, limit=PER_PERSON, key=str(person.pk))
    said = {f.code: request.POST.get(f.code, "") for f in definition.fields}
    try:
        wrong = save_form(person=person, tracking=case.tracking, answers=said)
    except (ConflictError, ForbiddenError) as error:
        return _page(request, case, said, error=error)
    if request.POST.get("do") == "send":
        return _send(request, case, said, wrong)
    missing = {code for code in wrong if not said[code].strip()}
    shown = {code: text for code, text in wrong.items() if code not in missing}
    if shown:
        return _page(request, case, said, wrong=shown)
    return redirect("request", tracking=case.tracking)


@require_safe
@never_cache
@login_required
def receipt(request: HttpRequest, tracking: str) -> HttpResponse:
    """Number, code and the picture that leads to public tracking; to print. For the owner's side only."""
    case = _own(tracking, person_of(request))
    seen(request, case)
    return render(request, "frontend/services_receipt.html", receipt_context(request, case))


def receipt_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What a receipt shows. A case from before there were codes has none, and no link."""
    link = ""
    if case.public_code:
        link = request.build_absolute_uri(reverse("track_short", args=[case.tracking, case.public_code]))
    return {
        "case": case,
        "definition": definition_of(case),
        "link": link,
        "qr": qr_svg(link, label=_("QR code of this link")) if link else "",
    }


def sending(case: Case, definition: CaseType) -> Transition | None:
    """The step on that the owner takes from here."""
    steps = (s for s in definition.steps if case.status in s.sources and OWNER in s.actors)
    return next((s for s in steps if s.forward), None)


def _send(request: HttpRequest, case: Case, said: Mapping[str, str], wrong: Mapping[str, Text]) -> HttpResponse:
    definition = definition_of(case)
    step = sending(case, definition)
    if wrong:
        return _page(request, case, said, wrong=wrong)
    if step is None:
        return redirect("request", tracking=case.tracking)
    expected = request.POST.get("expected", "") or case.status
    try:
        take_step(tracking=case.tracking, actor=person_of(request), verb=step.verb, expected=expected)
    except (BadInputError, ConflictError, ForbiddenError) as error:
        return _page(request, case, said, error=error)
    return redirect("request_receipt", tracking=case.tracking)


def _page(
    request: HttpRequest,
    case: Case,
    said: Mapping[str, Any],
    *,
    wrong: Mapping[str, Text] | None = None,
    error: ParvanehError | None = None,
) -> HttpResponse:
    definition = definition_of(case)
    held = capacities(case, request.user)
    seen(request, case)
    context = {
        "case": case,
        "definition": definition,
        "questions": questions(definition, said, wrong),
        "open": OWNER in held and form_open(case),
        "sends": sending(case, definition),
        "documents": definition.documents,
        "in_name_of": _named(case, request.user),
        "error": error,
        "wrong": wrong,
    }
    status = error.status if error else BadInputError.status if wrong else 200
    return render(request, "frontend/services_form.html", context, status=status)


def _named(case: Case, person: Any) -> Text | None:
    """In whose name somebody else fills this in."""
    if not isinstance(person, Person) or case.applicant_id == person.pk:
        return None
    owner = case.applicant
    return Text(owner.name_fa or str(owner), owner.name_en or str(owner))


def _own(tracking: str, person: Person) -> Case:
    """A case of the person's own side; offices have their own page, where each look is written down."""
    case = visible_case(tracking=tracking, person=person)
    if side_of(capacities(case, person)) != "owner":
        raise NotFoundError(
            fa="این صفحه برای متقاضی و نمایندهٔ اوست. پرونده را در کارتابل خود باز کنید.",
            en="This page is for the applicant and who acts for them. Open the case from your worklist.",
        )
    return case
