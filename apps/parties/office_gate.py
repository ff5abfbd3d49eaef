"""In a session without the second factor nobody is at an office: what their role shows and allows is as if not held.

One place for pages and the API: whoever asks `reaching.reach_by_role` of the person who sent a request is answered
by this gate. The person's own cases are not affected: they need no role.
"""

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from apps.common.error_pages import respond, wants_json
from apps.common.errors import NotFoundError
from apps.parties import second_factor
from apps.parties.models import Person

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_GIVEN, _MISSED = "_second_factor_given", "_second_factor_missed"


class OfficeGate:
    """After the middleware that reads the session, and inside the one that makes pages of errors."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The view's answer; the person it is given carries the gate of this session."""
        # Read when somebody asks for it: public pages read no session.
        request.user = SimpleLazyObject(lambda: _gated(request))  # type: ignore[assignment]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What was not found for want of the second factor is asked for after it."""
        if not isinstance(exception, NotFoundError) or not missed(request):
            return None
        if wants_json(request):
            return respond(request, second_factor.not_given())
        return second_factor.ask(request)


def missed(request: HttpRequest) -> bool:
    """Whether a role of the person who sent this request would have counted, had the second factor been given."""
    return bool(getattr(request, _MISSED, False))


def _gated(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    user = get_user(request)
    if isinstance(user, Person):
        user.office_gate = lambda: _open(request)
    return user


def _open(request: HttpRequest) -> bool:
    """Asked only of people with a role; the answer "yes" is kept for the rest of the request."""
    if getattr(request, _GIVEN, False):
        return True
    given = second_factor.has_given(request)
    setattr(request, _GIVEN if given else _MISSED, True)
    return given
