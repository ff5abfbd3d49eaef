"""A request rests on the answer that holds, not on the one a caller claims to have seen."""

import pytest

from apps.cases.models import Case
from apps.common.errors import AnswerChangedError
from apps.extracts.services import compose
from apps.parties.models import Person
from apps.permits import services
from tests.conftest import MakeParcel

CODE = "3-2-14-5"


def test_the_draft_keeps_the_digest_of_the_answer_that_holds(person: Person, make_parcel: MakeParcel) -> None:
    make_parcel(CODE)
    now = compose(parcel=CODE).digest
    made = services.start(person=person, parcel_code=CODE, kind="NEW", extract_digest=now)
    assert made.extract_digest == now


def test_without_a_seen_answer_the_one_that_holds_is_kept(person: Person, make_parcel: MakeParcel) -> None:
    make_parcel(CODE)
    made = services.start(person=person, parcel_code=CODE, kind="REPAIR", extract_digest="")
    assert made.extract_digest == compose(parcel=CODE, permit_kind="REPAIR").digest
    assert made.case.events.last().data["seen"] == ""


def test_an_answer_that_no_longer_holds_is_refused_and_nothing_is_opened(
    person: Person, make_parcel: MakeParcel
) -> None:
    make_parcel(CODE)
    with pytest.raises(AnswerChangedError) as refused:
        services.start(person=person, parcel_code=CODE, kind="NEW", extract_digest="sha256:" + "0" * 64)
    assert refused.value.details["digest"] == compose(parcel=CODE).digest
    assert not Case.objects.exists()


def test_the_answer_for_another_kind_is_another_answer(person: Person, make_parcel: MakeParcel) -> None:
    make_parcel(CODE)
    repair = compose(parcel=CODE, permit_kind="REPAIR").digest
    with pytest.raises(AnswerChangedError):
        services.start(person=person, parcel_code=CODE, kind="NEW", extract_digest=repair)
