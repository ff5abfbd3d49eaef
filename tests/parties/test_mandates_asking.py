"""An agent asks; the owner's own code, read from the owner's own phone, makes it a mandate, and nothing else does."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpRequest
from django.test import RequestFactory

from apps.common.errors import (
    BadInputError,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    TooManyCallsError,
    UnavailableError,
)
from apps.common.text import latin_digits
from apps.parties import mandate_asks, mandates, mandates_asking
from apps.parties.models import AskState, Mandate, MandateAsk, Organisation, OutboxMessage, Person, Scope
from tests.parties.conftest import LAND, NOON, join
from tests.parties.test_mandates_doors import an_offer

DAY = timedelta(days=1)


@pytest.fixture
def clerk(agent: Person, office: Organisation) -> Person:
    join(agent, office)
    return agent


@pytest.fixture
def counter() -> HttpRequest:
    """The clerk's own session, in which the owner's code is typed."""
    return a_session()


def a_session() -> HttpRequest:
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
    request.session = {}  # type: ignore[assignment]
    return request


def ask_of(person: Person, clerk: Person, office: Organisation, **other: object) -> MandateAsk:
    offer = an_offer(kind="counter_office", **other)
    return mandates_asking.ask_for_mandate(by=clerk, principal=person, offer=offer, office=office)


def code_of(person: Person) -> str:
    """The code in the newest message to this person."""
    message = OutboxMessage.objects.order_by("-pk").first()
    assert message is not None
    assert message.to == person.mobile
    found = re.search(r": ([A-Z0-9-]+) \(", message.body_en)
    assert found
    return found.group(1)


@time_machine.travel(NOON, tick=False)
def test_at_the_counter_the_owner_reads_the_code_aloud(
    person: Person, clerk: Person, office: Organisation, counter: HttpRequest
) -> None:
    ask = ask_of(person, clerk, office)
    assert not mandates.held_by(clerk).exists()
    mandates_asking.send_code(counter, person=clerk, ask=ask.pk)
    assert mandates_asking.code_sent(counter, ask=ask)
    made = mandates_asking.accept(counter, person=clerk, ask=ask.pk, code=code_of(person))
    assert (made.principal, made.agent_organisation, made.scopes) == (person, office, ["view", "act"])
    assert mandates.scopes(clerk, principal_id=person.pk, land_code=LAND) == {Scope.VIEW, Scope.ACT}
    ask.refresh_from_db()
    assert (ask.state, ask.mandate) == (AskState.CONFIRMED, made)


@time_machine.travel(NOON, tick=False)
def test_the_message_says_exactly_what_is_allowed(
    person: Person, clerk: Person, office: Organisation, counter: HttpRequest
) -> None:
    ask = ask_of(person, clerk, office)
    mandates_asking.send_code(counter, person=clerk, ask=ask.pk)
    message = OutboxMessage.objects.get()
    assert "“see the case, take steps” on parcel 3-2-14-5 for “Sample office” (Counter office)" in message.body_en
    assert "until the end of 1 July 2026" in message.body_en
    assert "«دیدن پرونده، انجام کارها»" in message.body_fa
    assert "3-2-14-5" in latin_digits(message.body_fa)
    assert "دفتر نمونه" in message.body_fa
    assert "تا پایان ۱۰ تیر ۱۴۰۵" in message.body_fa


@time_machine.travel(NOON, tick=False)
def test_from_afar_the_owner_confirms_on_their_own_page(
    person: Person, clerk: Person, office: Organisation, counter: HttpRequest
) -> None:
    ask = ask_of(person, clerk, office)
    assert list(mandate_asks.asked_of(person)) == [ask]
    assert list(mandate_asks.asked_by(clerk)) == [ask]
    mandates_asking.send_code(counter, person=person, ask=ask.pk)
    mandates_asking.accept(counter, person=person, ask=ask.pk, code=code_of(person))
    assert not mandate_asks.asked_of(person).exists()
    assert mandates.held_by(clerk).exists()


@time_machine.travel(NOON, tick=False)
def test_a_code_confirms_one_ask_in_one_session_only(
    person: Person, clerk: Person, office: Organisation, counter: HttpRequest
) -> None:
    narrow, wide = ask_of(person, clerk, office, scopes=["view"]), ask_of(person, clerk, office)
    mandates_asking.send_code(counter, person=clerk, ask=narrow.pk)
    code = code_of(person)
    with pytest.raises(ConflictError):
        mandates_asking.accept(counter, person=clerk, ask=wide.pk, code=code)
    with pytest.raises(ConflictError):
        mandates_asking.accept(a_session(), person=clerk, ask=narrow.pk, code=code)
    with pytest.raises(BadInputError):
        mandates_asking.accept(counter, person=clerk, ask=narrow.pk, code="XXXXXX")
    assert not Mandate.objects.exists()


@time_machine.travel(NOON, tick=False)
def test_pressed_twice_it_is_one_mandate(
    person: Person, clerk: Person, office: Organisation, counter: HttpRequest
) -> None:
    ask = ask_of(person, clerk, office)
    mandates_asking.send_code(counter, person=clerk, ask=ask.pk)
    code = code_of(person)
    mandates_asking.accept(counter, person=clerk, ask=ask.pk, code=code)
    with pytest.raises(ConflictError, match="answered"):
        mandates_asking.accept(counter, person=clerk, ask=ask.pk, code=code)
    assert Mandate.objects.count() == 1


def test_an_ask_lapses_by_itself(person: Person, clerk: Person, office: Organisation, counter: HttpRequest) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ask = ask_of(person, clerk, office)
        clock.move_to(ask.lapses_at - timedelta(microseconds=1))
        assert mandate_asks.open_ask(person=person, ask=ask.pk) == ask
        clock.move_to(ask.lapses_at)
        assert not mandate_asks.asked_of(person).exists()
        for door in (mandates_asking.send_code, mandates_asking.accept):
            rest = {"code": "x"} if door is mandates_asking.accept else {}
            with pytest.raises(ConflictError):
                door(counter, person=person, ask=ask.pk, **rest)


def test_a_clerk_who_left_meanwhile_gets_nothing(
    person: Person, clerk: Person, office: Organisation, counter: HttpRequest
) -> None:
    with time_machine.travel(NOON, tick=False):
        ask = ask_of(person, clerk, office)
        mandates_asking.send_code(counter, person=clerk, ask=ask.pk)
        clerk.memberships.update(until=NOON.date())
        with pytest.raises(ForbiddenError):
            mandates_asking.accept(counter, person=clerk, ask=ask.pk, code=code_of(person))
        with pytest.raises(ForbiddenError):
            ask_of(person, clerk, office, scopes=["pay"])
    ask.refresh_from_db()
    assert (ask.state, Mandate.objects.count()) == (AskState.WAITING, 0)


@time_machine.travel(NOON, tick=False)
def test_no_means_no_and_is_one_tap(
    person: Person, clerk: Person, other_person: Person, office: Organisation, counter: HttpRequest
) -> None:
    ask = ask_of(person, clerk, office)
    with pytest.raises(NotFoundError):
        mandates_asking.refuse(person=other_person, ask=ask.pk)
    assert mandates_asking.refuse(person=person, ask=ask.pk).state == AskState.REFUSED
    assert mandates_asking.refuse(person=clerk, ask=ask.pk).state == AskState.REFUSED
    with pytest.raises(ConflictError):
        mandates_asking.send_code(counter, person=clerk, ask=ask.pk)
    assert mandates_asking.refuse(person=clerk, ask=ask_of(person, clerk, office).pk).state == AskState.WITHDRAWN


@time_machine.travel(NOON, tick=False)
def test_the_same_ask_twice_is_one_and_few_may_wait(person: Person, clerk: Person, office: Organisation) -> None:
    assert ask_of(person, clerk, office) == ask_of(person, clerk, office)
    ask_of(person, clerk, office, scopes=["view"])
    ask_of(person, clerk, office, scopes=["pay"])
    with pytest.raises(ConflictError, match="Withdraw"):
        ask_of(person, clerk, office, scopes=["receive"])
    assert MandateAsk.objects.count() == 3


@time_machine.travel(NOON, tick=False)
def test_an_ask_is_of_an_agent_that_fits(person: Person, clerk: Person, office: Organisation) -> None:
    with pytest.raises(BadInputError, match="yourself"):
        mandates_asking.ask_for_mandate(by=person, principal=person, offer=an_offer())
    with pytest.raises(BadInputError, match="does not fit"):
        mandates_asking.ask_for_mandate(by=clerk, principal=person, offer=an_offer(), office=office)
    assert mandates_asking.ask_for_mandate(by=clerk, principal=person, offer=an_offer()).agent == clerk
    assert mandate_asks.offices_of(clerk) == [office]


@time_machine.travel(NOON, tick=False)
def test_nobody_else_sees_or_confirms_it(
    person: Person, clerk: Person, other_person: Person, office: Organisation, counter: HttpRequest
) -> None:
    ask = ask_of(person, clerk, office)
    with pytest.raises(NotFoundError):
        mandates_asking.send_code(counter, person=other_person, ask=ask.pk)
    with pytest.raises(NotFoundError):
        mandates_asking.accept(counter, person=other_person, ask=ask.pk, code="x")
    assert not OutboxMessage.objects.exists()


@time_machine.travel(NOON, tick=False)
def test_a_phone_does_not_ring_all_night(
    person: Person, clerk: Person, office: Organisation, counter: HttpRequest
) -> None:
    ask = ask_of(person, clerk, office)
    for _ in range(2):
        mandates_asking.send_code(counter, person=clerk, ask=ask.pk)
    with pytest.raises(TooManyCallsError):
        mandates_asking.send_code(counter, person=clerk, ask=ask.pk)
    assert OutboxMessage.objects.count() == 2


@time_machine.travel(NOON, tick=False)
def test_a_message_that_does_not_leave_is_said_and_changes_nothing(
    person: Person, clerk: Person, office: Organisation, counter: HttpRequest, settings: object
) -> None:
    ask = ask_of(person, clerk, office)
    settings.MESSAGE_SENDER = ""  # type: ignore[attr-defined]
    with pytest.raises(UnavailableError):
        mandates_asking.send_code(counter, person=clerk, ask=ask.pk)
    assert not mandates_asking.code_sent(counter, ask=ask)
