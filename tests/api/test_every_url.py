"""Walks every URL of the site as nobody, as the applicant and as somebody else: nobody sees another's case.

The list of URLs is read from the URL configuration, so a page that is added later is walked too; a page with a
parameter that this test does not know fails it until the parameter gets a value here.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment
from apps.permits import services
from tests.conftest import MakeParcel

CODE = "3-2-14-5-0-0-0"
VALUES = {
    "code": CODE,
    "layer": "parcels",
    "service": "complaint",
    "key": "nokey",
    "z": "0",
    "x": "0",
    "y": "0",
    "content_type_id": "1",
    "object_id": "1",
    "app_label": "cases",
    "url": "x",
    "feature": "1",
    "run": "00000000-0000-4000-8000-000000000001",
    "upload": "00000000-0000-4000-8000-000000000002",
    "draft": "00000000-0000-4000-8000-000000000003",
    "pk": "1",
    "sha256": "0" * 64,
    "edition": "1",
    "token": "notoken",
    "document": "1",
    "number": "1",
}
STEPS = ("/cancel", "/submit", "/choose", "/choice", "/steps", "/kinds", "/step", "/say", "/answer", "/dispute",
         "/declare", "/object", "/remove", "/consent")  # fmt: skip  # POST only, or about no request
OWNERS_ONLY = ("/requests/", "/en/requests/", "/api/v1/requests")


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def paths(tracking: str) -> list[str]:
    values = {**VALUES, "tracking": tracking}
    found = []
    for language in ("fa", "en"):
        with override(language):
            for route in routes(get_resolver().url_patterns):
                plain = (
                    re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "").replace("\\", "")
                )
                filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: values[name.group(1)], plain)
                found.append("/" + filled)
    return sorted(set(found))


@pytest.fixture
def tracking(person: Person, make_parcel: MakeParcel) -> str:
    make_parcel("3-2-14-5")
    made = services.start(person=person, parcel_code=CODE, kind="NEW", extract_digest="")
    return made.case.tracking


def secrets(person: Person, tracking: str) -> tuple[str, ...]:
    return (person.mobile, person.mobile.removeprefix("+98"), person.name_fa, person.name_en, tracking)


@pytest.mark.django_db
def test_there_are_pages_to_walk(tracking: str) -> None:
    found = paths(tracking)
    assert f"/api/v1/requests/{tracking}" in found
    assert f"/requests/{tracking}/" in found
    assert f"/en/requests/{tracking}/" in found
    assert len(found) > 40


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["anonymous", "other", "other_staff", "other_officer"])
def test_nobody_sees_anothers_case(role: str, method: str, person: Person, other_person: Person, tracking: str) -> None:
    if role == "other_staff":
        Person.objects.filter(pk=other_person.pk).update(is_staff=True)
    if role == "other_officer":  # a draft is nobody's but its applicant's, for an officer of the whole city as well
        ensure_assignment(person=other_person, role=Role.CASE_OFFICER, since=date(2020, 1, 1))
    client = Client()
    for path in paths(tracking):
        if role != "anonymous":
            client.force_login(other_person)
        response = getattr(client, method)(path)
        assert response.status_code < 500, (path, response.status_code)
        if response.streaming:
            continue
        shown = response.content.decode(errors="replace").replace(path, "").replace(f'"{tracking}"', "")
        for secret in secrets(person, ""):
            assert not secret or secret not in shown, (role, path, secret)
        if tracking in path:
            # 400: a body that cannot be read is refused before anybody's case is looked for.
            assert response.status_code in (301, 302, 400, 401, 404, 405), (role, path, response.status_code)
        else:
            assert tracking not in shown, (role, path)


@pytest.mark.django_db
def test_the_applicant_does_see_it(signed_in: Client, tracking: str) -> None:
    """Otherwise the walk above would prove nothing."""
    for start in OWNERS_ONLY:
        for path in (p for p in paths(tracking) if p.startswith(start) and not p.rstrip("/").endswith(STEPS)):
            response = signed_in.get(path)
            assert response.status_code == 200, path
            assert tracking in response.content.decode(), path


@pytest.mark.django_db
def test_the_admin_site_changes_no_law_and_no_case(client: Client, tracking: str) -> None:
    client.force_login(Person.objects.create_superuser("+989120000003"))
    for room in ("cases/case", "legal/legalact", "legal/instrument", "legal/inforceperiod"):
        assert client.get(f"/admin/{room}/").status_code == 200
        assert client.get(f"/admin/{room}/add/").status_code == 403
    change = "/admin/cases/case/1/change/"
    assert client.post(change, {"status": "closed"}).status_code in (302, 403)
    case = services.Case.objects.get(tracking=tracking)
    assert client.get(f"/admin/cases/case/{case.pk}/change/").status_code == 200
    assert client.post(f"/admin/cases/case/{case.pk}/change/", {"status": "closed"}).status_code == 403
    assert client.post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"}).status_code == 403
    case.refresh_from_db()
    assert case.status == "draft"
