"""Who may enter the pages of the desk: signed-in people who edit or approve rules, or look on as auditors."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from apps.common.errors import ForbiddenError, SignInRequiredError
from apps.parties.models import Person, Role
from apps.parties.roles import office_roles_of
from apps.parties.second_factor import with_second_factor

DESK_ROLES = (Role.RULE_EDITOR, Role.RULE_APPROVER, Role.AUDITOR)
View = Callable[..., HttpResponse]


def at_desk(request: HttpRequest) -> bool:
    """Whether the desk is open to this visitor."""
    return not office_roles_of(request.user).isdisjoint(DESK_ROLES)


def desk_page(view: View) -> View:
    """A page of the desk: never cached, sign-in first, ForbiddenError for people without a role there.

    What a person may do on the page is for the services to judge, by theme and district.
    """

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not at_desk(request):
            raise ForbiddenError(
                fa="میز طرح برای کسانی است که ضوابط را می‌نویسند یا تأیید می‌کنند. نقش خود را از مدیر سامانه بخواهید.",
                en="The planners' desk is for people who edit or approve rules. Ask the administrator for a role.",
            )
        shown = with_second_factor(view) if settings.SECOND_FACTOR_AT_DESK else view
        return shown(request, *args, **kwargs)

    return never_cache(login_required(entered))


def person_of(request: HttpRequest) -> Person:
    """Who is at the desk. Behind `desk_page` there is always somebody."""
    if not isinstance(request.user, Person):
        raise SignInRequiredError(fa="نخست وارد شوید.", en="Sign in first.")
    return request.user
