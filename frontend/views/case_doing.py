"""What the forms on a case's page share: who is signed in, and how a refusal is said on the page itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from frontend.case_page import Refused, page_of_case
from frontend.case_page_log import seen

PER_PERSON = Limit("case-forms", 120, 600)
_LONG_NUMBER = 19
Act = Callable[[Person], object]


def shown(request: HttpRequest, tracking: str, *, refused: Refused | None = None) -> HttpResponse:
    """The page of a case; that it was seen is written down. Raises NotFoundError for what one may not see."""
    context = page_of_case(request, tracking, refused=refused)
    seen(request, context["case"], held=context["look"].held)
    return render(request, "frontend/request.html", context, status=refused.error.status if refused else 200)


def done(request: HttpRequest, tracking: str, act: Act, *, form: str = "", anchor: str = "") -> HttpResponse:
    """Do it and go back to the page, at `anchor`; what stands against it is said there, beside what was typed.

    Whoever was signed out meanwhile signs in and comes back to the page, not to the form.
    """
    person = request.user
    if not isinstance(person, Person):
        return sign_in(back=reverse("request", args=[tracking]))
    spend(request, limit=PER_PERSON, key=str(person.pk))
    try:
        act(person)
    except (BadInputError, ConflictError, ForbiddenError) as error:
        return shown(request, tracking, refused=Refused(error, form, request.POST.dict()))
    return redirect(f"{reverse('request', args=[tracking])}{anchor}")


def sign_in(*, back: str) -> HttpResponse:
    """To the sign-in page, and back from there."""
    return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': back})}")


def whole(raw: str, *, otherwise: int) -> int:
    """A whole number from a form that was made by a page of ours; anything else is `otherwise`."""
    return int(raw) if raw.isdecimal() and len(raw) < _LONG_NUMBER else otherwise
