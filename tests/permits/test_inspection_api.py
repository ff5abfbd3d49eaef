"""Visits by the API: read, book, move, cancel."""

import json

import pytest
from django.test import Client

from apps.parties.services import ensure_person
from tests.permits.conftest import Street
from tests.permits.inspecting import at_inspection, report, today_visit
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db


def test_a_visit_by_the_api(street: Street, client: Client) -> None:
    made = at_inspection(street)
    url = f"/api/v1/requests/{made.case.tracking}/inspection"
    assert client.get(url).status_code == 401
    client.force_login(street.owner)
    said = client.get(url).json()
    assert (said["visit"], said["report"], said["bookable"], said["sample"]) == (None, None, True, True)
    assert len(said["prerequisites"]) == 4
    assert said["free"][0]["seats"] == 2

    def send(verb: str, slot: str) -> dict:
        answer = getattr(client, verb)(url, json.dumps({"slot": slot}), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    first, second = said["free"][0]["slot"], said["free"][1]["slot"]
    booked = send("post", first)["visit"]
    assert (f"{booked['day']}T{booked['starts']}", booked["state"]) == (first, "booked")
    moved = send("put", second)
    assert (moved["visit"]["starts"], moved["changes_left"]) == (second[-5:], 1)
    gone = client.delete(url).json()
    assert (gone["visit"]["state"], gone["changes_left"]) == ("cancelled", 0)
    for wrong, status in (("never", 400), ("2001-01-01T08:00", 409)):
        answer = client.post(url, json.dumps({"slot": wrong}), content_type="application/json")
        assert answer.status_code == status


def test_the_report_that_counts(street: Street, client: Client) -> None:
    made = at_inspection(street)
    report(today_visit(made, street.owner), area="395.5")
    office_client(street.officer, client)
    said = client.get(f"/api/v1/requests/{made.case.tracking}/inspection").json()
    assert (said["bookable"], said["free"], said["visit"]["state"]) == (False, [], "done")
    assert (said["report"]["outcome"], said["report"]["area_m2"], said["report"]["version"]) == (
        "as_described",
        395.5,
        1,
    )


def test_a_stranger_finds_nothing(street: Street, client: Client) -> None:
    made = at_inspection(street)
    client.force_login(ensure_person(mobile="09120000059", name_fa="غریبه", name_en="Stranger", verified=True))
    url = f"/api/v1/requests/{made.case.tracking}/inspection"
    body = json.dumps({"slot": "2001-01-01T08:00"})
    for verb in ("post", "put"):
        assert getattr(client, verb)(url, body, content_type="application/json").status_code == 404
    assert (client.get(url).status_code, client.delete(url).status_code) == (404, 404)
