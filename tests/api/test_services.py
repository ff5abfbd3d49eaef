"""Services and cases over HTTP: a type that nobody wrote code for goes through all its states; public tracking."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from apps.cases.deadline_ticks import tick
from apps.cases.models import AccessRecord, Case, CaseTypeVersion, Deadline
from apps.common import clock
from apps.parties.models import Mandate, Person, Role, Scope
from apps.parties.services import ensure_assignment, ensure_person
from tests.cases.services_city import FOURTH, package
from tests.conftest import MakeParcel
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db
URL = "/api/v1/cases"
CITYWIDE = 31
Send = Callable[..., Any]


@pytest.fixture
def city(tmp_path: Path, settings: Settings) -> None:
    """A city whose services are the package's own and a fourth, invented one."""
    own = {p.stem: p.read_text(encoding="utf-8") for p in (Path(settings.CITY_ROOT) / "services").glob("*.toml")}
    settings.CITY_ROOT = package(tmp_path / "city", {**own, "lost_item": FOURTH})


@pytest.fixture
def officer(db: None) -> Client:
    """A case officer for the whole city."""
    return office_client(someone(CITYWIDE, Role.CASE_OFFICER))


def someone(number: int, role: Role | None = None) -> Person:
    person = ensure_person(mobile=f"0912000{number:04d}", name_fa="کسی", name_en="Somebody", verified=True)
    if role is not None:
        ensure_assignment(person=person, role=role, since=date(2020, 1, 1))
    return person


def post(client: Client, url: str, body: object) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json")


def put(client: Client, url: str, body: object) -> Any:
    return client.put(url, json.dumps(body), content_type="application/json")


def opened(client: Client, **body: Any) -> dict[str, Any]:
    made = post(client, URL, {"service": "lost_item", **body})
    assert made.status_code == 201, made.content
    return made.json()


def step(client: Client, tracking: str, verb: str, expected: str, **said: str) -> Any:
    return post(client, f"{URL}/{tracking}/steps", {"verb": verb, "expected": expected, **said})


# --- a type without code --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("city")
def test_an_invented_service_goes_through_all_its_states(signed_in: Client, officer: Client) -> None:
    case = opened(signed_in, form={"what": "other"})
    tracking = case["tracking"]
    assert tracking.startswith("LI-")
    assert (case["status"], case["turn"], case["form"], set(case["wrong"])) == (
        "draft",
        "owner",
        {"what": "other"},
        {"what_other"},
    )
    refused = step(signed_in, tracking, "submit", "draft")
    assert refused.status_code == 409
    assert "Its name" in refused.json()["error"]["message"]["en"]
    filled = put(signed_in, f"{URL}/{tracking}/form", {"form": {"what": "other", "what_other": "کلاه"}}).json()
    assert (filled["form"]["what_other"], filled["wrong"]) == ("کلاه", {})
    sent = step(signed_in, tracking, "submit", "draft").json()
    assert (sent["status"], sent["turn"], sent["role"], sent["form_open"]) == (
        "submitted",
        "office",
        "case_officer",
        False,
    )
    assert sent["due_at"]
    assert step(officer, tracking, "ask_documents", "submitted").status_code == 400, "it needs a reason"
    asked = step(officer, tracking, "ask_documents", "submitted", said="رنگش چیست؟").json()
    assert (asked["status"], asked["turn"], asked["public_code"]) == ("needs_docs", "owner", None)
    running = {d.code: d.due_at for d in Deadline.objects.filter(case__tracking=tracking, met_at__isnull=True)}
    assert running["submitted"] is None, "the city's term stands still while the owner is asked"
    assert running["needs_docs"] is not None
    assert step(signed_in, tracking, "resubmit", "needs_docs").json()["status"] == "submitted"
    found = step(officer, tracking, "find", "submitted").json()
    assert found["status"] == "found"
    mine = signed_in.get(f"{URL}/{tracking}").json()
    assert (mine["form_open"], mine["steps"]) == (True, ["fetch"]), "the data opens the form in a state of its own"
    closed = step(signed_in, tracking, "fetch", "found").json()
    assert (closed["status"], closed["turn"], closed["steps"]) == ("closed", "", [])
    kinds = [e.kind for e in Case.objects.get(tracking=tracking).events.order_by("pk")]
    assert kinds == ["open", "form", "submit", "ask_documents", "resubmit", "find", "fetch"]


