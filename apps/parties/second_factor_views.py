"""The pages of the second factor: give it (while signing in, or later), and set one up."""

from typing import Any

from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from apps.common.errors import BadInputError, ConflictError
from apps.parties import second_factor, second_factor_giving, second_factor_setup, sign_in_log
from apps.parties.models import Person
from apps.parties.models_identity import Way


@never_cache
@sensitive_post_parameters("code")
def challenge(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the authenticator: as a stage of signing in, or in a session that has begun."""
    stage = None if request.user.is_authenticated else LoginStageController.enter(request, AuthenticateStage.key)
    person: Any = stage.login.user if stage else request.user
    if not isinstance(person, Person) or not person.is_active:
        return redirect("account_login")
    if second_factor.authenticator_of(person) is None:
        return redirect("account_login" if stage else "second_factor_setup")
    if request.method != "POST":
        return _challenge(request)
    try:
        second_factor_giving.give(request, person=person, code=request.POST.get("code", "")[:40])
    except BadInputError as error:
        return _challenge(request, refused=error)
    if stage:
        response: HttpResponse = stage.exit()
        return response
    sign_in_log.record(request, person=person, way=Way.SECOND_FACTOR)
    return HttpResponseRedirect(_next(request))


@never_cache
@sensitive_post_parameters("code", "sms_code")
@login_required
def setup(request: HttpRequest) -> HttpResponse:
    """Show a secret, send a code to the mobile, take both codes, and show the recovery codes once."""
    person: Any = request.user
    if not second_factor_setup.may_set_up(request, person=person):
        return second_factor.ask(request)
    if request.method != "POST":
        return _setup(request, person)
    try:
        if request.POST.get("action") == "send":
            second_factor_setup.send_code(request, person=person)
            return _setup(request, person)
        codes = second_factor_setup.finish(
            request,
            person=person,
            code=request.POST.get("code", "")[:40],
            sms_code=request.POST.get("sms_code", "")[:40],
        )
    except (BadInputError, ConflictError) as error:
        return _setup(request, person, refused=error)
    sign_in_log.record(request, person=person, way=Way.SECOND_FACTOR)
    return render(request, "mfa/recovery_codes.html", {"codes": codes, "next": _next(request)})


def _challenge(request: HttpRequest, *, refused: BadInputError | None = None) -> HttpResponse:
    context = {"refused": refused, "next": get_next_redirect_url(request) or ""}
    return render(request, "mfa/authenticate.html", context, status=refused.status if refused else 200)


def _setup(
    request: HttpRequest, person: Person, *, refused: BadInputError | ConflictError | None = None
) -> HttpResponse:
    secret = second_factor_setup.secret_of(request, person=person)
    context = {
        "picture": second_factor_setup.picture(secret, person=person),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "waits": second_factor_setup.waits(request, person=person),
        "replaces": second_factor.authenticator_of(person) is not None,
        "required": second_factor.required_for(person),
        "refused": refused,
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "mfa/setup.html", context, status=refused.status if refused else 200)


def _next(request: HttpRequest) -> str:
    return get_next_redirect_url(request) or reverse("account_home")
