"""The addresses of the site, from its URL configuration and the API's description, beside what is declared of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from apps.api.site import api
from tests.access.table import TABLE

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_MARKS = "?*+"


@dataclass(frozen=True)
class Route:
    """One address. `methods`: each with its mark ('' = plain)."""

    pattern: str
    audience: str
    methods: dict[str, str]


@cache
def declared() -> dict[str, Route]:
    """What the table says, by pattern."""
    found, audience = {}, ""
    for line in TABLE.splitlines():
        if not line.strip():
            continue
        if not line.startswith(" "):
            audience = line.strip()
            continue
        *methods, pattern = line.split()
        pattern = "" if pattern == "." else pattern
        assert pattern not in found, pattern
        marked = {m.rstrip(_MARKS): m[len(m.rstrip(_MARKS)) :] for m in methods}
        assert set(marked) <= set(METHODS), line
        found[pattern] = Route(pattern, audience, marked)
    return found


def of(pattern: str) -> Route | None:
    """What is declared of an address; the admin site is declared as a whole."""
    found = declared().get(pattern)
    return found or (declared()["admin/*"] if pattern.startswith("admin/") else None)


@cache
def patterns() -> tuple[str, ...]:
    """Every address of the configuration, as in the city's language."""
    with override("fa"):
        return tuple(sorted(set(_walk(get_resolver().url_patterns))))


def _walk(found: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for one in found:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
        else:
            yield route


def operations() -> set[tuple[str, str]]:
    """(method, address) of every operation that the API describes."""
    described = api.get_openapi_schema()["paths"]
    return {(method.upper(), path) for path, ways in described.items() for method in ways}


def filled(pattern: str, values: dict[str, str]) -> str:
    """The address with a value for each of its parameters; one without a value fails."""
    pattern = re.sub(r"(\w+)/<int:pk>", lambda of: f"{of[1]}/{values.get(of[1], values['pk'])}", pattern)
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern)
    plain = plain.replace("^", "").replace("$", "").replace("\\", "")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: values[name.group(1)], plain)


def anonymous_form(address: str) -> str:
    """An address of the configuration or of the description with its parameters blank, so that both compare."""
    return re.sub(r"<[^>]*>|\{[^}]*\}", "{}", address)


def in_english(path: str) -> str | None:
    """The same page in English; None for addresses of machines."""
    machines = ("/api/", "/tiles/", "/ogc/", "/healthz", "/readyz", "/oidc/", "/admin/")
    if path.startswith(machines) or (path.startswith("/open/") and path != "/open/"):
        return None
    return f"/en{path}"
