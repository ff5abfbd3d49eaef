"""The conversation with the provider: allauth's OpenID Connect, made stricter where it trusts more than it must.

allauth brings the authorization code, state, PKCE and the exchange of the code. Added here: a nonce; the signature of
the ID token is always checked (allauth skips it after a direct exchange), with asymmetric algorithms only; the issuer
is the configured one; the authorised party; and what the userinfo answer says counts only for the same subject.
"""

from typing import Any

import jwt
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest
from django.urls import reverse

from apps.parties.oidc_config import Provider, provider
from apps.parties.oidc_fetch import AwayError, discovery
from apps.parties.oidc_keys import signing_key

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
REQUIRED = ("iss", "sub", "aud", "exp", "iat")
LEEWAY_SECONDS = 30  # two clocks are never the same
PROVIDER_ID = "oidc"


def app_of(config: Provider) -> SocialApp:
    """allauth's record of a provider; ours is never in the database."""
    settings = {"oauth_pkce_enabled": True, "scope": list(config.scopes), "server_url": config.discovery}
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER_ID,
        name=config.name.en,
        client_id=config.client_id,
        secret=config.client_secret,
        settings=settings,
    )


class CityProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """The configured provider. Mail addresses and the like are not taken from it."""

    def get_oauth2_adapter(self, request: HttpRequest) -> "CityAdapter":
        """Our adapter."""
        return CityAdapter(request, PROVIDER_ID)

    def extract_common_fields(self, _data: object) -> dict[str, str]:
        """None: persons are made by `oidc_binding`."""
        return {}

    def extract_email_addresses(self, _data: object) -> list[object]:
        """None: nobody is recognised by a mail address."""
        return []

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The subject of the ID token, which was checked."""
        return str(data["id_token"]["sub"])


class CityAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """allauth's steps with our discovery and our reading of the ID token."""

    def get_provider(self) -> CityProvider:
        """The configured provider. Raises AwayError when it was taken out of the configuration."""
        return CityProvider(self.request, app=app_of(self._config))

    @property
    def _config(self) -> Provider:
        found = provider()
        if found is None:
            raise AwayError("no provider is configured")
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document."""
        return discovery(self._config)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002 - allauth's signature
        """One address for all languages: providers compare it letter by letter."""
        url: str = build_absolute_uri(request, reverse("oidc_callback"), self.redirect_uri_protocol)
        return url

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """What the provider said: the checked ID token, and the userinfo answer of the same subject."""
        said = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        info = self._fetch_user_info(token.token)
        if not isinstance(info, dict) or info.get("sub") != said["sub"]:
            raise OAuth2Error("the userinfo answer is about somebody else")
        return self.get_provider().sociallogin_from_response(request, {"id_token": said, "userinfo": info})

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Its claims. Raises OAuth2Error unless signature, algorithm, issuer, audience and times are right."""
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in ALGORITHMS:
                raise OAuth2Error("the ID token is not signed by an asymmetric key")
            said: dict[str, Any] = jwt.decode(
                id_token,
                key=signing_key(id_token, keys_url=self.openid_config["jwks_uri"]),
                algorithms=list(ALGORITHMS),
                audience=app.client_id,
                issuer=self._config.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": list(REQUIRED)},
            )
        except (jwt.PyJWTError, KeyError, TypeError) as error:
            raise OAuth2Error(f"the ID token cannot be believed: {error}") from error
        if not _meant_for_us(said, app.client_id):
            raise OAuth2Error("the ID token was made for another client")
        return said


def _meant_for_us(said: dict[str, Any], client_id: str) -> bool:
    """The authorised party: needed with several audiences, and never somebody else (OpenID Connect Core 3.1.3.7)."""
    party = said.get("azp")
    return party == client_id or (party is None and said["aud"] in (client_id, [client_id]))
