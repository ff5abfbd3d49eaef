"""Where allauth's flow comes out: a checked identity goes to `oidc_entry`, a failure becomes a sentence."""

import logging
from typing import NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from apps.parties import oidc_entry
from apps.parties.models import Person
from apps.parties.oidc_errors import away, cancelled, unbelieved
from apps.parties.oidc_fetch import AWAY, ShortSession

log = logging.getLogger(__name__)


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """settings.SOCIALACCOUNT_ADAPTER."""

    def get_requests_session(self) -> ShortSession:
        """Every call to the provider goes through this."""
        return ShortSession()

    def populate_user(self, _request: HttpRequest, sociallogin: SocialLogin, _data: object) -> Person:
        """Nothing: the person is found or made by `oidc_binding`."""
        person: Person = sociallogin.user
        return person

    def is_open_for_signup(self, *_: object) -> bool:
        """No: people come into being by a confirmed number."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """The word of the provider was checked: from here on our own rules. Always raises: a response or an error."""
        said = sociallogin.account.extra_data
        nonce = str(sociallogin.state.get("nonce", ""))
        if not nonce or not constant_time_compare(nonce, str(said["id_token"].get("nonce", ""))):
            log.warning("an ID token without the nonce of this visit was refused")
            raise unbelieved()
        everything = {**said["userinfo"], **said["id_token"]}
        raise ImmediateHttpResponse(oidc_entry.enter(request, said=everything, next_url=sociallogin.state.get("next")))

    def on_authentication_error(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature
        provider: object,  # noqa: ARG002
        error: object = None,
        exception: Exception | None = None,
        extra_context: object = None,  # noqa: ARG002
    ) -> NoReturn:
        """Say what to do; the cause goes to the log."""
        if error == AuthError.CANCELLED:
            raise cancelled()
        log.warning("sign-in by the provider failed: %s", str(exception or error)[:200])
        raise away() if isinstance(exception, AWAY) else unbelieved()
