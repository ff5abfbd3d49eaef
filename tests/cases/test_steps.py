"""The door of statuses: who, when, with what words; and that each step hands the ball on."""

import threading

import pytest
from django.db import connection, transaction  # noqa: TID251 - two sessions at once

from apps.cases import asks, posts
from apps.cases.models import Case, CaseDocument, CaseEvent, CaseMessage, DocumentVersion, KartablItem
from apps.cases.steps import system_step, take_step
from apps.cases.turns import open_turn
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text
from apps.parties.models import Person, Scope
from tests.cases.conftest import Cast

pytestmark = pytest.mark.django_db


def deed(case: Case, by: Person, **extra) -> DocumentVersion:
    document = CaseDocument.objects.create(case=case, code="deed", title="سند", created_at=clock.now())
    return DocumentVersion.objects.create(
        document=document,
        number=1,
        name="a.pdf",
        stored=f"s{document.pk}",
        sha256="0" * 64,
        size=1,
        media_type="application/pdf",
        family="pdf",
        by=by,
        capacity="applicant",
        at=clock.now(),
        **extra,
    )


def ready(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(form={"depth": 12})
    deed(cast.case, cast.owner)


def go(cast: Cast, who: Person, verb: str, **extra) -> Case:
    return take_step(tracking=cast.case.tracking, actor=who, verb=verb, **extra)


def test_sending_in_wants_everything_that_is_asked(cast: Cast) -> None:
    with pytest.raises(ConflictError, match="Depth"):
        go(cast, cast.owner, "submit")
    Case.objects.filter(pk=cast.case.pk).update(form={"depth": 12})
    with pytest.raises(ConflictError, match="Deed"):
        go(cast, cast.owner, "submit")
    deed(cast.case, cast.owner, scan="infected")
    with pytest.raises(ConflictError, match="Deed"):
        go(cast, cast.owner, "submit")
    assert cast.fresh().status == "draft"
    assert [e.kind for e in cast.case.events.all()] == ["open"]


def test_the_ball_goes_from_hand_to_hand(cast: Cast) -> None:
    assert (open_turn(cast.case).side, open_turn(cast.case).state) == ("owner", "draft")
    ready(cast)
    go(cast, cast.owner, "submit", expected="draft")
    item = open_turn(cast.case)
    assert (item.side, item.role, item.district, item.assignee) == ("office", "case_officer", 3, None)
    item.assignee = cast["officer"]
    item.save()
    go(cast, cast["officer"], "send_back", said="سند خوانا نیست")
    assert open_turn(cast.case).side == "owner"
    go(cast, cast.owner, "submit")
    assert open_turn(cast.case).assignee == cast["officer"], "who had it before gets it back"
    go(cast, cast["officer"], "visit")
    assert open_turn(cast.case).role == "inspector"
    go(cast, cast["inspector"], "confirm")
    assert open_turn(cast.case) is None
    outcomes = list(KartablItem.objects.filter(case=cast.case).values_list("outcome", flat=True))
    assert outcomes == ["submit", "send_back", "submit", "visit", "confirm"]
    assert not KartablItem.objects.filter(case=cast.case, closed_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("verb", "extra", "error"),
    [
        pytest.param("send_back", {}, "reason", id="no reason"),
        pytest.param("send_back", {"said": "  "}, "reason", id="blank reason"),
        pytest.param("reject", {"said": "چون"}, "article", id="no article"),
        pytest.param("send_back", {"said": "x" * 4001}, "4000", id="too long"),
        pytest.param("send_back", {"said": "a\x00b"}, "invisible", id="control characters"),
    ],
)
def test_words_that_a_step_needs(cast: Cast, verb: str, extra: dict[str, str], error: str) -> None:
    cast.stands("submitted")
    with pytest.raises(BadInputError, match=error):
        go(cast, cast["officer"], verb, **extra)
    assert cast.fresh().status == "submitted"


def test_a_rejection_keeps_its_article(cast: Cast) -> None:
    cast.stands("submitted")
    go(cast, cast["officer"], "reject", said="مغایر طرح", article="مادهٔ ۱۰۰")
    data = cast.case.events.last().data
    assert (data["said"], data["article"], data["as"], data["to"]) == (
        "مغایر طرح",
        "مادهٔ ۱۰۰",
        "case_officer",
        "rejected",
    )


EVERYBODY = ("owner", "stranger", "agent", "officer", "other_officer", "colleague", "inspector", "head", "auditor")
MAY = {
    ("draft", "submit"): {"owner"},
    ("draft", "cancel"): {"owner"},
    ("submitted", "cancel"): {"owner"},
    ("submitted", "send_back"): {"officer", "colleague"},
    ("submitted", "visit"): {"officer", "colleague"},
    ("submitted", "reject"): {"officer", "colleague", "inspector"},
    ("needs_docs", "submit"): {"owner"},
    ("needs_docs", "cancel"): {"owner"},
    ("visit", "confirm"): {"inspector"},
    ("visit", "reject"): {"officer", "colleague", "inspector"},
}
VERBS = ("submit", "cancel", "send_back", "visit", "confirm", "reject", "archive", "")


@pytest.mark.parametrize("status", ["draft", "submitted", "needs_docs", "visit", "closed", "archived"])
def test_a_forged_transition_is_refused(cast: Cast, status: str) -> None:
    """Every verb by everybody, in every status: only what the table gives goes through, and nothing else is written."""
    ready(cast)
    KartablItem.objects.create(
        case=cast.case, kind="look", state="visit", side="office", role="inspector", district=3, opened_at=clock.now()
    )
    for verb in VERBS:
        for name in EVERYBODY:
            cast.stands(status)
            who = cast.owner if name == "owner" else cast[name]
            before = CaseEvent.objects.count()
            with transaction.atomic():
                moved = _moves(cast, who, verb)
                transaction.set_rollback(True)
            assert moved is (name in MAY.get((status, verb), set())), (status, verb, name)
            assert CaseEvent.objects.count() == before


def _moves(cast: Cast, who: Person, verb: str) -> bool:
    try:
        go(cast, who, verb, said="x", article="y")
    except (ConflictError, NotFoundError):
        return False
    return True


def test_a_page_that_is_behind_does_nothing_twice(cast: Cast) -> None:
    cast.stands("submitted")
    go(cast, cast["officer"], "send_back", said="x", expected="submitted")
    with pytest.raises(ConflictError, match="moved on"):
        go(cast, cast["colleague"], "reject", said="x", article="y", expected="submitted")


def test_an_agent_acts_until_the_mandate_ends(cast: Cast) -> None:
    ready(cast)
    given = cast.mandate(cast["agent"], Scope.VIEW, Scope.ACT)
    go(cast, cast["agent"], "submit")
    event = cast.case.events.last()
    assert (event.actor, event.data["as"]) == (cast["agent"], "agent")
    cast.stands("needs_docs")
    type(given).objects.filter(pk=given.pk).update(ended_at=clock.now(), ended_by=cast.owner, end_ground="revoked")
    with pytest.raises(NotFoundError):
        go(cast, cast["agent"], "submit")
    assert cast.fresh().status == "needs_docs"


def test_whoever_may_only_look_takes_no_step_and_says_nothing(cast: Cast) -> None:
    ready(cast)
    cast.mandate(cast["agent"], Scope.VIEW)
    with pytest.raises(ConflictError, match="not yours"):
        go(cast, cast["agent"], "submit")
    with pytest.raises(ForbiddenError):
        posts.say(person=cast["agent"], tracking=cast.case.tracking, text="سلام")


def test_the_system_takes_its_own_steps_only(cast: Cast) -> None:
    cast.stands("needs_docs")
    with pytest.raises(ConflictError):
        system_step(case=cast.case, verb="submit")
    assert system_step(case=cast.case, verb="archive", data={"why": "late"}).status == "archived"
    event = cast.case.events.last()
    assert (event.actor, event.kind, event.data["why"]) == (None, "archive", "late")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_step(cast: Cast) -> None:
    ready(cast)
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def press() -> None:
        gate.wait()
        try:
            go(cast, cast.owner, "submit", expected="draft")
            outcomes.append("moved")
        except ConflictError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved", "refused"]
    assert [e.kind for e in cast.case.events.all()] == ["open", "submit"]
    assert KartablItem.objects.filter(case=cast.case, closed_at__isnull=True).count() == 1


def test_what_is_open_is_answered_before_it_goes_on(cast: Cast) -> None:
    cast.stands("submitted")
    asked = asks.Asked("answer", Text("عمق دقیق", "Exact depth"), Text("خوانا نیست", "Not readable"), article="م ۳")
    item = asks.ask(person=cast["officer"], tracking=cast.case.tracking, asked=asked)
    with pytest.raises(ConflictError, match="Exact depth"):
        go(cast, cast["officer"], "visit")
    asks.answer(person=cast.owner, tracking=cast.case.tracking, pk=item.pk, text="۱۲ متر")
    with pytest.raises(ConflictError, match="Exact depth"):
        go(cast, cast["officer"], "visit")
    asks.settle(person=cast["officer"], tracking=cast.case.tracking, pk=item.pk, accepted=True)
    assert go(cast, cast["officer"], "visit").status == "visit"
    assert [m.person_id for m in CaseMessage.objects.order_by("pk")][:1] == [cast.owner.pk]
