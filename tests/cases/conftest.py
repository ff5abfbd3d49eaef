"""A case of an invented service, its owner, co-owner, agent, and officers of two districts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from apps.cases.models import Case
from apps.cases.services import Opening, open_case
from apps.cases.types import registry
from apps.cases.types.definition import CaseType
from apps.cases.types.reading import read_case_type
from apps.common import clock
from apps.parties.models import Mandate, Person, Role, Scope
from apps.parties.services import ensure_assignment, ensure_person
from tests.conftest import MakeParcel

CODE = "well_permit"
DEFINITION = {
    "code": CODE,
    "name": {"fa": "چاه نمونه", "en": "Sample well"},
    "prefix": "WL",
    "place": "parcel",
    "state": [
        {"code": "draft", "name": "draft", "turn": "owner"},
        {
            "code": "submitted",
            "name": "sent in",
            "turn": "office",
            "role": "case_officer",
            "term": {"amount": 2, "unit": "working_days", "source": "SAMPLE"},
        },
        {
            "code": "needs_docs",
            "name": "papers missing",
            "turn": "owner",
            "stops_clock": True,
            "term": {"amount": 30, "unit": "days", "source": "SAMPLE", "then": "archive"},
        },
        {"code": "visit", "name": "visit", "turn": "office", "role": "inspector"},
        {"code": "closed", "name": "closed", "closed": True},
        {"code": "rejected", "name": "rejected", "closed": True},
        {"code": "archived", "name": "archived", "closed": True},
        {"code": "cancelled", "name": "cancelled", "closed": True},
    ],
    "step": [
        {
            "verb": "submit",
            "name": "send in",
            "from": ["draft", "needs_docs"],
            "to": "submitted",
            "guards": ["form_complete", "documents_complete", "consents_given", "asks_answered"],
            "ticket": "t1",
        },
        {
            "verb": "cancel",
            "name": "give up",
            "from": ["draft", "submitted", "needs_docs"],
            "to": "cancelled",
            "by": ["applicant"],
            "forward": False,
            "ticket": "t2",
        },
        {
            "verb": "send_back",
            "name": "send back",
            "from": ["submitted"],
            "to": "needs_docs",
            "by": ["case_officer"],
            "says": "reason",
            "ticket": "t3",
        },
        {
            "verb": "visit",
            "name": "visit",
            "from": ["submitted"],
            "to": "visit",
            "by": ["case_officer"],
            "guards": ["asks_settled"],
            "ticket": "t4",
        },
        {"verb": "confirm", "name": "confirm", "from": ["visit"], "to": "closed", "by": ["inspector"], "ticket": "t5"},
        {
            "verb": "reject",
            "name": "reject",
            "from": ["submitted", "visit"],
            "to": "rejected",
            "by": ["case_officer", "inspector"],
            "says": "article",
            "ticket": "t6",
        },
        {
            "verb": "archive",
            "name": "archive",
            "from": ["needs_docs"],
            "to": "archived",
            "by": ["system"],
            "ticket": "t7",
        },
    ],
    "field": [{"code": "depth", "label": "Depth", "kind": "integer", "minimum": 1, "maximum": 300}],
    "document": [{"code": "deed", "name": {"fa": "سند", "en": "Deed"}}],
}


@dataclass
class Cast:
    """Everybody around one case. `case`: the owner's draft on 3-2-14-5, in district 3."""

    case: Case
    owner: Person
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def fresh(self) -> Case:
        self.case.refresh_from_db()
        return self.case

    def stands(self, status: str) -> Case:
        """As if the steps up to there had been taken."""
        Case.objects.filter(pk=self.case.pk).update(status=status)
        return self.fresh()

    def mandate(self, agent: Person | None, *scopes: Scope, days: int = 30, **subject: Any) -> Mandate:
        now = clock.now()
        return Mandate.objects.create(
            agent=agent,
            kind="technical_agent",
            scopes=[scope.value for scope in scopes],
            since=now,
            until=now + timedelta(days=days),
            basis="portal",
            given_at=now,
            **{"principal": self.owner, **(subject or {"land_code": self.case.land_code})},
        )


def someone(number: int, role: Role | None = None, districts: list[int] | None = None) -> Person:
    person = ensure_person(
        mobile=f"0912000{number:04d}", name_fa=f"نفر {number}", name_en=f"Person {number}", verified=True
    )
    if role is not None:
        ensure_assignment(person=person, role=role, since=date(2020, 1, 1), districts=districts)
    return person


@pytest.fixture
def wells() -> Iterator[CaseType]:
    definition = read_case_type(DEFINITION)
    registry.bring(CODE, lambda: definition)
    yield definition
    registry._brought.pop(CODE)


@pytest.fixture
def cast(wells: CaseType, person: Person, make_parcel: MakeParcel) -> Cast:
    case = open_case(
        parcel=make_parcel("3-2-14-5"),
        applicant=person,
        case_type=CODE,
        prefix=wells.prefix,
        opening=Opening(district=3),
    )
    people = {
        "stranger": someone(11),
        "agent": someone(12),
        "officer": someone(21, Role.CASE_OFFICER, [3]),
        "other_officer": someone(22, Role.CASE_OFFICER, [4]),
        "colleague": someone(23, Role.CASE_OFFICER, [3]),
        "inspector": someone(24, Role.INSPECTOR, [3]),
        "head": someone(25, Role.DISTRICT_HEAD, [3]),
        "auditor": someone(26, Role.AUDITOR),
        "editor": someone(27, Role.RULE_EDITOR),
    }
    return Cast(case=case, owner=person, people=people)
