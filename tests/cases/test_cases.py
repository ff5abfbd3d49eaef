"""Cases: who sees them and why, and a history that cannot be rewritten."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from apps.cases.models import Case, CaseEvent
from apps.cases.querysets_own import APPLICANT
from apps.cases.selectors import history, open_on_land, visible_case, visible_cases
from apps.cases.services import append_history, open_case, take_step
from apps.cases.workflow import Transition
from apps.common.errors import ConflictError, NotFoundError
from apps.parties.models import Person
from tests.conftest import MakeParcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(person: Person, make_parcel: MakeParcel) -> Case:
    return open_case(parcel=make_parcel("3-2-14-5"), applicant=person, case_type="permit", prefix="PR")


def test_visibility_is_a_filter_that_says_why(case: Case, person: Person, other_person: Person) -> None:
    assert [(c.pk, c.seen_because) for c in visible_cases(person)] == [(case.pk, APPLICANT)]
    assert not visible_cases(other_person).exists()
    assert not visible_cases(AnonymousUser()).exists()
    assert not visible_cases(Person(mobile="+989120000009")).exists()
    person.is_active = False
    assert not visible_cases(person).exists()


def test_a_superuser_sees_no_case_by_being_one(case: Case) -> None:
    assert not visible_cases(Person.objects.create_superuser("+989120000009")).exists()


def test_not_mine_and_not_there_are_the_same_answer(case: Case, person: Person, other_person: Person) -> None:
    assert visible_case(tracking=f" {case.tracking.lower()} ", person=person).pk == case.pk
    answers = []
    for tracking, who in (
        (case.tracking, other_person),
        ("PR-2222-2222-2", other_person),
        (case.tracking, AnonymousUser()),
    ):
        with pytest.raises(NotFoundError) as refused:
            visible_case(tracking=tracking, person=who)
        answers.append(refused.value.message.en.replace(tracking, "…"))
    assert len(set(answers)) == 1


@pytest.mark.parametrize("change", ["update", "delete"])
def test_history_refuses_changes(case: Case, change: str) -> None:
    event = CaseEvent.objects.filter(case=case)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.update(kind="rewritten") if change == "update" else event.delete()
    assert [e.kind for e in history(case)] == ["open"]


def test_history_can_be_added_to(case: Case, person: Person) -> None:
    append_history(case=case, actor=None, kind="note", data={"a": 1})
    assert [(e.kind, e.actor_id) for e in history(case)] == [("open", person.pk), ("note", None)]


def test_a_case_with_history_cannot_be_removed(case: Case) -> None:
    with pytest.raises(ProtectedError):
        case.delete()
    assert Case.objects.filter(pk=case.pk).exists()


def test_open_on_land_names_the_case_to_its_applicant_only(case: Case, person: Person, other_person: Person) -> None:
    assert open_on_land(land_code="3-2-14-5", person=person).own_tracking == case.tracking
    assert open_on_land(land_code="3-2-14-5", person=other_person) is None, "a draft holds nothing against others"
    Case.objects.filter(pk=case.pk).update(status="submitted")
    assert open_on_land(land_code="3-2-14-5", person=person).own_tracking == case.tracking
    assert open_on_land(land_code="3-2-14-5", person=other_person).own_tracking is None
    assert open_on_land(land_code="3-2-14-5", person=AnonymousUser()).own_tracking is None
    assert open_on_land(land_code="3-2-14-6", person=person) is None
    Case.objects.filter(pk=case.pk).update(status="cancelled")
    assert open_on_land(land_code="3-2-14-5", person=person) is None


def test_a_refused_step_changes_nothing_and_gives_its_reason(case: Case, person: Person) -> None:
    table = (Transition("cancel", frozenset({"draft"}), "cancelled", guards=("of_another_world",)),)
    with pytest.raises(ConflictError) as refused:
        take_step(tracking=case.tracking, actor=person, verb="cancel", table=table)
    assert "cannot be judged yet" in refused.value.message.en, "a condition that nobody answers for refuses"
    case.refresh_from_db()
    assert case.status == "draft"
    assert [e.kind for e in history(case)] == ["open"]
