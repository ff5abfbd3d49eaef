"""Mandates over the API: the same doors as the pages, the same refusals, nobody else's."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from apps.common import clock
from apps.parties.models import Mandate, MandateAsk, Organisation, Person
from tests.conftest import MakeParcel
from tests.parties.conftest import agent, join, office  # noqa: F401 - fixtures
from tests.parties.test_mandates_asking import code_of

pytestmark = pytest.mark.django_db
URL = "/api/v1/mandates"
LAND = "3-2-14-5"


@pytest.fixture(autouse=True)
def parcel(make_parcel: MakeParcel) -> None:
    make_parcel(LAND)


@pytest.fixture
def agents(agent: Person) -> Client:  # noqa: F811 - the fixture
    client = Client()
    client.force_login(agent)
    return client


def a_body(**other: Any) -> dict[str, Any]:
    until = (clock.today() + timedelta(days=90)).isoformat()
    usual = {"kind": "technical_agent", "scopes": ["view", "act"], "until": until, "land_code": LAND}
    return {**usual, "mobile": "09120000003", **other}


def post(client: Client, path: str = "", body: Any = None) -> Any:
    return client.post(URL + path, json.dumps(body or {}), content_type="application/json")


def test_give_list_and_revoke(signed_in: Client, agents: Client) -> None:
    made = post(signed_in, body=a_body())
    assert made.status_code == 201
    one = made.json()
    assert (one["scopes"], one["land_code"], one["state"]) == (["view", "act"], LAND, "standing")
    assert post(signed_in, body=a_body()).json()["id"] == one["id"]
    assert [held["id"] for held in agents.get(URL).json()["held"]] == [one["id"]]
    ended = [post(signed_in, f"/{one['id']}/revoke") for _ in range(2)]
    assert [answer.json()["state"] for answer in ended] == ["ended", "ended"]
    assert ended[0].json()["ended_because"]["en"] == "Revoked by the owner"
    assert ended[0].json()["ended_at"] == ended[1].json()["ended_at"]


def test_step_back_and_reclaim(signed_in: Client, agents: Client) -> None:
    one = post(signed_in, body=a_body()).json()["id"]
    assert post(agents, f"/{one}/revoke").status_code == 404
    assert post(signed_in, f"/{one}/renounce").status_code == 404
    assert post(agents, f"/{one}/renounce").json()["state"] == "ended"
    post(signed_in, body=a_body())
    after = post(signed_in, "/reclaim", {"land_code": LAND}).json()
    assert [row["state"] for row in after["given"]] == ["ended", "ended"]


def test_ask_send_the_code_and_confirm(person: Person, agent: Person, agents: Client, office: Organisation) -> None:  # noqa: F811
    join(agent, office)
    body = a_body(owner_mobile=person.mobile, kind="counter_office", organisation=office.pk)
    made = post(agents, "/asks", body)
    assert made.status_code == 201
    ask = made.json()
    assert (ask["own"], "Sample office" in ask["allows"]["en"]) == (False, True)
    assert post(agents, f"/asks/{ask['id']}/accept", {"code": "XXXX"}).status_code == 409
    assert post(agents, f"/asks/{ask['id']}/code").status_code == 200
    assert post(agents, f"/asks/{ask['id']}/accept", {"code": "XXXX"}).status_code == 400
    done = post(agents, f"/asks/{ask['id']}/accept", {"code": code_of(person)}).json()
    assert [row["state"] for row in done["held"]] == ["standing"]
    assert done["asks"] == []


def test_refuse(person: Person, signed_in: Client, agents: Client) -> None:
    ask = post(agents, "/asks", a_body(owner_mobile=person.mobile)).json()
    assert [row["own"] for row in signed_in.get(URL).json()["asks"]] == [True]
    assert post(signed_in, f"/asks/{ask['id']}/refuse").json()["asks"] == []
    assert MandateAsk.objects.get().state == "refused"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        pytest.param({"scopes": []}, 400, id="nothing allowed"),
        pytest.param({"scopes": ["act"]}, 400, id="act without view"),
        pytest.param({"until": "2020-01-01"}, 400, id="past"),
        pytest.param({"until": "9999-12-31"}, 400, id="last day of all"),
        pytest.param({"mobile": "09120000009"}, 404, id="nobody's number"),
        pytest.param({"mobile": "", "organisation": "10100387143"}, 404, id="no such organisation"),
        pytest.param({"land_code": "9-9-9-9"}, 404, id="no such parcel"),
        pytest.param({"tracking": "PR-2222-2222-2"}, 400, id="two subjects"),
        pytest.param({"basis": "x" * 201}, 400, id="long basis"),
    ],
)
def test_refusals(wrong: dict[str, Any], status: int, signed_in: Client, agents: Client) -> None:
    answer = post(signed_in, body=a_body(**wrong))
    assert answer.status_code == status
    assert set(answer.json()["error"]["message"]) == {"fa", "en"}
    assert not Mandate.objects.exists()


def test_a_strange_office_and_a_stranger(person: Person, agents: Client, office: Organisation) -> None:  # noqa: F811
    assert post(agents, "/asks", a_body(owner_mobile=person.mobile, organisation=office.pk)).status_code == 400
    assert Client().get(URL).status_code == 401
    assert post(Client(), body=a_body()).status_code == 401
