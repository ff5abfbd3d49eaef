"""Mandates and organisations, made without their doors: what stands is asked of the selectors."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from apps.parties.models import (
    Mandate,
    MandateKind,
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
)
from apps.parties.services import ensure_person

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MONTH = timedelta(days=30)
LAND = "3-2-14-5"

MakeMandate = Callable[..., Mandate]


@pytest.fixture
def agent(db: None) -> Person:
    return ensure_person(mobile="09120000003", name_fa="نمونه سه", name_en="Sample Three", verified=True)


@pytest.fixture
def office(db: None) -> Organisation:
    return Organisation.objects.create(
        kind=OrganisationKind.COUNTER_OFFICE, national_id="10380284790", name_fa="دفتر نمونه", name_en="Sample office"
    )


@pytest.fixture
def make_mandate(person: Person, agent: Person) -> MakeMandate:
    """`make_mandate(scopes=["view"])`: from `person` to `agent` on LAND, given at NOON for a month."""

    def make(**other: Any) -> Mandate:
        terms = {
            "principal": person,
            "agent": None if "agent_organisation" in other else agent,
            "kind": MandateKind.TECHNICAL_AGENT,
            "scopes": ["view"],
            "land_code": "" if "case_tracking" in other else LAND,
            "since": NOON,
            "until": NOON + MONTH,
            "given_at": NOON,
            "basis": "given in the portal",
            **other,
        }
        return Mandate.objects.create(**terms)

    return make


def join(person: Person, office: Organisation, *, since: date = date(2020, 1, 1), **other: Any) -> Membership:
    role = other.pop("role", MemberRole.MEMBER)
    return Membership.objects.create(person=person, organisation=office, role=role, since=since, **other)
