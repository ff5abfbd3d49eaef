"""Kinds and steps over HTTP."""

import json
from typing import Any

import pytest
from django.test import Client

from apps.permits.models import PermitKind
from tests.permits.conftest import Street, street
from tests.permits.walking import ORDER, at, office
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db
__all__ = ["street"]
URL = "/api/v1/requests"


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, tracking: str, **body: Any) -> Any:
    return client.post(f"{URL}/{tracking}/steps", json.dumps(body), content_type="application/json")


def test_kinds_with_what_they_need(street: Street) -> None:
    found = client_of(street.owner).get(f"{URL}/kinds").json()["kinds"]
    by_code = {kind["code"]: kind for kind in found}
    assert set(by_code) == set(PermitKind.values)
    duplicate = by_code["DUPLICATE"]
    assert (duplicate["proposal"], duplicate["inspection"], duplicate["former"]) == (False, False, True)
    assert "former_number" in {field["code"] for field in duplicate["fields"]}
    assert {"lost", "damaged"} == {c["code"] for f in duplicate["fields"] if f["code"] == "loss" for c in f["choices"]}
    deed = next(d for d in by_code["NEW"]["documents"] if d["code"] == "deed")
    assert deed["required"]
    assert deed["sample"]["fa"]
    assert Client().get(f"{URL}/kinds").status_code == 401


def test_steps_with_the_reason_of_each_refusal(street: Street) -> None:
    made = street.request("A", filled=False)
    url = f"{URL}/{made.case.tracking}"
    steps = {s["verb"]: s for s in client_of(street.owner).get(url).json()["steps"]}
    assert set(steps) == {"cancel", "submit", "rebase"}
    assert steps["cancel"]["refused"] is None
    assert "Registry plate" in steps["submit"]["refused"]["en"]
    assert [field["code"] for field in steps["rebase"]["asks"]] == ["parcel"]


def test_a_step_is_taken_once(street: Street) -> None:
    made = street.request("A")
    owner, tracking = client_of(street.owner), made.case.tracking
    first = post(owner, tracking, verb="submit", expected="draft")
    assert first.status_code == 200, first.content
    assert first.json()["status"] == "submitted"
    again = post(owner, tracking, verb="submit", expected="draft")
    assert again.status_code == 409
    assert made.case.events.filter(kind="submit").count() == 1


def test_an_office_takes_its_step_and_no_other(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "rules", monkeypatch)
    tracking = made.case.tracking
    zoning = office_client(office("zoning_officer"))
    asks = {s["verb"]: [f["code"] for f in s["asks"]] for s in zoning.get(f"{URL}/{tracking}").json()["steps"]}
    assert asks == {"send_back": [], "announce": ["number", "dated"], "refer": [], "reject": []}
    officer = office_client(street.officer)
    assert post(officer, tracking, verb="announce", expected="rules", data=ORDER).status_code == 409
    assert post(zoning, tracking, verb="announce", expected="rules").status_code == 400
    assert post(zoning, tracking, verb="announce", expected="rules", data=ORDER).json()["status"] == "design"


def test_a_stranger_finds_nothing(street: Street, other_person: Any) -> None:
    made = street.request("A")
    assert post(client_of(other_person), made.case.tracking, verb="submit", expected="draft").status_code == 404


@pytest.mark.parametrize(
    "body",
    [{}, {"verb": "submit"}, {"verb": "", "expected": "draft"}, {"verb": "SUBMIT", "expected": "draft"},
     {"verb": "submit", "expected": "draft", "data": {str(n): "x" for n in range(11)}},
     {"verb": "submit", "expected": "draft", "said": "\x00"}],
    ids=["empty", "no_expected", "no_verb", "capitals", "too_much", "control"],
)  # fmt: skip
def test_bad_bodies(street: Street, body: dict[str, Any]) -> None:
    made = street.request("A")
    assert post(client_of(street.owner), made.case.tracking, **body).status_code == 400
