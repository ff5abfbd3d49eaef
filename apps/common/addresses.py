"""Who is calling: the address that limits count. Forwarded headers count only behind our own proxies."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
UNIX_SOCKET = "unix"
_IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The caller's address as one string; IPv6 cut to its /64, because one subscriber owns all of that.

    `X-Forwarded-For` is read from the right, and only as far as each hop is one of settings.TRUSTED_PROXIES
    (networks, or "unix" for a server that listens on a socket). Everything further left can be invented by
    the caller.
    """
    hops = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return _believed(peer=request.META.get("REMOTE_ADDR") or UNIX_SOCKET, hops=hops)


def _believed(*, peer: str, hops: list[str]) -> str:
    current = peer
    for hop in reversed(hops):
        if not _trusted(current):
            break
        if _address(hop) is None:  # a proxy of ours would never write this: do not follow it
            break
        current = hop
    return bucket(current)


def bucket(raw: str) -> str:
    """The string that is counted for an address."""
    address = _address(raw)
    if address is None:
        return UNIX_SOCKET
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, _IPV6_PREFIX), strict=False).network_address)
    return str(address)


def _trusted(raw: str) -> bool:
    names, networks = trusted_proxies(tuple(settings.TRUSTED_PROXIES))
    if raw in names:
        return True
    address = _address(raw)
    return address is not None and any(address in network for network in networks)


@lru_cache(maxsize=8)
def trusted_proxies(raw: Iterable[str]) -> tuple[frozenset[str], tuple[Network, ...]]:
    """(names, networks) of a TRUSTED_PROXIES setting. Raises ValueError for what is neither."""
    names = frozenset(item for item in raw if item == UNIX_SOCKET)
    return names, tuple(ipaddress.ip_network(item, strict=False) for item in raw if item not in names)


@lru_cache(maxsize=4096)
def _address(raw: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(raw.strip("[]"))
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped
    return found
