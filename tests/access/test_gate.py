"""The second factor where a role alone would show a case: pages and API alike, and owners are not asked for it."""

from datetime import date

import pytest
from django.test import Client
from django.utils.http import urlencode

from apps.cases.models import AccessRecord
from apps.parties.models import Role
from apps.parties.services import ensure_assignment
from tests.access.world import World

pytestmark = pytest.mark.django_db


def addresses(world: World) -> tuple[str, ...]:
    """Pages and operations that are no pages of the offices and show a case to an office too."""
    tracking, document = world.case.tracking, world.values["document"]
    return (
        f"/en/requests/{tracking}/",
        f"/en/requests/{tracking}/proposal/",
        f"/en/requests/{tracking}/inspection/",
        f"/en/case-files/{tracking}/",
        f"/en/case-files/{tracking}/{document}/1/",
        f"/api/v1/requests/{tracking}",
        f"/api/v1/cases/{tracking}",
        f"/api/v1/case-files/{tracking}",
        f"/api/v1/case-files/{tracking}/{document}/1",
        f"/api/v1/requests/{tracking}/proposal",
        f"/api/v1/requests/{tracking}/inspection",
    )


def test_an_officer_is_asked_for_it_and_comes_back(world: World) -> None:
    before, client = AccessRecord.objects.count(), world.client("officer_without_factor")
    for path in addresses(world):
        answer = client.get(path)
        if path.startswith("/api/"):
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden"), path
            assert "second step" in answer.json()["error"]["message"]["en"]
        else:
            way = f"/en/account/second-factor/setup/?{urlencode({'next': path})}"
            assert (answer.status_code, answer["Location"]) == (302, way), path
    assert AccessRecord.objects.count() == before


def test_with_it_the_same_addresses_open(world: World) -> None:
    client = world.client("officer")
    assert [client.get(path).status_code for path in addresses(world)] == [200] * len(addresses(world))


def test_a_number_that_is_nobodys_is_answered_in_the_same_way(world: World) -> None:
    """The way to the second factor says nothing about whether there is such a case."""
    client = world.client("officer_without_factor")
    there, nowhere = (f"/api/v1/requests/{number}" for number in (world.case.tracking, "PR-AAAA-AAAA-A"))
    assert client.get(there).json() == client.get(nowhere).json()


def test_owners_who_work_for_the_city_see_their_own_without_it(world: World) -> None:
    for reader in ("owner", "co_owner", "agent"):
        ensure_assignment(person=world.people[reader], role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])
        client = Client()
        client.force_login(world.people[reader])
        for path in addresses(world):
            assert client.get(path).status_code == 200, (reader, path)
        assert client.get(f"/en/officer/cases/{world.case.tracking}/").status_code == 302


def test_the_way_to_the_offices_is_shown_before_it(world: World) -> None:
    """The menu leads there; nothing of what is there is shown."""
    page = world.client("officer_without_factor").get("/en/requests/").content.decode()
    assert "/en/officer/cases/" in page
    assert world.case.tracking not in page


def test_lists_of_the_api_hold_ones_own_cases_alone(world: World) -> None:
    for reader in ("officer", "officer_without_factor", "auditor"):
        client = world.client(reader)
        assert client.get("/api/v1/requests").json() == {"requests": []}
        assert client.get("/api/v1/cases").json()["cases"] == []


def test_answers_for_signed_in_people_lie_in_no_cache(world: World) -> None:
    client = world.client("owner")
    for path in (f"/api/v1/cases/{world.case.tracking}", "/api/v1/mandates", "/en/", "/en/services/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
    assert "Cache-Control" not in Client().get("/en/services/").headers, "the same for everybody, and no business of it"
