"""Held requests over HTTP: owner's page and API, officer's list and forms."""

import json
from datetime import date

import pytest
from django.test import Client

from apps.cases.models import Hold
from apps.legal.transition import Clause
from apps.permits.models import PermitRequest
from tests.permits.conftest import Street, held_by
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db
API = "/api/v1/requests"
FORM = {"rank": "50", "body": "دیوان عدالت", "number": "77", "dated": "1405/09/01", "level": "stop", "reason": "توقف"}


def test_the_form_over_http(street: Street, client: Client) -> None:
    case = street.request("A", sent=True).case
    office_client(street.officer, client)
    url = f"/en/officer/cases/{case.tracking}/"
    assert client.post(f"{url}hold/", FORM).status_code == 302
    hold = Hold.objects.get()
    assert (hold.authority, hold.rank, hold.number, hold.dated) == ("court", 50, "77", date(2026, 11, 22))
    for wrong in ({"rank": "x"}, {"rank": "51"}, {"dated": "yesterday"}, {"level": "hard"}, {"reason": ""}):
        answer = client.post(f"{url}hold/", {**FORM, "number": "78", **wrong})
        assert answer.status_code == 400, wrong
        assert 'value="78"' in answer.content.decode(), "what was typed is kept"
    lift = {**FORM, "rank": "20", "number": "79"}
    assert client.post(f"{url}holds/{hold.pk}/release/", lift).status_code == 409
    assert client.post(f"{url}holds/{hold.pk}/release/", {**lift, "rank": "60"}).status_code == 302
    assert not Hold.objects.active().exists()


def test_the_officers_pages_are_for_officers(street: Street, client: Client) -> None:
    case = street.request("A", sent=True).case
    assert client.get("/en/officer/cases/").status_code == 302
    assert client.post(f"/en/officer/cases/{case.tracking}/hold/", FORM).status_code == 302
    client.force_login(street.owner)
    assert client.get("/en/officer/cases/").status_code == 403
    for answer in (
        client.get(f"/en/officer/cases/{case.tracking}/"),
        client.post(f"/en/officer/cases/{case.tracking}/hold/", FORM),
    ):
        assert (answer.status_code, answer["Location"]) == (302, f"/en/requests/{case.tracking}/"), "to their own page"
    client.force_login(street.clerk)
    assert client.get(f"/en/officer/cases/{case.tracking}/").status_code == 404
    assert client.post(f"/en/officer/cases/{case.tracking}/hold/", FORM).status_code == 404
    assert not Hold.objects.exists()


def post(client: Client, url: str, body: object):
    return client.post(url, json.dumps(body), content_type="application/json")


@pytest.fixture
def owner(street: Street, client: Client) -> Client:
    client.force_login(street.owner)
    return client


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_owner_reads_why_and_chooses(street: Street, owner: Client) -> None:
    made = street.request("A")
    url = f"/en/requests/{made.case.tracking}/"
    assert "Send in" in text(owner.get(url))
    act = street.heard("hc-1404", "promulgate", transition=[Clause()])
    page = text(owner.get(url))
    assert act.number in page
    assert "Go on under the kept answer" in page
    assert "Send in" not in page
    assert "Held" in text(owner.get("/en/requests/"))
    refused = owner.post(f"{url}submit/")
    assert refused.status_code == 409
    assert "This case is held by" in text(refused)
    for wrong in ({}, {"choice": "continue"}, {"choice": "continue", "seen": "x"}):
        assert owner.post(f"{url}choose/", wrong).status_code in (400, 409)
    seen = PermitRequest.objects.get(pk=made.pk).examined_version
    assert owner.post(f"{url}choose/", {"choice": "continue", "seen": seen}).status_code == 302
    page = text(owner.get(url))
    assert "Goes on under the kept answer" in page
    assert held_by(made) == []
    assert owner.post(f"{url}submit/").status_code == 302
    assert 'value="withdraw"' in text(owner.get(url))


def test_the_page_of_a_request_whose_parcel_was_split(street: Street, owner: Client) -> None:
    from apps.cadastre.models import ParcelVersion
    from apps.common import clock

    made = street.request("A")
    street.heard("hc-1404", "promulgate")
    ParcelVersion.objects.update(legal=(date(2010, 1, 1), clock.today()))
    page = text(owner.get(f"/en/requests/{made.case.tracking}/"))
    assert "no longer stands as it was" in page
    assert 'value="withdraw"' in page
    assert 'value="recompose"' not in page


