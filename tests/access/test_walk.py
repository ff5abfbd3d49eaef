"""Every address and operation as every kind of reader: who is not meant learns nothing and changes nothing.

What is meant for whom stands in table.py; an address that is not there fails here. Each call is undone, so that one
case serves them all.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from tests.access import routes
from tests.access.routes import METHODS, Route
from tests.access.world import READERS, World

REFUSED = {302, 400, 401, 403, 404, 405, 409, 412, 415}
FEW = ("anonymous", "stranger", "owner", "officer_elsewhere", "rule_editor", "staff")
ALIKE = ("public", "desk", "staff", "nobody", "137")
"""Audiences that do not depend on a case: read by one reader of each sort, else the walk takes hours."""
LAST = ("account/logout/", "admin/logout/")
MEASURED = ("anonymous", "owner", "agent", "officer", "inspector", "rule_editor", "staff")
"""Whose walk is measured for coverage, which doubles its time: the others come by the same lines."""
WALKERS = [pytest.param(one, marks=() if one in MEASURED else pytest.mark.no_cover) for one in READERS]


def wanted(reader: str) -> Iterator[tuple[Route, str]]:
    """What this reader walks: (route, address pattern). What is not declared fails a test of its own."""
    for pattern in sorted(routes.patterns(), key=lambda one: (one in LAST, one)):
        route = routes.of(pattern)
        if route is None:
            continue
        if reader in FEW or route.audience not in ALIKE or reader in ("auditor", "operator_137", "switched_off"):
            yield route, pattern


def test_every_address_is_declared_and_every_declared_one_is_there() -> None:
    undeclared = [pattern for pattern in routes.patterns() if routes.of(pattern) is None]
    assert not undeclared, "write these with their audience in tests/access/table.py"
    gone = set(routes.declared()) - set(routes.patterns()) - {"admin/*"}
    assert not gone, "these are no addresses any more"


def test_every_operation_of_the_api_is_declared() -> None:
    table = {
        (method, routes.anonymous_form("/" + route.pattern))
        for route in routes.declared().values()
        if route.pattern.startswith("api/v1/") and route.pattern.split("/")[2] not in ("", "docs", "openapi.json")
        for method in route.methods
    }
    described = {(method, routes.anonymous_form(path)) for method, path in routes.operations()}
    assert described - table == set(), "operations that no audience is declared for"
    assert table - described == set(), "declared, and not described"


@pytest.mark.django_db
@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("reader", WALKERS)
def test_reading(reader: str, world: World) -> None:
    faults = []
    with undoing():
        client = world.client(reader)
        for route, pattern in wanted(reader):
            path = routes.filled(pattern, world.values)
            for address in filter(None, (path, routes.in_english(path))):
                faults += [f"GET {address}: {fault}" for fault in _reading(world, client, reader, route, address)]
    assert not faults, "\n".join(faults)


@pytest.mark.django_db
@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("reader", WALKERS)
def test_writing(reader: str, world: World) -> None:
    faults = []
    with undoing():
        client = world.client(reader)
        before = world.state()
        for route, pattern in wanted(reader):
            path = routes.filled(pattern, world.values)
            for method in METHODS[1:]:
                with undoing():
                    found = _writing(world, client, reader, route, path, method, before)
                    faults += [f"{method} {path}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


class undoing(transaction.Atomic):  # noqa: N801 - read as a verb
    """What happens inside is undone."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *raised: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*raised)


def _reading(world: World, client: Client, reader: str, route: Route, address: str) -> Iterator[str]:
    """What is wrong with the answer."""
    looked = len(world.looks())
    with undoing():
        answer = client.get(address)
        shown, looks = text_of(answer), world.looks()[looked:]
    mark, meant = route.methods.get("GET", "-"), reader in world.audience(route.audience)
    if answer.status_code >= 500:
        yield f"a fault, {answer.status_code}"
    if (mark == "-" or not meant) and answer.status_code not in REFUSED:
        yield f"is not meant for this reader, who got {answer.status_code}"
    if meant and mark in ("", "*", "+") and answer.status_code != 200:
        yield f"is meant for this reader, who got {answer.status_code}"
    yield from _told(world, reader, address, answer, shown)
    seen = meant and mark in ("*", "+")
    expected = [(world.people[reader].mobile, "download" if mark == "+" else "view")] if seen else []
    if mark != "?" and [look[:2] for look in looks] != expected:
        yield f"written down as {looks} instead of {expected}"


def _told(world: World, reader: str, address: str, answer: HttpResponseBase, shown: str) -> Iterator[str]:
    """Secrets that this reader may not read, and any that could stay in a cache."""
    for what, secret in world.kept_from(reader).items():
        if secret in shown and secret not in address:  # "no such case as …" repeats what it was asked
            yield f"tells the {what}"
    about_case = [secret for what, secret in world.secrets.items() if not what.startswith("owner's")]
    personal = any(secret in shown for secret in (*about_case, world.draft.tracking))  # one's own name is in the menu
    if personal and answer.status_code == 200 and "no-store" not in answer.headers.get("Cache-Control", ""):
        yield "personal, and may lie in a cache"


def _writing(
    world: World, client: Client, reader: str, route: Route, path: str, method: str, before: tuple[Any, ...]
) -> Iterator[str]:
    """What is wrong with the answer to an empty body."""
    answer = client.generic(method, path, b"", content_type=JSON if path.startswith("/api/") else FORM)
    code, meant = answer.status_code, reader in world.audience(route.audience)
    yield from _told(world, reader, path, answer, text_of(answer))
    if code >= 500:
        yield f"a fault, {code}"
    if method not in route.methods or not meant:
        if code not in REFUSED and route.audience != "public" and not (meant and _shows_itself(route)):
            yield f"is not meant for this reader, who got {code}"
        if world.state() != before:
            yield "changed something"
    elif route.audience != "public" and (
        code == 401 or SIGN_IN in answer.headers.get("Location", "") or (code == 404 and not _nothing_there(path))
    ):
        yield f"is meant for this reader, who got {code}"


def _shows_itself(route: Route) -> bool:
    """Django's and allauth's forms show themselves to their audience whatever they are asked with."""
    return route.pattern.startswith(("account/second-factor/", "admin/"))


def _nothing_there(path: str) -> bool:
    """Whether the walk's one value for a number names nothing here (its ask has the number, no owner or hold has)."""
    return not path.startswith("/officer/") and "/asks/" not in path


JSON, SIGN_IN = "application/json", "/account/login"
FORM = "application/x-www-form-urlencoded"


def text_of(answer: Any) -> str:
    """What the answer says."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")
