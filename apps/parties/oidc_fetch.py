"""Calls to the OpenID Connect provider: short, without redirects, and not again at once when it is away."""

from typing import Any

import requests
from django.core.cache import cache

from apps.parties.oidc_config import Provider, is_guarded, on_loopback

TIME_LIMIT = (2.0, 4.0)  # seconds to connect, and between two bytes
KEPT_SECONDS = 300
AWAY_SECONDS = 15
_MOST_BYTES = 256 * 1024
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class AwayError(requests.RequestException):
    """The provider did not answer, or not as a provider does."""


AWAY = (AwayError, requests.ConnectionError, requests.Timeout)


class ShortSession(requests.Session):
    """A session that waits briefly, follows no redirect and reads no endless answer."""

    def request(self, method: str, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """As `requests`; raises RequestException for an unguarded address and for an answer that is too long."""
        if not is_guarded(url):
            raise AwayError("the address is neither https nor on this machine")
        self.trust_env = not on_loopback(str(url))  # a proxy has no place between this machine and itself
        kwargs |= {"timeout": TIME_LIMIT, "allow_redirects": False, "stream": True}
        response = super().request(method, url, *args, **kwargs)
        body = response.raw.read(_MOST_BYTES + 1, decode_content=True)
        if len(body) > _MOST_BYTES:
            raise AwayError("the answer is too long")
        response._content, response._content_consumed = body, True  # as `requests` does once it has read the body
        return response


def discovery(provider: Provider) -> dict[str, Any]:
    """The provider's discovery document, read at most every five minutes. Raises AwayError.

    A provider that is away is left alone for a while: visitors who press the button must not hold our workers.
    """
    key = f"oidc-discovery:{provider.discovery}:{provider.issuer}"
    known = cache.get(key)
    if known == "away":
        raise AwayError("the provider was away a moment ago")
    if known is not None:
        return dict(known)
    try:
        document = _read(provider)
    except requests.RequestException as error:
        cache.set(key, "away", AWAY_SECONDS)
        raise AwayError(f"no discovery document: {error}") from error
    cache.set(key, document, KEPT_SECONDS)
    return document


def _read(provider: Provider) -> dict[str, Any]:
    with ShortSession() as session:
        response = session.get(provider.discovery)
        response.raise_for_status()
        document = response.json()
    if not isinstance(document, dict) or document.get("issuer") != provider.issuer:
        raise AwayError("the discovery document is of another issuer")
    if not all(is_guarded(document.get(name)) for name in _ENDPOINTS):
        raise AwayError("an address in the discovery document is missing or unguarded")
    return document