@pytest.mark.usefixtures("city")
def test_a_term_that_has_passed_takes_the_step_that_the_data_names(signed_in: Client, officer: Client) -> None:
    tracking = opened(signed_in, form={"what": "bag"})["tracking"]
    step(signed_in, tracking, "submit", "draft")
    step(officer, tracking, "ask_documents", "submitted", said="کدام خط؟")
    tick()
    assert Case.objects.get(tracking=tracking).status == "needs_docs"
    with time_machine.travel(clock.now() + timedelta(days=7), tick=False):
        tick()
    case = Case.objects.get(tracking=tracking)
    assert case.status == "archived"
    assert case.events.order_by("-pk").first().actor_id is None


@pytest.mark.usefixtures("city")
def test_a_case_goes_on_under_the_definition_it_began_under(
    signed_in: Client, officer: Client, tmp_path: Path, settings: Settings
) -> None:
    tracking = opened(signed_in, form={"what": "bag"})["tracking"]
    settings.CITY_ROOT = package(tmp_path / "gone", {})
    assert "lost_item" not in json.dumps(signed_in.get("/api/v1/services").json())
    assert post(signed_in, URL, {"service": "lost_item"}).status_code == 404
    assert step(signed_in, tracking, "submit", "draft").json()["status"] == "submitted"
    assert step(officer, tracking, "find", "submitted").json()["status_name"]["en"] == "Found"
    assert CaseTypeVersion.objects.filter(code="lost_item").count() == 1


# --- steps that must not be ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("city")
def test_a_step_sent_twice_is_taken_once(signed_in: Client) -> None:
    tracking = opened(signed_in, form={"what": "bag"})["tracking"]
    assert step(signed_in, tracking, "submit", "draft").status_code == 200
    again = step(signed_in, tracking, "submit", "draft")
    assert again.status_code == 409
    assert "moved on" in again.json()["error"]["message"]["en"]
    assert Case.objects.get(tracking=tracking).events.filter(kind="submit").count() == 1


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("verb", ["find", "fetch", "archive", "castle", ""])
def test_forged_steps_are_refused_and_change_nothing(signed_in: Client, verb: str) -> None:
    tracking = opened(signed_in, form={"what": "bag"})["tracking"]
    assert step(signed_in, tracking, verb, "draft").status_code == 409
    assert Case.objects.get(tracking=tracking).status == "draft"


@pytest.mark.usefixtures("city")
def test_strangers_learn_nothing(signed_in: Client, officer: Client, other_person: Person) -> None:
    """An officer sees no draft; another citizen sees nothing at any time."""
    tracking = opened(signed_in, form={"what": "bag"})["tracking"]
    other = Client()
    other.force_login(other_person)
    for client in (other, officer):
        assert client.get(f"{URL}/{tracking}").status_code == 404
        assert put(client, f"{URL}/{tracking}/form", {"form": {}}).status_code == 404
        assert step(client, tracking, "submit", "draft").status_code == 404
    assert other.get(URL).json() == {"cases": [], "next": None}
    assert Client().get(f"{URL}/{tracking}").status_code == 401


@pytest.mark.usefixtures("city")
def test_each_look_of_an_officer_is_written_down(signed_in: Client, officer: Client) -> None:
    tracking = opened(signed_in, form={"what": "bag"})["tracking"]
    step(signed_in, tracking, "submit", "draft")
    before = AccessRecord.objects.filter(capacity="case_officer").count()
    assert officer.get(f"{URL}/{tracking}").json()["public_code"] is None
    assert AccessRecord.objects.filter(capacity="case_officer").count() == before + 1


