"""The pages of the other way in: leave for the provider, come back, confirm a mobile when there is none."""

import logging
import secrets
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from apps.common.addresses import client_address
from apps.common.errors import ParvanehError
from apps.common.limits import Limit, spend
from apps.parties import oidc_entry, sign_in
from apps.parties.forms import MobileForm
from apps.parties.oidc_config import Provider, provider
from apps.parties.oidc_errors import away, no_provider, unbelieved
from apps.parties.oidc_fetch import AWAY
from apps.parties.oidc_provider import PROVIDER_ID, CityAdapter

log = logging.getLogger(__name__)
STARTS_PER_ADDRESS = Limit("provider-address", 30, 600)
_LANGUAGE = "oidc_language"
View = Callable[[HttpRequest], HttpResponse]


def _explained(view: View) -> View:
    """What goes wrong is said on a page that also leads to the sign-in by code."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except ParvanehError as error:
            context = {"message": error.message, "no_way_back": True}
            response = render(request, "account/identity_refused.html", context, status=error.status)
            if "retry_after" in error.details:
                response["Retry-After"] = str(error.details["retry_after"])
            return response

    return shown


@require_POST
@never_cache
@_explained
def start(request: HttpRequest) -> HttpResponse:
    """Leave for the provider by a page of our own: a redirect after a form would need a hole in `form-action`."""
    config = _configured()
    spend(request, limit=STARTS_PER_ADDRESS, key=client_address(request))
    request.session[_LANGUAGE] = translation.get_language()
    nonce = secrets.token_urlsafe(24)
    try:
        there = (
            CityAdapter(request, PROVIDER_ID)
            .get_provider()
            .redirect(
                request,
                "login",
                next_url=get_next_redirect_url(request),
                auth_params={"nonce": nonce},
                scope=list(config.scopes),
                nonce=nonce,
            )
        )
    except AWAY as error:
        log.warning("the sign-in provider is away: %s", error)
        raise away() from error
    address = there["Location"]
    context = {"address": address, "host": urlsplit(address).netloc, "provider": config.name, "no_way_back": True}
    return render(request, "account/identity_leaving.html", context)


@require_GET
@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider, in the language the person left in. Its address carries none: providers compare it."""
    with translation.override(_language_of(request)):
        return _explained(_returned)(request)


def _returned(request: HttpRequest) -> HttpResponse:
    _configured()
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(CityAdapter(request, PROVIDER_ID))(request)
    except AWAY as error:
        raise away() from error
    except (KeyError, TypeError, ValueError) as error:
        log.warning("the provider's answer cannot be read: %s", type(error).__name__)
        raise unbelieved() from error
    return response


@never_cache
@_explained
def mobile(request: HttpRequest) -> HttpResponse:
    """Ask a new identity for a mobile number, once; the code that comes confirms it and binds the two."""
    claims, next_url = oidc_entry.waiting(request)
    form = MobileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sign_in.begin(request, mobile=form.cleaned_data["phone"], claims=claims)
        then = f"?{urlencode({'next': next_url})}" if next_url else ""
        return redirect(reverse("account_confirm_login_code") + then)
    context = {"form": form, "provider": _configured().name, "no_way_back": True}
    return render(request, "account/identity_mobile.html", context)


def _configured() -> Provider:
    found = provider()
    if found is None:
        raise no_provider()
    return found


def _language_of(request: HttpRequest) -> str:
    said = request.session.get(_LANGUAGE)
    return said if said in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
