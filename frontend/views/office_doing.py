"""What the forms of a case's page at an office share: they do one thing, and say on the page what stands against it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from frontend.case_page import Refused
from frontend.case_page_log import seen
from frontend.office_page import page_at_office

PER_OFFICER = Limit("office-forms", 300, 600)
Act = Callable[[Person], object]


def shown(request: HttpRequest, tracking: str, *, refused: Refused | None = None) -> HttpResponse:
    """The page; that it was seen is written down. A reader on the owner's side is sent to their own page."""
    context = page_at_office(request, tracking, refused=refused)
    if context["look"].owner_side:
        return redirect("request", tracking=tracking)
    seen(request, context["case"], held=context["look"].held)
    return render(request, "frontend/officer_case.html", context, status=refused.error.status if refused else 200)


def done(request: HttpRequest, tracking: str, act: Act, *, form: str = "", anchor: str = "") -> HttpResponse:
    """Do it and go back to the page, at `anchor`; the form keeps what was typed when something stands against it.

    A step may take the case out of the officer's sight: then back to the worklist.
    """
    person = request.user
    if not isinstance(person, Person):
        return redirect("account_login")
    spend(request, limit=PER_OFFICER, key=str(person.pk))
    try:
        act(person)
    except (BadInputError, ConflictError, ForbiddenError) as error:
        try:
            return shown(request, tracking, refused=Refused(error, form, request.POST.dict()))
        except NotFoundError:
            raise error from None
    return redirect(f"{reverse('officer_case', args=[tracking])}{anchor}")