# --- opening -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("city")
def test_the_same_call_twice_opens_one_case(signed_in: Client) -> None:
    first, second = opened(signed_in, form={"what": "bag"}), opened(signed_in, form={"what": "bag"})
    third = opened(signed_in, form={"what": "other"})
    assert first["tracking"] == second["tracking"] != third["tracking"]
    later = clock.now() + timedelta(minutes=11)
    with time_machine.travel(later, tick=False):
        assert opened(signed_in, form={"what": "bag"})["tracking"] not in (first["tracking"], third["tracking"])


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"service": "castle"}, 404, "There are"),
        ({"service": "permit", "parcel": "3-2-14-5"}, 400, "started from the page of a parcel"),
        ({"service": "tree_pruning"}, 400, "Show on the map"),
        ({"service": "tree_pruning", "lon": 51.67}, 400, "Show on the map"),
        ({"service": "tree_pruning", "lon": 2.35, "lat": 48.85}, 400, "outside the city"),
        ({"service": "tree_pruning", "lon": 500, "lat": 1}, 400, "cannot be read"),
        ({"service": "notary_inquiry"}, 400, ""),
        ({"service": "notary_inquiry", "parcel": "3-2-14-77"}, 404, "No parcel"),
        ({"service": "complaint", "form": {"text": ["x"]}}, 400, "cannot be read"),
        ({"service": "complaint\x00"}, 400, "cannot be read"),
        ({}, 400, "cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) and value else None,
)
def test_what_cannot_be_opened_says_why(
    body: dict[str, Any], status: int, says: str, signed_in: Client, make_parcel: MakeParcel
) -> None:
    make_parcel("3-2-14-5")
    refused = post(signed_in, URL, body)
    assert refused.status_code == status
    assert says in refused.json()["error"]["message"]["en"]
    assert not Case.objects.exists()


def test_an_agent_opens_in_the_owners_name(person: Person, other_person: Person, make_parcel: MakeParcel) -> None:
    """With a mandate to act on this land, and only on it; the history keeps who it was."""
    make_parcel("3-2-14-5")
    make_parcel("3-2-14-6", col=1)
    agent = Client()
    agent.force_login(other_person)
    body = {"service": "notary_inquiry", "parcel": "3-2-14-5", "for_owner": True}
    assert post(agent, URL, body).status_code == 403
    mandate = given(person, other_person, Scope.VIEW)
    assert post(agent, URL, body).status_code == 403, "to see is not to act"
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=clock.now(), ended_by=person, end_ground="revoked")
    given(person, other_person, Scope.VIEW, Scope.ACT)
    assert post(agent, URL, {**body, "parcel": "3-2-14-6"}).status_code == 403
    made = post(agent, URL, body)
    assert made.status_code == 201, made.content
    case = Case.objects.get(tracking=made.json()["tracking"])
    assert (case.applicant, case.opened_by) == (person, other_person)
    assert made.json()["seen_because"] == "agent"


def given(principal: Person, agent: Person, *scopes: Scope) -> Mandate:
    now = clock.now()
    return Mandate.objects.create(
        principal=principal,
        agent=agent,
        kind="technical_agent",
        scopes=[scope.value for scope in scopes],
        land_code="3-2-14-5",
        since=now,
        until=now + timedelta(days=9),
        basis="portal",
        given_at=now,
    )


