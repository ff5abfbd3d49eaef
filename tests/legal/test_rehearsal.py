"""A rehearsal shows the law with the acts in it, and leaves nothing behind."""

from datetime import date

import pytest

from apps.common.errors import ConflictError
from apps.common.models import EventRecord
from apps.legal.acts import Status
from apps.legal.models import InForcePeriod, LegalAct
from apps.legal.rehearsal import rehearsed
from apps.legal.selectors import law_snapshot, law_version
from apps.parties.models import Person
from tests.legal.build import Desk, edition

DAY = date(2024, 5, 1)


def facts(desk: Desk, instrument, kind: str, number: str) -> dict:
    return {
        "instrument": instrument, "kind": kind, "number": number, "act_date": DAY, "body_fa": "مرجع", "body_en": "Body",
        "document": "x.pdf", "effective_on": DAY, "recorded_by": desk.first,
    }  # fmt: skip


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def test_the_law_is_seen_as_it_would_be_and_then_as_it_is(desk: Desk) -> None:
    plan = edition("plan")
    before = law_version()
    with rehearsed([facts(desk, plan, "approve", "1"), facts(desk, plan, "promulgate", "2")]) as acts:
        assert [act.kind for act in acts] == ["approve", "promulgate"]
        assert law_snapshot(on=DAY).statuses(plan.pk) == {Status.IN_FORCE}
    assert law_version() == before
    assert law_snapshot(on=DAY).statuses(plan.pk) == {Status.DRAFT}
    assert not LegalAct.objects.exists()
    assert not InForcePeriod.objects.exists()
    assert not EventRecord.objects.exists()
    assert not Person.objects.filter(mobile="+0000000000").exists()


def test_what_cannot_be_signed_cannot_be_rehearsed(desk: Desk) -> None:
    plan = edition("plan")
    with pytest.raises(ConflictError, match="not approved"), rehearsed([facts(desk, plan, "promulgate", "2")]):
        pass
    assert not LegalAct.objects.exists()


def test_a_real_act_after_a_rehearsal_is_not_taken_for_the_rehearsed_one(desk: Desk) -> None:
    plan = edition("plan")
    with rehearsed([facts(desk, plan, "approve", "1"), facts(desk, plan, "promulgate", "2")]):
        law_snapshot(on=DAY)
    desk.do("approve", plan, "2024-05-01")
    assert law_snapshot(on=DAY).statuses(plan.pk) == {Status.APPROVED}
