"""What must be right before the site may start: found by `manage.py check`, and by `check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from apps.common.addresses import trusted_proxies

EDGES = "apps.common.middleware.Edges"
ERROR_PAGES = "apps.common.middleware.ErrorPages"
OFFICE_GATE = "apps.parties.office_gate.OfficeGate"


@register()
def proxies_are_networks(**_kwargs: Any) -> list[CheckMessage]:
    """TRUSTED_PROXIES holds addresses or networks; one that trusts everybody is as good as no limit at all."""
    try:
        _, networks = trusted_proxies(tuple(settings.TRUSTED_PROXIES))
    except ValueError as error:
        return [
            Error(
                f"TRUSTED_PROXIES cannot be read: {error}",
                hint="Write addresses or networks of your own proxies, e.g. 10.0.0.2,10.1.0.0/16 or unix.",
                id="parvaneh.E001",
            )
        ]
    if any(network.prefixlen == 0 for network in networks):
        return [
            Error(
                "TRUSTED_PROXIES trusts every address, so callers may invent their own.",
                hint="Name the proxies only.",
                id="parvaneh.E002",
            )
        ]
    return []


@register()
def edges_stand_at_the_edges(**_kwargs: Any) -> list[CheckMessage]:
    """Edges must come before what the hot paths skip; ErrorPages last, but for the gate that explains what it hid."""
    chain = list(settings.MIDDLEWARE)
    session = "django.contrib.sessions.middleware.SessionMiddleware"
    if EDGES in chain and chain.index(EDGES) < chain.index(session) and chain[-2:] == [ERROR_PAGES, OFFICE_GATE]:
        return []
    return [
        Error(
            "MIDDLEWARE is out of order.",
            hint=f"{EDGES} right after SecurityMiddleware, {ERROR_PAGES} and {OFFICE_GATE} at the end (decision 0006).",
            id="parvaneh.E003",
        )
    ]
