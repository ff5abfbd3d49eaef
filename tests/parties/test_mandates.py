"""Who acts for whom over time: before, on the instant, after; and who loses it without a word about the mandate."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from apps.common import clock
from apps.parties import mandates
from apps.parties.models import MandateKind, Organisation, OrganisationStatus, Person, Scope
from tests.parties.conftest import LAND, MONTH, NOON, MakeMandate, join

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        pytest.param(NOON - TICK, False, id="just before it begins"),
        pytest.param(NOON, True, id="on the instant it begins"),
        pytest.param(NOON + MONTH - TICK, True, id="just before it lapses"),
        pytest.param(NOON + MONTH, False, id="on the instant it lapses"),
    ],
)
def test_a_mandate_stands_in_its_half_open_time(
    at: datetime, stands: bool, make_mandate: MakeMandate, person: Person, agent: Person
) -> None:
    make_mandate()
    assert mandates.standing(at).exists() is stands
    assert mandates.held_by(agent, at).exists() is stands
    assert bool(mandates.scopes(agent, principal_id=person.pk, land_code=LAND, at=at)) is stands
    with time_machine.travel(at, tick=False):
        assert mandates.standing().exists() is stands


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        pytest.param(NOON + DAY - TICK, True, id="just before it was revoked"),
        pytest.param(NOON + DAY, False, id="on the instant it was revoked"),
    ],
)
def test_a_revoked_mandate_stood_until_then(
    at: datetime, stands: bool, make_mandate: MakeMandate, person: Person
) -> None:
    make_mandate(ended_at=NOON + DAY, ended_by=person, end_ground="revoked")
    assert mandates.standing(at).exists() is stands


def test_revoked_is_over_now_even_when_another_clock_runs_ahead(make_mandate: MakeMandate, person: Person) -> None:
    make_mandate(ended_at=NOON + DAY, ended_by=person, end_ground="revoked")
    with time_machine.travel(NOON + DAY - TICK, tick=False):
        assert not mandates.standing().exists()


def test_a_mandate_that_begins_later_is_none_yet(make_mandate: MakeMandate) -> None:
    make_mandate(since=NOON + DAY)
    assert not mandates.standing(NOON).exists()
    assert mandates.standing(NOON + DAY).exists()


def test_nobody_held_it_before_it_was_given(make_mandate: MakeMandate) -> None:
    make_mandate(since=NOON - DAY)
    assert not mandates.standing(NOON - TICK).exists()


def test_on_land_and_on_case_are_two_things(make_mandate: MakeMandate, person: Person, agent: Person) -> None:
    make_mandate(scopes=["view"])
    make_mandate(scopes=["pay"], case_tracking="P-1")
    ask = {"person": agent, "principal_id": person.pk, "at": NOON}
    assert mandates.scopes(**ask, land_code=LAND) == {Scope.VIEW}
    assert mandates.scopes(**ask, tracking="P-1") == {Scope.PAY}
    assert mandates.scopes(**ask, land_code=LAND, tracking="P-1") == {Scope.VIEW, Scope.PAY}
    assert mandates.scopes(**ask, land_code="3-2-14-6", tracking="P-2") == frozenset()
    assert mandates.scopes(**ask) == frozenset()


def test_a_mandate_of_one_owner_says_nothing_of_another(
    make_mandate: MakeMandate, other_person: Person, agent: Person
) -> None:
    make_mandate()
    assert mandates.scopes(agent, principal_id=other_person.pk, land_code=LAND, at=NOON) == frozenset()


def test_a_stranger_and_nobody_hold_nothing(make_mandate: MakeMandate, other_person: Person) -> None:
    make_mandate()
    assert not mandates.held_by(other_person, NOON).exists()
    assert not mandates.held_by(AnonymousUser(), NOON).exists()
    assert not mandates.given_by(AnonymousUser()).exists()
    assert not mandates.of_agent(AnonymousUser()).exists()


@pytest.mark.parametrize("who", ["principal", "agent"])
def test_who_is_switched_off_gives_and_holds_nothing(
    who: str, make_mandate: MakeMandate, person: Person, agent: Person
) -> None:
    gone = {"principal": person, "agent": agent}[who]
    make_mandate()
    gone.is_active = False
    gone.save()
    assert not mandates.standing(NOON).exists()
    assert mandates.scopes(agent, principal_id=person.pk, land_code=LAND, at=NOON) == frozenset()


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        pytest.param(date(2026, 6, 1), None, True, id="joined today"),
        pytest.param(date(2026, 6, 2), None, False, id="joins tomorrow"),
        pytest.param(date(2020, 1, 1), date(2026, 6, 2), True, id="last day"),
        pytest.param(date(2020, 1, 1), date(2026, 6, 1), False, id="left today"),
        pytest.param(date(2026, 6, 1), date(2026, 6, 1), False, id="put out on the first day"),
    ],
)
def test_an_office_acts_through_who_belongs_to_it_that_day(
    since: date,
    until: date | None,
    holds: bool,
    make_mandate: MakeMandate,
    agent: Person,
    office: Organisation,
) -> None:
    make_mandate(agent_organisation=office, kind=MandateKind.COUNTER_OFFICE)
    join(agent, office, since=since, until=until)
    assert mandates.held_by(agent, NOON).exists() is holds


@pytest.mark.parametrize("status", [OrganisationStatus.SUSPENDED, OrganisationStatus.CLOSED])
def test_an_office_that_is_not_open_acts_for_nobody(
    status: OrganisationStatus, make_mandate: MakeMandate, agent: Person, office: Organisation
) -> None:
    make_mandate(agent_organisation=office)
    join(agent, office)
    assert mandates.held_by(agent, NOON).exists()
    office.status = status
    office.save()
    assert not mandates.held_by(agent, NOON).exists()
    assert not mandates.standing(NOON).exists()


def test_what_a_closed_organisation_gave_is_over(
    make_mandate: MakeMandate, agent: Person, office: Organisation
) -> None:
    make_mandate(principal_organisation=office)
    assert mandates.held_by(agent, NOON).exists()
    Organisation.objects.update(status=OrganisationStatus.CLOSED)
    assert not mandates.held_by(agent, NOON).exists()


def test_two_roles_in_an_office_hold_a_mandate_once(
    make_mandate: MakeMandate, agent: Person, office: Organisation
) -> None:
    make_mandate(agent_organisation=office)
    join(agent, office, role="manager")
    join(agent, office, role="signatory")
    assert mandates.held_by(agent, NOON).count() == 1


def test_nobody_acts_for_themselves_through_their_office(
    make_mandate: MakeMandate, person: Person, office: Organisation
) -> None:
    make_mandate(agent_organisation=office)
    join(person, office)
    assert not mandates.held_by(person, NOON).exists()


def test_a_mandate_is_no_chain(make_mandate: MakeMandate, person: Person, agent: Person, other_person: Person) -> None:
    """Who acts for the agent does not act for the agent's principal."""
    make_mandate(scopes=["view", "act"])
    make_mandate(principal=agent, agent=other_person, scopes=["view", "act"])
    assert mandates.scopes(other_person, principal_id=person.pk, land_code=LAND, at=NOON) == frozenset()
    assert mandates.scopes(other_person, principal_id=agent.pk, land_code=LAND, at=NOON) == {Scope.VIEW, Scope.ACT}


def test_pages_list_ended_ones_too(make_mandate: MakeMandate, person: Person, agent: Person) -> None:
    past = make_mandate(ended_at=clock.now(), ended_by=person, end_ground="revoked")
    assert list(mandates.given_by(person)) == [past]
    assert list(mandates.of_agent(agent)) == [past]
    assert not mandates.given_by(agent).exists()
    assert not mandates.of_agent(person).exists()
