"""The OpenID Connect provider of this installation, as the environment names it. No provider = no button."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from apps.common.text import Text

WELL_KNOWN = "/.well-known/openid-configuration"
NEEDED = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME_FA", "OIDC_NAME_EN")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Provider:
    """Whom we trust to say who somebody is, and the names of the claims it says it in.

    `discovery`: where its discovery document stands. `issuer` must be the one that document names, to the letter.
    """

    issuer: str
    discovery: str
    client_id: str
    client_secret: str
    name: Text
    national_id_claim: str
    phone_claim: str
    scopes: tuple[str, ...]


def missing() -> tuple[str, ...]:
    """The settings that still lack, when some are given and others are not; empty when none or all are."""
    lacking = tuple(name for name in NEEDED if not getattr(settings, name))
    return () if len(lacking) == len(NEEDED) else lacking


def provider() -> Provider | None:
    """The configured provider; None when there is none, or only half of one (`manage.py check` says so)."""
    if not all(getattr(settings, name) for name in NEEDED):
        return None
    return Provider(
        issuer=settings.OIDC_ISSUER,
        discovery=settings.OIDC_DISCOVERY_URL or settings.OIDC_ISSUER.rstrip("/") + WELL_KNOWN,
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        name=Text(settings.OIDC_NAME_FA, settings.OIDC_NAME_EN),
        national_id_claim=settings.OIDC_NATIONAL_ID_CLAIM,
        phone_claim=settings.OIDC_PHONE_CLAIM,
        scopes=tuple(settings.OIDC_SCOPES.split()),
    )


def on_loopback(url: str) -> bool:
    """Whether this address is on this very machine."""
    return urlsplit(url).hostname in _LOOPBACK


def is_guarded(url: object) -> bool:
    """Whether what is said to this address stays between us and it: https, or this machine outside production."""
    if not isinstance(url, str):
        return False
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and on_loopback(url) and not settings.STRICT)