def test_a_draft_whose_answer_was_never_kept_still_opens(street: Street, owner: Client) -> None:
    """Drafts of before answers were kept: there is nothing to compare with, and that is said."""
    made = street.request("A")
    PermitRequest.objects.update(relied_digest="sha256:" + "0" * 64)
    assert "Send in" in text(owner.get(f"/en/requests/{made.case.tracking}/"))
    act = street.heard("hc-1404", "promulgate")
    assert held_by(made) == [(act.pk, "stop")]
    assert "was not kept" in text(owner.get(f"/en/requests/{made.case.tracking}/"))


def test_the_officer_sees_and_does_not_choose(street: Street, client: Client) -> None:
    made = street.request("A", sent=True)
    draft = street.request("B")
    street.heard("hc-1404", "promulgate")
    office_client(street.officer, client)
    listed = text(client.get("/en/officer/cases/"))
    assert made.case.tracking in listed
    assert draft.case.tracking not in listed
    assert "4 storeys → 5 storeys" in listed
    page = text(client.get(f"/en/requests/{made.case.tracking}/"))
    assert "You see this request as its case officer" in page
    assert 'name="choice"' not in page
    assert 'name="verb"' not in page
    answer = client.post(f"/en/requests/{made.case.tracking}/choose/", {"choice": "withdraw", "seen": "1"})
    assert answer.status_code == 403
    assert client.get("/en/requests/").content.decode().count(made.case.tracking) == 0, "not one of their own"
    assert client.get(f"/en/requests/{draft.case.tracking}/").status_code == 404


def test_the_api_tells_and_takes_a_choice(street: Street, owner: Client) -> None:
    made = street.request("A", sent=True)
    act = street.heard("hc-1404", "promulgate")
    url = f"{API}/{made.case.tracking}"
    one = owner.get(url).json()
    assert (one["status"], one["examining"], one["choices"]) == ("submitted", False, ["recompose", "withdraw"])
    [hold] = one["holds"]
    assert (hold["level"], hold["number"], hold["act"], hold["released_at"]) == ("stop", act.number, act.pk, None)
    storeys = next(d for d in one["differences"] if d["code"] == "max_storeys")
    assert (storeys["then"]["value"], storeys["now"]["value"]) == (4, 5)
    assert post(owner, f"{url}/choice", {"choice": "recompose", "examined_version": 0}).status_code == 409
    choice = {"choice": "recompose", "examined_version": one["examined_version"]}
    chosen = post(owner, f"{url}/choice", choice).json()
    assert (chosen["differences"], chosen["choices"]) == ([], [])
    assert chosen["relied_digest"] == chosen["today_digest"] != one["relied_digest"]
    assert chosen["holds"][0]["released_by"] == "choice"
    assert post(owner, f"{url}/choice", choice).status_code == 409
    assert post(owner, f"{url}/submit", {}).status_code == 409
    assert owner.get(API).json()["requests"][0]["holds"] == chosen["holds"]


def test_the_api_says_when_an_act_waits_to_be_examined(street: Street, owner: Client) -> None:
    made = street.request("A")
    street.decree("hc-1404", "promulgate")
    assert owner.get(f"{API}/{made.case.tracking}").json()["examining"]
    refused = post(owner, f"{API}/{made.case.tracking}/submit", {})
    assert (refused.status_code, refused.json()["error"]["details"]["guard"]) == (409, "examined")


def test_the_officer_reads_the_api_without_choices(street: Street, client: Client) -> None:
    made = street.request("A", sent=True)
    street.heard("hc-1404", "promulgate")
    office_client(street.officer, client)
    one = client.get(f"{API}/{made.case.tracking}").json()
    assert (one["seen_because"], one["choices"]) == ("case_officer", [])
    assert client.get(API).json() == {"requests": []}


def test_the_officers_list_takes_the_same_number_of_queries(
    street: Street, client: Client, django_assert_max_num_queries
) -> None:
    street.request("A", sent=True)
    office_client(street.officer, client)
    client.get("/en/officer/cases/")
    with django_assert_max_num_queries(15):
        client.get("/en/officer/cases/")
    for name in ("B", "C", "D", "E"):
        street.request(name, sent=True)
    street.heard("hc", "suspend")
    with django_assert_max_num_queries(15):
        assert client.get("/en/officer/cases/").content.decode().count("line-head") >= 5
