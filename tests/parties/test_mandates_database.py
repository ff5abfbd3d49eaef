"""What the database itself refuses, whoever writes: unsound mandates, and any change but the one end."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from apps.parties.models import Mandate, MandateAsk, Membership, Organisation, Person
from tests.parties.conftest import MONTH, NOON, MakeMandate, join

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        pytest.param({"scopes": []}, "scopes_are_sound", id="no scope"),
        pytest.param({"scopes": ["view", "rule"]}, "scopes_are_sound", id="unknown scope"),
        pytest.param({"scopes": ["view", None]}, "scopes_are_sound", id="empty scope"),
        pytest.param({"scopes": ["act"]}, "scopes_are_sound", id="act without view"),
        pytest.param({"case_tracking": "P-1", "land_code": "3-1-1-1"}, "one_subject", id="land and case"),
        pytest.param({"land_code": ""}, "one_subject", id="neither land nor case"),
        pytest.param({"agent": None}, "one_agent", id="no agent"),
        pytest.param({"until": NOON}, "ends_in_time", id="empty time"),
        pytest.param({"until": NOON + timedelta(days=731, microseconds=1)}, "ends_in_time", id="longer than two years"),
        pytest.param({"end_ground": "revoked"}, "ended_by_somebody", id="a ground without an end"),
        pytest.param({"ended_at": NOON + HOUR, "end_ground": "revoked"}, "ended_by_somebody", id="ended by nobody"),
    ],
)
def test_the_database_refuses_unsound_mandates(
    wrong: dict[str, Any], constraint: str, make_mandate: MakeMandate
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_mandate(**wrong)
    assert not Mandate.objects.exists()


def test_the_database_refuses_more_wrong_people(
    make_mandate: MakeMandate, person: Person, agent: Person, office: Organisation
) -> None:
    with pytest.raises(IntegrityError, match="not_to_oneself"), transaction.atomic():
        make_mandate(agent=person)
    with pytest.raises(IntegrityError, match="one_agent"), transaction.atomic():
        make_mandate(agent=agent, agent_organisation=office)
    with pytest.raises(IntegrityError, match="ended_by_somebody"), transaction.atomic():
        make_mandate(ended_at=NOON - HOUR, ended_by=person, end_ground="revoked")


def test_two_years_to_the_day_are_allowed(make_mandate: MakeMandate) -> None:
    assert make_mandate(until=NOON + timedelta(days=731)).pk


@pytest.mark.parametrize(
    "change",
    [
        {"scopes": ["view", "act"]},
        {"until": NOON + 2 * MONTH},
        {"land_code": "3-1-1-1"},
        {"basis": "another"},
        {"given_at": NOON - HOUR},
        {"ended_at": NOON + HOUR, "end_ground": "revoked", "scopes": ["pay"]},
    ],
    ids=["wider", "longer", "elsewhere", "other basis", "earlier", "ended and edited"],
)
def test_a_mandate_is_not_edited(change: dict[str, Any], make_mandate: MakeMandate, person: Person) -> None:
    mandate = make_mandate()
    if "ended_at" in change:
        change = {**change, "ended_by": person}
    with pytest.raises(DatabaseError, match="can be ended, not edited"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(**change)


def test_a_mandate_is_ended_once_and_not_deleted(make_mandate: MakeMandate, person: Person) -> None:
    mandate = make_mandate()
    rows = Mandate.objects.filter(pk=mandate.pk)
    rows.update(ended_at=NOON + HOUR, ended_by=person, end_ground="revoked")
    with pytest.raises(DatabaseError, match="has ended and stays"), transaction.atomic():
        rows.update(ended_at=None, ended_by=None, end_ground="")
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        rows.delete()
    assert rows.get().end_ground == "revoked"


def test_a_membership_is_ended_once_and_not_edited(person: Person, other_person: Person, office: Organisation) -> None:
    rows = Membership.objects.filter(pk=join(person, office).pk)
    with pytest.raises(DatabaseError, match="can be ended, not edited"), transaction.atomic():
        rows.update(person=other_person)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        rows.delete()
    rows.update(until=date(2026, 1, 1))
    with pytest.raises(DatabaseError, match="has ended and stays"), transaction.atomic():
        rows.update(until=None)


def test_an_ask_is_answered_once_and_not_edited(person: Person, agent: Person) -> None:
    ask = MandateAsk.objects.create(
        principal=person, agent=agent, kind="attorney", scopes=["view"], land_code="3-1-1-1", until=NOON + MONTH,
        basis="b", asked_by=agent, asked_at=NOON, lapses_at=NOON + HOUR,
    )  # fmt: skip
    rows = MandateAsk.objects.filter(pk=ask.pk)
    with pytest.raises(DatabaseError, match="can be ended, not edited"), transaction.atomic():
        rows.update(scopes=["view", "act"])
    with pytest.raises(IntegrityError, match="confirmed_gives_one"), transaction.atomic():
        rows.update(state="confirmed", answered_at=NOON)
    rows.update(state="refused", answered_at=NOON)
    with pytest.raises(DatabaseError, match="has ended and stays"), transaction.atomic():
        rows.update(state="waiting", answered_at=None)


def test_organisations_of_one_identifier_are_one(office: Organisation) -> None:
    with pytest.raises(IntegrityError, match="one_organisation_per_national_id"), transaction.atomic():
        Organisation.objects.create(kind="legal_person", national_id=office.national_id, name_fa="دیگری")
    with pytest.raises(IntegrityError, match="has_a_national_id"), transaction.atomic():
        Organisation.objects.create(kind="legal_person", name_fa="بی‌شناسه")
    assert Organisation.objects.create(kind="public_body", name_fa="ادارهٔ نمونه").pk
