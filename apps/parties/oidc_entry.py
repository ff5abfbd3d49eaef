"""From a checked identity to a session: at once, or after the person has confirmed a mobile by a code."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common import clock
from apps.parties.models import Person
from apps.parties.oidc_binding import bind, bound_person
from apps.parties.oidc_claims import Claims, read_claims
from apps.parties.oidc_config import provider
from apps.parties.oidc_errors import no_provider, too_late, unbelieved

WAITING = "oidc_waiting"
WAITING_SECONDS = 600


def enter(request: HttpRequest, *, said: Mapping[str, Any], next_url: str | None) -> HttpResponse:
    """Sign the person of this identity in; a new one without a confirmed number is asked for one first.

    Raises ForbiddenError or ConflictError with a sentence, and then there is no session and nothing was written.
    """
    config = provider()
    if config is None:
        raise no_provider()
    try:
        claims = read_claims(said, provider=config)
    except (KeyError, ValueError) as error:
        raise unbelieved() from error
    person = bound_person(claims)
    if person is None and claims.mobile:
        person = bind(claims, mobile=claims.mobile)
    if person is None:
        until = clock.now().timestamp() + WAITING_SECONDS
        request.session[WAITING] = {"claims": claims.as_dict(), "until": until, "next": next_url or ""}
        return redirect("oidc_mobile")
    return _let_in(request, person=person, issuer=claims.issuer, next_url=next_url)


def waiting(request: HttpRequest) -> tuple[Claims, str]:
    """(claims, where to go) of the identity that waits for a number in this session. Raises ConflictError: too late."""
    state = request.session.get(WAITING)
    if not state or clock.now().timestamp() >= float(state["until"]):
        raise too_late()
    return Claims(**state["claims"]), str(state["next"])


def bind_confirmed(request: HttpRequest, *, claims: Claims, mobile: str) -> Person:
    """The person of the number that was just confirmed, bound to the identity that waited for it. Raises as `bind`."""
    request.session.pop(WAITING, None)
    person = bind(claims, mobile=mobile)
    record_authentication(request, person, method="socialaccount", provider=claims.issuer)
    return person


def _let_in(request: HttpRequest, *, person: Person, issuer: str, next_url: str | None) -> HttpResponse:
    if request.user.is_authenticated:
        get_adapter().logout(request)
    record_authentication(request, person, method="socialaccount", provider=issuer)
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=next_url))
    return response
