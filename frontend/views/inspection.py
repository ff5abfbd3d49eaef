"""The visit of a request: what must be there, a time from the district's calendar, its calendar file."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.cases import access_log
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits import inspection
from apps.permits.inspection_calendar import last_visit
from apps.permits.inspection_file import MEDIA_TYPE, calendar_file
from apps.permits.inspection_slots import read_slot
from apps.permits.selectors import visible_request
from frontend.case_page_log import seen
from frontend.case_page_reader import look_at
from frontend.inspection_page import page_of
from frontend.views.case_doing import sign_in

PER_PERSON = Limit("inspection-forms", 60, 600)
Act = Callable[[Person], object]


@require_safe
@never_cache
@login_required
def visit(request: HttpRequest, tracking: str) -> HttpResponse:
    """The page of the visit."""
    return _shown(request, tracking)


@require_POST
def book(request: HttpRequest, tracking: str) -> HttpResponse:
    """The first time."""

    def act(person: Person) -> object:
        day, starts = read_slot(request.POST.get("slot", ""))
        return inspection.book(person=person, tracking=tracking, day=day, starts=starts)

    return _done(request, tracking, act)


@require_POST
def move(request: HttpRequest, tracking: str) -> HttpResponse:
    """Another time."""

    def act(person: Person) -> object:
        day, starts = read_slot(request.POST.get("slot", ""))
        return inspection.move(person=person, tracking=tracking, day=day, starts=starts)

    return _done(request, tracking, act)


@require_POST
def cancel(request: HttpRequest, tracking: str) -> HttpResponse:
    """No visit."""
    return _done(request, tracking, lambda person: inspection.cancel(person=person, tracking=tracking))


@require_safe
@never_cache
@login_required
def calendar(request: HttpRequest, tracking: str) -> HttpResponse:
    """The last visit as a calendar file, also after it was called off, so that calendars forget it."""
    case = visible_request(tracking=tracking, person=request.user).case
    found = last_visit(case)
    if found is None:
        raise NotFoundError(fa="برای این پرونده بازدیدی گرفته نشده است.", en="No visit was booked for this case.")
    url = request.build_absolute_uri(reverse("inspection", args=[case.tracking]))
    content = calendar_file(found, language=get_language() or "fa", url=url)
    seen(request, case, what=access_log.DOWNLOAD, thing="visit.ics")
    name = f"inspection-{case.tracking}.ics"
    return HttpResponse(
        content, content_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _done(request: HttpRequest, tracking: str, act: Act) -> HttpResponse:
    person = request.user
    if not isinstance(person, Person):
        return sign_in(back=reverse("inspection", args=[tracking]))
    visible_request(tracking=tracking, person=person)  # a stranger learns nothing, not even about the form
    spend(request, limit=PER_PERSON, key=str(person.pk))
    try:
        act(person)
    except (BadInputError, ConflictError, ForbiddenError) as error:
        return _shown(request, tracking, refused=error)
    return redirect("inspection", tracking=tracking)


def _shown(
    request: HttpRequest, tracking: str, *, refused: BadInputError | ConflictError | ForbiddenError | None = None
) -> HttpResponse:
    visible_request(tracking=tracking, person=request.user)
    look = look_at(tracking=tracking, person=request.user)
    context = page_of(look, refused=refused)
    seen(request, look.case, held=look.held)
    return render(request, "frontend/inspection.html", context, status=refused.status if refused else 200)
