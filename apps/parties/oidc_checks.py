"""The second way in is configured whole or not at all, and guarded in production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from apps.parties import oidc_config

SHORTEST_DAYS = 90


@register()
def provider_is_whole(**_kwargs: Any) -> list[CheckMessage]:
    """All of its settings or none; addresses that nobody can listen to; a claim for the national ID."""
    found: list[CheckMessage] = []
    if lacking := oidc_config.missing():
        hint = "Set all of them, or none: docs/how-to/connect-sign-in.md."
        found.append(
            Error(f"Half of an OpenID Connect provider: {', '.join(lacking)} missing.", hint=hint, id="parvaneh.E014")
        )
    addresses = (settings.OIDC_ISSUER, settings.OIDC_DISCOVERY_URL)
    if not all(oidc_config.is_guarded(address) for address in addresses if address):
        hint = "In production only https; elsewhere http on this machine as well."
        found.append(Error("The address of the OpenID Connect provider is not guarded.", hint=hint, id="parvaneh.E015"))
    if "openid" not in settings.OIDC_SCOPES.split():
        found.append(Error("OIDC_SCOPES must contain openid: without it there is no ID token.", id="parvaneh.E016"))
    return found


@register()
def sign_ins_are_kept_long_enough(**_kwargs: Any) -> list[CheckMessage]:
    """The table refuses to lose rows sooner, so the sweep would fail."""
    if settings.SIGN_INS_KEPT_DAYS >= SHORTEST_DAYS:
        return []
    return [Error(f"SIGN_INS_KEPT_DAYS is below {SHORTEST_DAYS} days.", id="parvaneh.E017")]
