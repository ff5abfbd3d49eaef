"""Giving and ending: who may, what is refused and how it is said, and that the owner's room above hears of it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoCaptureOnCommitCallbacks

from apps.common import clock, events
from apps.common.errors import BadInputError, ForbiddenError, NotFoundError
from apps.parties import mandates, mandates_ending
from apps.parties.events import MandateEnded, MandateGiven
from apps.parties.mandate_rules import LONGEST_DAYS, PORTAL, Offer, offer
from apps.parties.mandates_giving import Agent, agent_of, give_mandate
from apps.parties.models import Mandate, MemberRole, Organisation, Person, Role, Scope
from apps.parties.services import ensure_assignment
from tests.parties.conftest import LAND, MONTH, NOON, MakeMandate, join

DAY = timedelta(days=1)


def an_offer(**other: Any) -> Offer:
    terms = {
        "kind": "technical_agent",
        "scopes": ["view", "act"],
        "until": NOON + MONTH,
        "now": NOON,
        "land_code": LAND,
    }
    return offer(**{**terms, **other})


def clock_offer(lasts: timedelta) -> Offer:
    """One that begins now, for tests that let the clock run."""
    return an_offer(until=clock.now() + lasts, now=clock.now())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"kind": "king"}, "not known", id="unknown kind"),
        pytest.param({"scopes": []}, "at least one", id="nothing allowed"),
        pytest.param({"scopes": ["view", "rule"]}, "at least one", id="unknown scope"),
        pytest.param({"scopes": ["act", "pay"]}, "must see", id="act without view"),
        pytest.param({"land_code": ""}, "not both", id="no subject"),
        pytest.param({"tracking": "PR-2222-2222-2"}, "not both", id="two subjects"),
        pytest.param({"land_code": "3-2 or 1=1"}, "cannot be read", id="no code"),
        pytest.param({"until": NOON}, "within two years", id="already over"),
        pytest.param({"until": NOON + LONGEST_DAYS * DAY}, "within two years", id="too long"),
        pytest.param({"basis": "x" * 201}, "shorter", id="long basis"),
        pytest.param({"basis": "a\x00b"}, "shorter", id="controls in the basis"),
    ],
)
def test_what_an_offer_refuses(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        an_offer(**wrong)


def test_an_offer_reads_what_people_write() -> None:
    found = an_offer(land_code=" ۳-۲-۱۴-۵ ", scopes=["act", "view"], basis="  وکالت‌نامهٔ ۱۲  ")
    assert (found.land_code, found.stored_scopes, found.basis) == (LAND, ["view", "act"], "وکالت‌نامهٔ ۱۲")
    assert an_offer().basis == PORTAL
    assert an_offer(land_code="", tracking="pr-2222-2222-2").tracking == "PR-2222-2222-2"


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    """Events of this room, as a room above would hear them."""
    found: list[events.Event] = []
    for kind in (MandateGiven, MandateEnded):
        monkeypatch.setitem(events._listeners, kind, [found.append])
    return found


def test_given_and_taken_back(
    person: Person,
    agent: Person,
    heard: list[events.Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), time_machine.travel(NOON) as time:
        made = give_mandate(principal=person, agent=agent_of(mobile="0912 000 0003"), offer=an_offer())
        assert mandates.scopes(agent, principal_id=person.pk, land_code=LAND) == {Scope.VIEW, Scope.ACT}
        time.shift(DAY)
        ended = mandates_ending.revoke(person=person, mandate=made.pk)
        assert mandates.scopes(agent, principal_id=person.pk, land_code=LAND) == frozenset()
    assert (ended.ended_by, ended.end_ground) == (person, "revoked")
    assert [(type(event), event.mandate_id) for event in heard] == [(MandateGiven, made.pk), (MandateEnded, made.pk)]


def test_the_same_press_twice_gives_and_ends_once(
    person: Person,
    agent: Person,
    heard: list[events.Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), time_machine.travel(NOON) as time:
        made = [give_mandate(principal=person, agent=Agent(person=agent), offer=an_offer()) for _ in range(2)]
        time.shift(DAY)
        first = mandates_ending.revoke(person=person, mandate=made[0].pk)
        time.shift(DAY)
        again = mandates_ending.revoke(person=person, mandate=made[0].pk)
    assert made[0].pk == made[1].pk
    assert again.ended_at == first.ended_at
    assert len(heard) == 2


def test_after_it_was_taken_back_the_same_can_be_given_anew(person: Person, agent: Person) -> None:
    with time_machine.travel(NOON):
        first = give_mandate(principal=person, agent=Agent(person=agent), offer=an_offer())
        mandates_ending.revoke(person=person, mandate=first.pk)
        second = give_mandate(principal=person, agent=Agent(person=agent), offer=an_offer())
    assert second.pk != first.pk


def test_nobody_gives_to_themselves_under_another_number(person: Person, agent: Person) -> None:
    Person.objects.filter(pk__in=[person.pk, agent.pk]).update(national_id="0000001015")
    person.refresh_from_db()
    agent.refresh_from_db()
    for who in (person, agent):
        with pytest.raises(BadInputError, match="yourself"):
            give_mandate(principal=person, agent=Agent(person=who), offer=an_offer())
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(
    ("kind", "organisation_kind", "fits"),
    [
        ("counter_office", "counter_office", True),
        ("counter_office", "engineering_office", False),
        ("counter_office", None, False),
        ("technical_agent", "engineering_office", True),
        ("technical_agent", "counter_office", False),
        ("attorney", "legal_person", True),
        ("attorney", "public_body", False),
        ("co_owner", None, True),
    ],
)
def test_a_kind_goes_to_who_fits_it(
    kind: str, organisation_kind: str | None, fits: bool, person: Person, agent: Person, office: Organisation
) -> None:
    Organisation.objects.update(kind=organisation_kind or "legal_person")
    office.refresh_from_db()
    to = Agent(organisation=office) if organisation_kind else Agent(person=agent)
    with time_machine.travel(NOON):
        if fits:
            assert give_mandate(principal=person, agent=to, offer=an_offer(kind=kind)).kind == kind
            return
        with pytest.raises(BadInputError, match="does not fit"):
            give_mandate(principal=person, agent=to, offer=an_offer(kind=kind))


def test_an_agent_is_found_by_number_or_identifier(agent: Person, office: Organisation) -> None:
    assert agent_of(mobile="۰۹۱۲۰۰۰۰۰۰۳").person == agent
    assert agent_of(national_id="10380284790").organisation == office
    for wrong in ({}, {"mobile": "09120000003", "national_id": "10380284790"}, {"mobile": "0912"}):
        with pytest.raises(BadInputError):
            agent_of(**wrong)
    Person.objects.update(is_active=False)
    with pytest.raises(NotFoundError, match="sign in with it once"):
        agent_of(mobile="09120000003")


def test_a_number_that_nobody_proved_to_hold_is_nobodys(agent: Person) -> None:
    Person.objects.update(mobile_verified=False)
    with pytest.raises(NotFoundError):
        agent_of(mobile=agent.mobile)


def test_who_is_switched_off_gives_nothing(person: Person, agent: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    with time_machine.travel(NOON), pytest.raises(ForbiddenError):
        give_mandate(principal=person, agent=Agent(person=agent), offer=an_offer())


def test_a_company_gives_through_who_binds_it(person: Person, agent: Person, office: Organisation) -> None:
    give = {"principal": person, "agent": Agent(person=agent), "offer": an_offer(), "in_name_of": office}
    with time_machine.travel(NOON):
        join(person, office)
        with pytest.raises(ForbiddenError):
            give_mandate(**give)
        join(person, office, role=MemberRole.SIGNATORY)
        made = give_mandate(**give)
    assert made.principal_organisation == office


def test_another_signatory_of_the_company_takes_it_back(
    make_mandate: MakeMandate, other_person: Person, office: Organisation
) -> None:
    made = make_mandate(principal_organisation=office)
    join(other_person, office)
    with time_machine.travel(NOON + DAY):
        with pytest.raises(NotFoundError):
            mandates_ending.revoke(person=other_person, mandate=made.pk)
        join(other_person, office, role=MemberRole.SIGNATORY)
        assert mandates_ending.revoke(person=other_person, mandate=made.pk).ended_by == other_person


def test_the_agent_steps_back_and_cannot_revoke(make_mandate: MakeMandate, agent: Person) -> None:
    made = make_mandate()
    with time_machine.travel(NOON + DAY):
        with pytest.raises(NotFoundError):
            mandates_ending.revoke(person=agent, mandate=made.pk)
        assert mandates_ending.renounce(person=agent, mandate=made.pk).end_ground == "renounced"


def test_the_owner_does_not_renounce_and_a_stranger_ends_nothing(
    make_mandate: MakeMandate, person: Person, other_person: Person
) -> None:
    made = make_mandate()
    for who, door in (
        (person, mandates_ending.renounce),
        (other_person, mandates_ending.renounce),
        (other_person, mandates_ending.revoke),
    ):
        with pytest.raises(NotFoundError):
            door(person=who, mandate=made.pk)
    assert Mandate.objects.get().ended_at is None


def test_a_clerk_does_not_step_back_for_the_office(
    make_mandate: MakeMandate, agent: Person, office: Organisation
) -> None:
    made = make_mandate(agent_organisation=office)
    join(agent, office)
    with time_machine.travel(NOON + DAY):
        with pytest.raises(ForbiddenError):
            mandates_ending.renounce(person=agent, mandate=made.pk)
        join(agent, office, role=MemberRole.MANAGER)
        assert mandates_ending.renounce(person=agent, mandate=made.pk).ended_at


def test_reclaiming_ends_all_on_the_land_and_nothing_else(
    make_mandate: MakeMandate, person: Person, other_person: Person
) -> None:
    here = {make_mandate().pk, make_mandate(agent=other_person).pk}
    kept = [make_mandate(case_tracking="P-1"), make_mandate(land_code="3-2-14-6")]
    with time_machine.travel(NOON + DAY):
        ended = mandates_ending.reclaim(person=person, land_code=LAND)
        assert mandates_ending.reclaim(person=person, land_code=LAND) == []
        assert mandates_ending.reclaim(person=other_person, land_code="3-2-14-6") == []
        assert mandates_ending.reclaim(person=person) == []
    assert {row.pk for row in ended} == here
    assert [Mandate.objects.get(pk=row.pk).ended_at for row in kept] == [None, None]


def test_a_mandate_that_lapsed_is_not_ended_again(make_mandate: MakeMandate, person: Person) -> None:
    made = make_mandate()
    with time_machine.travel(NOON + MONTH):
        assert mandates_ending.revoke(person=person, mandate=made.pk).ended_at is None


def test_a_slow_clock_does_not_keep_the_owner_from_taking_it_back(make_mandate: MakeMandate, person: Person) -> None:
    made = make_mandate()
    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        assert mandates_ending.revoke(person=person, mandate=made.pk).ended_at == NOON


def test_the_head_of_the_district_ends_one_with_a_reason(
    make_mandate: MakeMandate, other_person: Person, agent: Person
) -> None:
    made = make_mandate()
    ensure_assignment(person=other_person, role=Role.DISTRICT_HEAD, since=NOON.date() - DAY, districts=[3])
    end = {"officer": other_person, "mandate": made.pk, "reason": "وکالت‌نامه جعلی است"}
    with time_machine.travel(NOON + DAY):
        for wrong in ({"district": 1}, {"district": 3, "officer": agent}):
            with pytest.raises(ForbiddenError):
                mandates_ending.end_by_officer(**{**end, **wrong})
        for reason in ("  ", "x" * 201):
            with pytest.raises(BadInputError):
                mandates_ending.end_by_officer(**{**end, "district": 3, "reason": reason})
        ended = mandates_ending.end_by_officer(**end, district=3)
    assert (ended.end_ground, ended.end_reason) == ("officer", "وکالت‌نامه جعلی است")
