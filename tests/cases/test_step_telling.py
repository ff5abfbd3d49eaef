"""Whoever did not take a step hears of it, once, with its reason: what the office decides is told to the owner."""

import pytest

from apps.cases.models import CaseMessage
from apps.cases.steps import system_step, take_step
from apps.common.durable import deliver_pending
from apps.parties.models import Person, Scope
from tests.cases.conftest import Cast
from tests.cases.test_steps import ready

pytestmark = pytest.mark.django_db


def told(cast: Cast, person: Person) -> list[str]:
    deliver_pending()
    deliver_pending()
    return list(
        CaseMessage.objects.filter(case=cast.case, person=person).order_by("pk").values_list("text_en", flat=True)
    )


def test_a_rejection_is_told_to_the_owner_with_its_article_and_once(cast: Cast) -> None:
    cast.stands("submitted")
    take_step(tracking=cast.case.tracking, actor=cast["officer"], verb="reject", said="Too deep", article="Art. 4")
    said = f"Case {cast.case.tracking}: reject. It is now “rejected”. By Art. 4. Too deep"
    assert told(cast, cast.owner) == [said]
    assert told(cast, cast["officer"]) == []


def test_a_long_reason_is_cut(cast: Cast) -> None:
    cast.stands("submitted")
    take_step(tracking=cast.case.tracking, actor=cast["officer"], verb="send_back", said="x" * 3000)
    (said,) = told(cast, cast.owner)
    assert said.endswith("x…")
    assert len(said) < 700


def test_who_did_it_is_not_told_and_who_is_acted_for_is(cast: Cast) -> None:
    ready(cast)
    cast.mandate(cast["agent"], Scope.VIEW, Scope.ACT)
    take_step(tracking=cast.case.tracking, actor=cast["agent"], verb="submit")
    assert len(told(cast, cast.owner)) == 1
    take_step(tracking=cast.case.tracking, actor=cast.owner, verb="cancel")
    assert len(told(cast, cast.owner)) == 1


def test_what_the_system_does_is_said_by_the_term_that_passed(cast: Cast) -> None:
    cast.stands("needs_docs")
    system_step(case=cast.case, verb="archive")
    assert told(cast, cast.owner) == []
