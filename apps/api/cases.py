"""Cases of any service: open, list, read, fill in, take a step. Session and CSRF, as on the pages."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from apps.api.schemas import ErrorBody
from apps.api.service_schemas import CaseDetailOut, CaseIn, CasesOut, FormIn, StepIn
from apps.api.service_shapes import case_out, detail_out
from apps.api.signed_in import SignedIn, seen
from apps.cadastre.selectors import parcel_by_code
from apps.cases.models import Case
from apps.cases.opening import Where, open_service, save_form
from apps.cases.selectors import visible_case, visible_cases
from apps.cases.steps import take_step
from apps.common.errors import ForbiddenError
from apps.common.limits import Limit, spend
from apps.parties import mandates
from apps.parties.models import Person, Scope
from apps.permits.services import sign_in_required

PER_PERSON = Limit("start-person", 20, 600)
FORMS = Limit("case-forms", 120, 600)
"""Each answer and each step stays in the history for ever: as many as on the pages, and counted together."""
PER_PAGE = 50
REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 429, 503), ErrorBody)
Page = Annotated[int, Query(ge=1, le=10_000)]

router = Router(tags=["cases"], auth=SignedIn())


@router.post("", response={201: CaseDetailOut, **REFUSALS}, summary="Open a case of a service")
def open_one(request: HttpRequest, body: CaseIn) -> Status[dict[str, Any]]:
    """A draft; the same call within ten minutes gives the same one. 409: not offered here or not over the API.

    A permit is started at `POST /requests`.
    """
    person = _person(request)
    spend(request, limit=PER_PERSON, key=str(person.pk))
    case = open_service(
        person=person,
        code=body.service,
        where=Where(parcel=body.parcel, lon=body.lon, lat=body.lat),
        answers=body.form,
        channel="api",
        applicant=_owner(person, body.parcel) if body.for_owner else None,
    )
    return Status(201, _detail(request, case.tracking, person))


@router.get("", response={200: CasesOut, **REFUSALS}, summary="My cases")
def mine(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """Cases in which the reader is applicant, co-owner or agent, newest first, fifty at a time."""
    person = _person(request)
    own = Case.objects.of_owner_side(person).values("pk")
    rows = visible_cases(person).filter(pk__in=own).order_by("-opened_at", "-pk")
    first = (page - 1) * PER_PAGE
    found = list(rows[first : first + PER_PAGE + 1])
    return {
        "cases": [case_out(case) for case in found[:PER_PAGE]],
        "next": page + 1 if len(found) > PER_PAGE else None,
    }


@router.get("/{tracking}", response={200: CaseDetailOut, **REFUSALS}, summary="One case")
def one(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """For everybody who may see it; to all others it does not exist (404)."""
    return _detail(request, tracking, _person(request))


@router.put("/{tracking}/form", response={200: CaseDetailOut, **REFUSALS}, summary="Fill the form in")
def fill_in(request: HttpRequest, tracking: str, body: FormIn) -> dict[str, Any]:
    """Sound answers are kept, `wrong` says what is missing or not right. 409 when it is not the owner's turn."""
    person = _person(request)
    visible_case(tracking=tracking, person=person)  # a stranger learns nothing, and spends nothing
    spend(request, limit=FORMS, key=str(person.pk))
    save_form(person=person, tracking=tracking, answers=body.form)
    return _detail(request, tracking, person)


@router.post("/{tracking}/steps", response={200: CaseDetailOut, **REFUSALS}, summary="Take a step")
def step(request: HttpRequest, tracking: str, body: StepIn) -> dict[str, Any]:
    """One edge of the table of the case's type. 409 with the reason: not from here, not yours, a guard, a hold."""
    person = _person(request)
    case = visible_case(tracking=tracking, person=person)
    spend(request, limit=FORMS, key=str(person.pk))
    take_step(
        tracking=case.tracking,
        actor=person,
        verb=body.verb,
        said=body.said,
        article=body.article,
        expected=body.expected,
    )
    return _detail(request, tracking, person)


def _owner(person: Person, parcel: str) -> Person:
    """The one owner for whom the person may act on this land. Raises ForbiddenError for none, or for several."""
    land = parcel_by_code(parcel).land_code
    rows = mandates.held_by(person).filter(mandates.about(land_code=land), scopes__contains=[Scope.ACT])
    owners = {row.principal_id: row.principal for row in rows.select_related("principal")}
    if len(owners) != 1:
        raise ForbiddenError(
            fa="برای این زمین وکالت با اختیار اقدام از یک مالک لازم است.",
            en="This needs a mandate to act from one owner of this land.",
            owners=len(owners),
        )
    return next(iter(owners.values()))


def _detail(request: HttpRequest, tracking: str, person: Person) -> dict[str, Any]:
    """Read again after a step, and that it was read is written down. Raises NotFoundError for what is out of sight."""
    case = visible_case(tracking=tracking, person=person)
    seen(request, case)
    return detail_out(case, person)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise sign_in_required()
    return request.user
