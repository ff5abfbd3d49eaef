"""The second factor of people who work for the city's offices: who needs one, whether it was given, the gate.

Doors: `has_given(request)`, `required_for(person)`, `with_second_factor(view)`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from apps.common import clock
from apps.common.error_pages import wants_json
from apps.common.errors import ForbiddenError
from apps.parties.models import Person
from apps.parties.models_identity import Factor
from apps.parties.roles import office_roles_of

_KEY = "second_factor"
_SAFE = ("GET", "HEAD")
View = Callable[..., HttpResponse]


def required_for(person: "Person | AnonymousUser") -> bool:
    """Whether the person holds a role of the city's offices today, and so needs a second factor."""
    return bool(office_roles_of(person))


def authenticator_of(person: Person) -> Authenticator | None:
    """The person's authenticator; None when there is none."""
    return Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).first()


def has_given(request: HttpRequest) -> bool:
    """Whether the signed-in person gave a second factor in this session, not too long ago, and still holds it."""
    session = getattr(request, "session", None)  # a request that came through no session has given nothing
    state: dict[str, Any] = (session or {}).get(_KEY) or {}
    if not isinstance(request.user, Person) or state.get("person") != request.user.pk:
        return False
    if clock.now().timestamp() >= float(state["at"]) + settings.SECOND_FACTOR_HOURS * 3600:
        return False
    kind = Authenticator.Type.TOTP
    return bool(Authenticator.objects.filter(pk=state["authenticator"], user_id=request.user.pk, type=kind).exists())


def is_due(request: HttpRequest) -> bool:
    """Whether an administrator who is signed in owes it to the admin site: with an office role or an authenticator."""
    person = request.user
    if not isinstance(person, Person) or not person.is_staff or has_given(request):
        return False
    return required_for(person) or authenticator_of(person) is not None


def remember(request: HttpRequest, *, authenticator: Authenticator, factor: Factor) -> None:
    """The owner of this authenticator has just given a second factor in this session."""
    request.session[_KEY] = {
        "person": authenticator.user_id,
        "authenticator": authenticator.pk,
        "factor": factor.value,
        "at": clock.now().timestamp(),
    }


def given_by(request: HttpRequest, *, person: Person) -> Factor:
    """What this session remembers of this person, for the log of sign-ins."""
    state: dict[str, Any] = request.session.get(_KEY) or {}
    return Factor(state["factor"]) if state.get("person") == person.pk else Factor.NONE


def with_second_factor(view: View) -> View:
    """A page of the offices: who needs a second factor gives it first, or sets one up, and comes back.

    Who needs none is let through: whether the page is theirs is for the view to judge. Machines get a 403.
    """

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not required_for(request.user) or has_given(request):
            return view(request, *args, **kwargs)
        if wants_json(request):
            raise not_given()
        return ask(request)

    return gated


def not_given() -> ForbiddenError:
    """What machines are told."""
    return ForbiddenError(
        fa="این کار به گام دوم ورود نیاز دارد. در سایت، رمز یک‌بارمصرف رمزساز خود را وارد کنید.",
        en="This needs the second step of signing in. Enter your authenticator's code on the site.",
    )


def ask(request: HttpRequest) -> HttpResponse:
    """To the challenge, or to set-up; from there back to the page that was asked for.

    A form cannot be sent again from there: then back to the page that carried it.
    """
    person = request.user
    known = isinstance(person, Person) and authenticator_of(person) is not None
    query = urlencode({"next": _way_back(request)})
    return redirect(f"{reverse('mfa_authenticate' if known else 'second_factor_setup')}?{query}")


def _way_back(request: HttpRequest) -> str:
    if request.method in _SAFE:
        return request.get_full_path()
    came_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return reverse("account_home")
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
