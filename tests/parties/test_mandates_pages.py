"""My mandates over HTTP: give, take back with one tap, ask and confirm at a counter; and whose pages they are."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.common import clock
from apps.parties.models import AskState, Mandate, MandateAsk, Organisation, Person
from tests.conftest import MakeParcel
from tests.parties.conftest import MONTH, NOON, MakeMandate, join
from tests.parties.test_mandates_asking import code_of

pytestmark = pytest.mark.django_db
LAND = "3-2-14-5"
GIVE = "/en/mandates/give/"


@pytest.fixture(autouse=True)
def parcel(make_parcel: MakeParcel) -> None:
    make_parcel(LAND)


@pytest.fixture
def agents(agent: Person) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def a_form(**other: object) -> dict[str, object]:
    until = (clock.today() + timedelta(days=90)).isoformat()
    usual = {"kind": "technical_agent", "scopes": ["view", "act"], "until": until, "land": LAND}
    return {**usual, "mobile": "09120000003", **other}


def now_mandate(make_mandate: MakeMandate, **other: object) -> Mandate:
    """One that stands while the test runs."""
    now = clock.now()
    return make_mandate(**{"since": now, "given_at": now, "until": now + MONTH, **other})


def test_give_see_and_take_back_with_one_tap(signed_in: Client, agents: Client, agent: Person) -> None:
    answer = signed_in.post(GIVE, a_form(), follow=True)
    assert answer.redirect_chain == [("/en/mandates/", 302)]
    shown = answer.content.decode()
    assert "You can take it back at any time" in shown
    assert "see the case, take steps" in shown
    mandate = Mandate.objects.get()
    assert (mandate.land_code, mandate.agent, mandate.scopes) == (LAND, agent, ["view", "act"])
    assert "Sample One" in agents.get("/en/mandates/").content.decode()
    one_tap = f"/en/mandates/{mandate.pk}/revoke/"
    assert one_tap in shown
    assert "has ended" in signed_in.post(one_tap, follow=True).content.decode()
    after = agents.get("/en/mandates/").content.decode()
    assert "Revoked by the owner" in after
    assert "Step back" not in after


@time_machine.travel(NOON)
def test_a_day_in_jalali_is_whole(signed_in: Client, agent: Person) -> None:
    signed_in.post(GIVE, a_form(until="۱۴۰۵/۱۲/۰۱"))
    assert Mandate.objects.get().until.isoformat() == "2027-02-20T20:30:00+00:00"
    shown = signed_in.get("/mandates/").content.decode()
    assert "تا پایان روز" in shown
    assert "۱ اسفند ۱۴۰۵" in shown


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        pytest.param({"mobile": "09120000009"}, 404, "sign in with it once", id="nobody's number"),
        pytest.param({"mobile": ""}, 400, "either the agent", id="no agent"),
        pytest.param({"mobile": "", "office": "10380284791"}, 400, "eleven digits", id="wrong identifier"),
        pytest.param({"mobile": "09120000001"}, 400, "yourself", id="to oneself"),
        pytest.param({"scopes": ["act"]}, 400, "must see", id="act without view"),
        pytest.param({"scopes": []}, 400, "at least one", id="nothing allowed"),
        pytest.param({"land": "9-9-9-9"}, 404, "9-9-9-9", id="no such parcel"),
        pytest.param({"land": "hello"}, 400, "", id="no code"),
        pytest.param({"land": "", "case": "PR-2222-2222-2"}, 404, "tracking number", id="no such case"),
        pytest.param({"until": "yesterday"}, 400, "cannot be read", id="no day"),
        pytest.param({"until": "2020-01-01"}, 400, "within two years", id="past"),
        pytest.param({"kind": "counter_office"}, 400, "does not fit", id="a person is no counter office"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    wrong: dict[str, object], status: int, says: str, signed_in: Client, agent: Person
) -> None:
    answer = signed_in.post(GIVE, a_form(**{"basis": "No. 12 of 1 May", **wrong}))
    shown = answer.content.decode()
    assert answer.status_code == status
    assert says in shown
    assert 'value="No. 12 of 1 May"' in shown
    assert not Mandate.objects.exists()


def test_a_link_fills_the_form(signed_in: Client) -> None:
    assert f'value="{LAND}"' in signed_in.get(f"{GIVE}?land={LAND}").content.decode()


def test_reclaim_is_offered_where_several_stand(
    signed_in: Client, make_mandate: MakeMandate, other_person: Person
) -> None:
    first = now_mandate(make_mandate, land_code=LAND)
    assert "reclaim/" not in signed_in.get("/en/mandates/").content.decode()
    now_mandate(make_mandate, land_code=LAND, agent=other_person)
    assert "reclaim/" in signed_in.get("/en/mandates/").content.decode()
    signed_in.post("/en/mandates/reclaim/", {"land": first.land_code, "case": ""})
    assert not Mandate.objects.filter(ended_at__isnull=True).exists()


def test_nobody_ends_what_is_not_theirs(signed_in: Client, agents: Client, make_mandate: MakeMandate) -> None:
    mandate = now_mandate(make_mandate)
    assert agents.post(f"/en/mandates/{mandate.pk}/revoke/").status_code == 404
    assert signed_in.post(f"/en/mandates/{mandate.pk}/renounce/").status_code == 404
    assert signed_in.get(f"/en/mandates/{mandate.pk}/revoke/").status_code == 405
    assert Client().post(f"/en/mandates/{mandate.pk}/revoke/").status_code == 302
    assert Client().get("/en/mandates/").status_code == 302
    mandate.refresh_from_db()
    assert mandate.ended_at is None


def test_a_clerk_is_told_who_may_step_back(
    agents: Client, agent: Person, office: Organisation, make_mandate: MakeMandate
) -> None:
    mandate = now_mandate(make_mandate, agent_organisation=office)
    join(agent, office)
    assert "renounce/" not in agents.get("/en/mandates/").content.decode()
    answer = agents.post(f"/en/mandates/{mandate.pk}/renounce/")
    assert answer.status_code == 403
    assert "manager or signatory" in answer.content.decode()
    join(agent, office, role="manager")
    assert "You stepped back" in agents.post(f"/en/mandates/{mandate.pk}/renounce/", follow=True).content.decode()


def test_at_the_counter(person: Person, agent: Person, agents: Client, office: Organisation) -> None:
    join(agent, office)
    form = a_form(mobile=person.mobile, kind="counter_office", office=str(office.pk))
    page = agents.post("/en/mandates/ask/", form)
    ask = MandateAsk.objects.get()
    assert page.headers["Location"] == f"/en/mandates/asks/{ask.pk}/"
    shown = agents.post(f"/en/mandates/asks/{ask.pk}/code/", follow=True).content.decode()
    assert "***0001" in shown
    assert person.mobile not in shown
    wrong = agents.post(f"/en/mandates/asks/{ask.pk}/accept/", {"code": "XXXX"})
    assert (wrong.status_code, "not right" in wrong.content.decode()) == (400, True)
    right = agents.post(f"/en/mandates/asks/{ask.pk}/accept/", {"code": code_of(person)}, follow=True)
    assert "Confirmed" in right.content.decode()
    assert Mandate.objects.get().agent_organisation == office
    assert agents.post(f"/en/mandates/asks/{ask.pk}/accept/", {"code": "XXXX"}).status_code == 409


def test_from_afar_the_owner_confirms_or_refuses(
    person: Person, signed_in: Client, agents: Client, other_person: Person
) -> None:
    agents.post("/en/mandates/ask/", a_form(mobile=person.mobile))
    agents.post("/en/mandates/ask/", a_form(mobile=person.mobile, scopes=["pay"]))
    wide, narrow = MandateAsk.objects.order_by("pk")
    shown = signed_in.get("/en/mandates/").content.decode()
    assert "Waiting for your answer" in shown
    signed_in.post(f"/en/mandates/asks/{wide.pk}/refuse/")
    signed_in.post(f"/en/mandates/asks/{narrow.pk}/code/")
    signed_in.post(f"/en/mandates/asks/{narrow.pk}/accept/", {"code": code_of(person)})
    wide.refresh_from_db()
    assert (wide.state, Mandate.objects.get().scopes) == (AskState.REFUSED, ["pay"])
    stranger = Client()
    stranger.force_login(other_person)
    assert stranger.get(f"/en/mandates/asks/{wide.pk}/").status_code == 404
    assert stranger.post(f"/en/mandates/asks/{wide.pk}/code/").status_code == 404


def test_an_ask_in_the_name_of_a_strange_office(person: Person, agents: Client, office: Organisation) -> None:
    answer = agents.post("/en/mandates/ask/", a_form(mobile=person.mobile, office=str(office.pk)))
    assert (answer.status_code, "none of your offices" in answer.content.decode()) == (400, True)
    assert not MandateAsk.objects.exists()


def test_codes_are_few_and_the_page_says_so(person: Person, agents: Client) -> None:
    agents.post("/en/mandates/ask/", a_form(mobile=person.mobile))
    pk = MandateAsk.objects.get().pk
    found = [agents.post(f"/en/mandates/asks/{pk}/code/").status_code for _ in range(3)]
    assert found == [302, 302, 429]


def test_asks_and_gifts_are_few(person: Person, agents: Client) -> None:
    """Each tells whether a number has an account."""
    asked = [agents.post("/en/mandates/ask/", a_form(mobile=f"0912000{n:04}")).status_code for n in range(5000, 5021)]
    assert asked == [404] * 20 + [429]
    given = [agents.post(GIVE, a_form(mobile=f"0912000{n:04}")).status_code for n in range(5000, 5031)]
    assert given == [404] * 30 + [429]


def test_every_start_and_end_is_listed(
    signed_in: Client, person: Person, make_mandate: MakeMandate, other_person: Person
) -> None:
    now = clock.now()
    past = {"since": now - 3 * MONTH, "given_at": now - 3 * MONTH}
    make_mandate(**past, until=now - MONTH)
    make_mandate(
        **past, until=now + MONTH, ended_at=now - MONTH, ended_by=person, end_ground="officer", end_reason="جعلی"
    )
    make_mandate(**past, until=now + MONTH, principal=other_person, agent=person)
    shown = re.sub(r"\s+", " ", signed_in.get("/en/mandates/").content.decode())
    log = shown[shown.index('id="log"') :]
    assert log.count("<b>Given</b>") == 3
    assert log.count("<b>Its time was over</b>") == 1
    assert log.count("<b>Ended by the municipality</b>") == 1
    assert "جعلی" in log
    assert "time is over" in shown


def test_a_closed_account_on_the_other_side_is_said(
    signed_in: Client, agent: Person, make_mandate: MakeMandate
) -> None:
    now_mandate(make_mandate)
    Person.objects.filter(pk=agent.pk).update(is_active=False)
    shown = signed_in.get("/en/mandates/").content.decode()
    assert "Nothing can be done by it now" in shown
    assert "revoke/" in shown


def test_any_number_of_mandates_takes_the_same_number_of_questions(
    signed_in: Client,
    make_mandate: MakeMandate,
    office: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    now_mandate(make_mandate)
    with django_assert_max_num_queries(100) as few:
        signed_in.get("/en/mandates/")
    for number in range(10):
        now_mandate(make_mandate, land_code=f"3-2-14-{number}")
        now_mandate(make_mandate, land_code=f"3-2-14-{number}", agent_organisation=office)
    with django_assert_max_num_queries(len(few)):
        signed_in.get("/en/mandates/")


def test_a_company_and_a_person_without_a_name_are_called_something(
    signed_in: Client, office: Organisation, make_mandate: MakeMandate, other_person: Person, agent: Person
) -> None:
    now_mandate(make_mandate, principal_organisation=office)
    now_mandate(make_mandate, principal=other_person, land_code="", case_tracking="PR-2222-2222-2")
    Person.objects.filter(pk=agent.pk).update(name_fa="", name_en="")
    client = Client()
    client.force_login(agent)
    shown = client.get("/en/mandates/").content.decode()
    assert "Sample office" in shown
    assert "case PR-2222-2222-2" in shown
    assert "…0003" in shown
