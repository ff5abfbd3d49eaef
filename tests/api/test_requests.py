"""Requests over HTTP: session, form token, one open request per land, and nobody sees another's."""

import json

import pytest
import time_machine
from django.test import Client

from apps.cases.models import Case
from apps.common import clock
from apps.extracts.canonical import sealed
from apps.extracts.extract import Extract
from apps.parties.models import Person
from tests.conftest import MakeParcel

pytestmark = pytest.mark.django_db
URL = "/api/v1/requests"
_SAID = {"subjects": [], "themes": {}, "duties": [], "complete": True}
_BODY, DIGEST = sealed({"law": {"version": 0}, "known_at": "2026-01-01T00:00:00Z", **_SAID})
ANSWER = Extract(digest=DIGEST, plain=_BODY)
BODY = {"parcel": "3-2-14-5", "permit_kind": "NEW", "extract_digest": DIGEST}


@pytest.fixture(autouse=True)
def parcel(make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")


@pytest.fixture(autouse=True)
def the_answer_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.permits.evidence.compose", lambda **_asked: ANSWER)


@pytest.fixture
def other(other_person: Person) -> Client:
    client = Client()
    client.force_login(other_person)
    return client


def post(client: Client, url: str = URL, body: object = BODY, **headers: str):
    return client.post(url, json.dumps(body), content_type="application/json", headers=headers)


def test_start_see_list_cancel(signed_in: Client) -> None:
    made = post(signed_in)
    assert made.status_code == 201
    tracking = made.json()["tracking"]
    assert made.json() == {"tracking": tracking, "status": "draft", "url": f"/requests/{tracking}/"}
    one = signed_in.get(f"{URL}/{tracking}").json()
    assert (one["parcel"], one["status"], one["seen_because"]) == ("3-2-14-5-0-0-0", "draft", "applicant")
    assert (one["kind"]["code"], one["extract_digest"]) == ("NEW", DIGEST)
    assert [line["kind"] for line in one["history"]] == ["open", "start"]
    assert all(line["by_applicant"] for line in one["history"])
    listed = signed_in.get(URL).json()["requests"]
    assert [row["tracking"] for row in listed] == [tracking]
    assert listed[0].items() <= one.items()
    cancelled = post(signed_in, f"{URL}/{tracking}/cancel", {})
    assert cancelled.json()["status"] == "cancelled"
    assert post(signed_in, f"{URL}/{tracking}/cancel", {}).status_code == 409


def test_twice_is_once(signed_in: Client) -> None:
    first, second = post(signed_in), post(signed_in)
    assert first.json() == second.json()
    assert Case.objects.count() == 1
    conflict = post(signed_in, body={**BODY, "permit_kind": "REPAIR"})
    assert conflict.status_code == 409
    assert conflict.json()["error"]["details"]["open"] == first.json()["tracking"]


def test_another_person_learns_no_more_than_that_one_is_open(signed_in: Client, other: Client, person: Person) -> None:
    tracking = post(signed_in).json()["tracking"]
    Case.objects.filter(tracking=tracking).update(status="submitted")
    conflict = post(other)
    assert conflict.status_code == 409
    assert conflict.json()["error"]["details"]["open"] is None
    for secret in (tracking, person.mobile, person.name_fa):
        assert secret not in conflict.content.decode()


def test_nobody_sees_anothers(signed_in: Client, other: Client) -> None:
    tracking = post(signed_in).json()["tracking"]
    missing = "PR-2222-2222-2"
    for method, tail in (("get", ""), ("post", "/cancel")):
        theirs = getattr(other, method)(f"{URL}/{tracking}{tail}", content_type="application/json")
        nothing = getattr(other, method)(f"{URL}/{missing}{tail}", content_type="application/json")
        assert (theirs.status_code, nothing.status_code) == (404, 404)
        assert theirs.content.decode().replace(tracking, missing) == nothing.content.decode()
    assert other.get(URL).json() == {"requests": []}
    assert Case.objects.get().status == "draft"


def test_not_signed_in_is_json_401_and_no_redirect(client: Client) -> None:
    for response in (
        post(client),
        client.get(URL),
        client.get(f"{URL}/PR-2222-2222-2"),
        post(client, f"{URL}/x/cancel"),
    ):
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "sign_in_required"
    assert post(Client(enforce_csrf_checks=True)).status_code == 401


def test_a_session_alone_is_not_enough_to_write(person: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    refused = post(strict)
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "forbidden"
    assert not Case.objects.exists()
    strict.get("/account/logout/")  # any page with a form hands out the token
    token = strict.cookies["csrftoken"].value
    assert post(strict, **{"X-CSRFToken": token}).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**BODY, "parcel": "3-2-14-9"}, 404),
        ({**BODY, "parcel": "rubbish"}, 400),
        ({**BODY, "parcel": ""}, 400),
        ({**BODY, "parcel": "3-2\x00"}, 400),
        ({**BODY, "permit_kind": "CASTLE"}, 400),
        ({**BODY, "extract_digest": "md5:1"}, 400),
        ({"parcel": "3-2-14-5"}, 400),
        ([], 400),
        ("", 400),
    ],
)
def test_bad_input(signed_in: Client, body: object, status: int) -> None:
    response = post(signed_in, body=body)
    assert response.status_code == status, response.content
    assert response.json()["error"]["message"]["fa"]
    assert not Case.objects.exists()


def test_broken_json(signed_in: Client) -> None:
    response = signed_in.post(URL, "{", content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_input"


def test_too_many_starts(signed_in: Client) -> None:
    with time_machine.travel(clock.now(), tick=False):
        answers = [post(signed_in).status_code for _ in range(21)]
    assert answers == [201] * 20 + [429]


def test_listing_takes_the_same_number_of_queries_for_one_and_for_many(
    signed_in: Client, make_parcel: MakeParcel, django_assert_num_queries
) -> None:
    post(signed_in)
    with django_assert_num_queries(6):
        signed_in.get(URL)
    for n in range(6, 12):
        make_parcel(f"3-2-14-{n}", col=n)
        assert post(signed_in, body={**BODY, "parcel": f"3-2-14-{n}"}).status_code == 201
    with django_assert_num_queries(6):
        assert len(signed_in.get(URL).json()["requests"]) == 7