def test_my_cases_come_in_pages_and_in_a_fixed_number_of_queries(
    signed_in: Client, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.api.cases.PER_PAGE", 3)
    for n in range(4):
        opened(signed_in, service="complaint", form={"text": f"چاله‌ای در گذر {n} هست"})
    with django_assert_max_num_queries(8):
        first = signed_in.get(URL).json()
    assert (len(first["cases"]), first["next"]) == (3, 2)
    last = signed_in.get(f"{URL}?page=2").json()
    assert (len(last["cases"]), last["next"]) == (1, None)
    assert len({c["tracking"] for c in first["cases"] + last["cases"]}) == 4
    assert signed_in.get(f"{URL}?page=0").status_code == 400


# --- catalogue -----------------------------------------------------------------------------------------------


def test_the_catalogue_and_a_definition(client: Client) -> None:
    listed = client.get("/api/v1/services").json()["services"]
    assert [s["code"] for s in listed] == ["permit", "notary_inquiry", "tree_pruning", "complaint"]
    assert [s["started_here"] for s in listed] == [False, True, True, True]
    assert listed[0]["kinds"]
    assert [s["code"] for s in client.get("/api/v1/services?q=شاخه 137").json()["services"]] == ["tree_pruning"]
    whole = client.get("/api/v1/services/notary_inquiry").json()
    assert (whole["off_in"], whole["number"], whole["national_service_id"]) == ([15], 26, "")
    assert whole["fields"][1]["when"] == {"field": "purpose", "values": ["other"]}
    assert {s["code"] for s in whole["states"]} >= {"draft", "needs_docs", "closed"}
    assert all(s["sources"] for s in whole["steps"])
    assert client.get("/api/v1/services/castle").status_code == 404


# --- public tracking -------------------------------------------------------------------------------------------


def tracked(client: Client, number: str, code: str) -> Any:
    return client.get("/api/v1/track", {"number": number, "code": code})


@pytest.mark.usefixtures("city")
def test_tracking_says_state_and_next_step_and_nothing_of_anybody(
    signed_in: Client, client: Client, person: Person
) -> None:
    case = opened(signed_in, form={"what": "other", "what_other": "کلاه آبی"})
    step(signed_in, case["tracking"], "submit", "draft")
    answer = tracked(client, case["tracking"], case["public_code"])
    said = answer.json()
    assert (said["status"], said["turn"], said["role"]["en"]) == ("submitted", "office", "Case officer")
    assert (said["next"]["en"], said["closed"], said["sample"]) == ("Found", False, True)
    assert said["since"]
    assert said["due_at"]
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer["Cache-Control"] == "no-store"
    for secret in (person.mobile, person.mobile[3:], person.name_fa, person.name_en, "کلاه", case["public_code"]):
        assert secret not in answer.content.decode()


@pytest.mark.usefixtures("city")
def test_spelling_of_number_and_code_does_not_matter(signed_in: Client, client: Client) -> None:
    case = opened(signed_in, form={"what": "bag"})
    persian = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    number, code = case["tracking"].lower().translate(persian), case["public_code"].translate(persian)
    assert tracked(client, f" {number} ", f" {code} ").status_code == 200


@pytest.mark.usefixtures("city")
def test_an_unknown_number_and_a_wrong_code_are_the_same_answer(signed_in: Client, client: Client) -> None:
    case = opened(signed_in, form={"what": "bag"})
    old = opened(signed_in, form={"what": "other"})
    Case.objects.filter(tracking=old["tracking"]).update(public_code="")
    wrong = f"{(int(case['public_code']) + 1) % 1_000_000:06d}"
    asked = [
        (case["tracking"], wrong),
        (case["tracking"], "------"),
        (case["tracking"], "کد"),
        ("LI-2222-2222-2", case["public_code"]),
        ("LI-0000", case["public_code"]),
        ("'; drop table", "x" * 200),
        (old["tracking"], "------"),
        (old["tracking"], ""),
    ]
    answers = [tracked(client, number, code) for number, code in asked]
    assert {a.status_code for a in answers} == {404}
    assert len({a.content for a in answers}) == 1
    assert tracked(client, "a\x00b", "1").status_code == 400


@pytest.mark.usefixtures("city")
def test_guessing_ends_and_then_the_right_code_helps_as_little(signed_in: Client, client: Client) -> None:
    case = opened(signed_in, form={"what": "bag"})
    wrong = f"{(int(case['public_code']) + 1) % 1_000_000:06d}"
    with time_machine.travel(clock.now(), tick=False):
        for _ in range(30):
            assert tracked(client, case["tracking"], case["public_code"]).status_code == 200
        guesses = [tracked(client, case["tracking"], wrong).status_code for _ in range(22)]
        assert guesses == [404] * 20 + [429] * 2
        assert tracked(client, case["tracking"].lower(), case["public_code"]).status_code == 429


def test_one_address_asks_only_so_often(client: Client) -> None:
    with time_machine.travel(clock.now(), tick=False):
        answers = [tracked(client, f"LI-{n:04d}-2222-2", "1").status_code for n in range(62)]
    assert answers == [404] * 60 + [429] * 2
