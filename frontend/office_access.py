"""Who may enter the pages of the offices: people with a role that works on cases, and auditors, who only look."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from apps.cases.selectors import visible_case
from apps.common.errors import ForbiddenError
from apps.parties.models import Person, Role
from apps.parties.reaching import NOT_ON_CASES, reach_held
from apps.parties.second_factor import with_second_factor

View = Callable[..., HttpResponse]


def at_office(person: "Person | AnonymousUser") -> bool:
    """Whether the pages of cases at the offices are open to this person."""
    if not isinstance(person, Person):
        return False
    return any(role == Role.AUDITOR or role not in NOT_ON_CASES for role in reach_held(person))


def office_page(view: View) -> View:
    """A page of the offices: never cached, sign-in and second factor first, ForbiddenError for people without a role.

    A case that they may not see is not there for them (NotFoundError); owners are led to their own page of theirs.

    Which cases they see there, and what they may do, is for the services to judge.
    """

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not at_office(request.user):
            if "tracking" in kwargs:  # what they may not see is not there; their own case has a page of its own
                visible_case(tracking=kwargs["tracking"], person=request.user)
                return redirect("request", tracking=kwargs["tracking"])
            raise ForbiddenError(
                fa="این صفحه برای کارشناسان پرونده است. نقش خود را از مدیر سامانه بخواهید.",
                en="This page is for people who work on cases. Ask the administrator for a role.",
            )
        return view(request, *args, **kwargs)

    return never_cache(login_required(with_second_factor(entered)))
