"""Starting a request: one open case per land, for one person and for two at once."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, close_old_connections, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from apps.cases.events import CaseOpened
from apps.cases.models import Case, CaseEvent, CaseStatus
from apps.cases.steps import take_step
from apps.cases.workflow import OWNER, Transition
from apps.common import events
from apps.common.calendar import day_en, jalali_fa
from apps.common.errors import BadInputError, ConflictError, NotFoundError, SignInRequiredError
from apps.common.events import Event
from apps.common.ids import is_tracking_number
from apps.extracts.canonical import sealed
from apps.extracts.extract import Extract
from apps.parties.models import Person
from apps.permits import evidence, services
from apps.permits.models import PermitKind, PermitRequest
from tests.conftest import MakeParcel

_SAID = {"subjects": [], "themes": {}, "duties": [], "complete": True}
_BODY, DIGEST = sealed({"law": {"version": 0}, "known_at": "2026-01-01T00:00:00Z", **_SAID})
ANSWER = Extract(digest=DIGEST, plain=_BODY)


@pytest.fixture(autouse=True)
def the_answer_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's answer is the one that was seen; what happens when it is not: test_seen_answer.py."""
    monkeypatch.setattr(evidence, "compose", lambda **_asked: ANSWER)


def start(person: Person, code: str = "3-2-14-5", kind: str = "NEW") -> PermitRequest:
    return services.start(person=person, parcel_code=code, kind=kind, extract_digest=DIGEST)


def sent_in(request: PermitRequest) -> PermitRequest:
    """As if every guard of sending in had been content."""
    Case.objects.filter(pk=request.case_id).update(status="submitted")
    return request


SEND = (Transition("pass", frozenset({"draft"}), "submitted", frozenset({OWNER})),)


def send(request: PermitRequest) -> Case:
    return take_step(tracking=request.case.tracking, actor=request.case.applicant, verb="pass", table=SEND)


def test_a_draft_holds_the_land_against_nobody_else(
    person: Person, other_person: Person, make_parcel: MakeParcel
) -> None:
    """Whoever presses the button first locks no owner out; who sends in first has the land."""
    make_parcel("3-2-14-5")
    first, second = start(person), start(other_person)
    assert first.case.tracking != second.case.tracking
    send(second)
    with pytest.raises(ConflictError, match="open on this land"):
        services.submit(person=person, tracking=first.case.tracking)
    first.case.refresh_from_db()
    assert first.case.status == "draft"


def test_a_draft_with_number_history_and_event(
    person: Person,
    make_parcel: MakeParcel,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard: list[Event] = []
    monkeypatch.setitem(events._listeners, CaseOpened, [heard.append])
    make_parcel("3-2-14-5")
    with django_capture_on_commit_callbacks(execute=True):
        request = start(person)
        assert heard == []
    case = request.case
    assert is_tracking_number(case.tracking)
    assert case.tracking.startswith("PR-")
    assert (case.status, case.land_code, case.applicant, case.channel) == ("draft", "3-2-14-5", person, "portal")
    assert (request.kind, request.extract_digest) == (PermitKind.NEW, DIGEST)
    assert [(e.kind, e.actor) for e in case.events.all()] == [("open", person), ("start", person)]
    assert case.events.last().data == {"permit_kind": "NEW", "extract_digest": DIGEST, "seen": DIGEST}
    assert heard == [CaseOpened(case_id=case.pk, tracking=case.tracking, land_code="3-2-14-5")]


def test_the_code_is_read_in_any_digits(person: Person, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    assert start(person, "۳-۲-۱۴-۵").case.parcel.code == "3-2-14-5-0-0-0"


def test_pressing_twice_gives_the_same_draft(person: Person, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    first, second = start(person), start(person)
    assert first.pk == second.pk
    assert Case.objects.count() == 1
    assert CaseEvent.objects.count() == 2


def test_another_kind_is_a_conflict_that_names_the_own_request(person: Person, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    first = start(person)
    with pytest.raises(ConflictError) as refused:
        start(person, kind="REPAIR")
    assert refused.value.details["open"] == first.case.tracking
    assert first.case.tracking in refused.value.message.fa


def test_others_learn_that_and_since_when_and_nothing_else(
    person: Person, other_person: Person, make_parcel: MakeParcel
) -> None:
    make_parcel("3-2-14-5")
    first = sent_in(start(person))
    with pytest.raises(ConflictError) as refused:
        start(other_person)
    shown = str(refused.value.as_dict())
    assert refused.value.details["open"] is None
    since = first.case.opened_at.astimezone().date()
    assert refused.value.details["open_since"] == since.isoformat()
    assert day_en(since) in refused.value.message.en
    assert jalali_fa(since) in refused.value.message.fa
    for secret in (first.case.tracking, person.mobile, person.name_fa, person.name_en, str(first.case.pk) + "'"):
        assert secret not in shown
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("held", "wanted", "blocked"),
    [
        ("3-2-14-5", "3-2-14-5-1-2-0", True),  # a flat of the plot
        ("3-2-14-5-1-2-0", "3-2-14-5", True),  # the plot of the flat
        ("3-2-14-5-1-0-0", "3-2-14-5-2-0-0", True),  # two buildings of one plot
        ("3-2-14-5", "3-2-14-50", False),
        ("3-2-14-5", "3-2-1-45", False),
    ],
)
def test_parent_and_child_codes_block_each_other(
    person: Person, other_person: Person, make_parcel: MakeParcel, held: str, wanted: str, blocked: bool
) -> None:
    make_parcel(held)
    make_parcel(wanted, col=1)
    sent_in(start(person, held))
    for who in (person, other_person):
        if blocked:
            with pytest.raises(ConflictError):
                start(who, wanted)
    if not blocked:
        start(other_person, wanted)
    assert Case.objects.count() == (1 if blocked else 2)


def test_the_database_holds_it_too(person: Person, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    case = start(person).case
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(
            tracking="PR-X",
            case_type="permit",
            parcel=case.parcel,
            land_code=case.land_code,
            applicant=person,
            opened_at=case.opened_at,
        )


def test_cancelling_frees_the_land(person: Person, other_person: Person, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    first = start(person).case
    assert services.cancel(person=person, tracking=first.tracking.lower()).status == CaseStatus.CANCELLED
    assert [e.kind for e in first.events.all()] == ["open", "start", "cancel"]
    assert first.events.last().data == {"from": "draft", "to": "cancelled", "as": "applicant"}
    second = start(other_person).case
    assert second.tracking != first.tracking
    with pytest.raises(ConflictError):
        services.cancel(person=person, tracking=first.tracking)
    with pytest.raises(NotFoundError):
        services.cancel(person=person, tracking=second.tracking)
    assert Case.objects.get(pk=second.pk).status == CaseStatus.DRAFT


def test_bad_input_writes_nothing(person: Person, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    with pytest.raises(NotFoundError) as unknown:
        start(person, "3-2-14-6")
    assert unknown.value.details["suggestions"]
    with pytest.raises(BadInputError):
        start(person, "no code")
    with pytest.raises(BadInputError) as kinds:
        start(person, kind="CASTLE")
    assert kinds.value.details["kinds"] == PermitKind.values
    with pytest.raises(BadInputError):
        services.start(person=person, parcel_code="3-2-14-5", kind="NEW", extract_digest="sha256:short")
    with pytest.raises(SignInRequiredError):
        start(Person(mobile="+989120000009"))
    person.is_active = False
    with pytest.raises(SignInRequiredError):
        start(person)
    assert not Case.objects.exists()


def test_a_number_drawn_twice_is_drawn_again(
    person: Person, other_person: Person, make_parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_parcel("3-2-14-5")
    make_parcel("3-2-14-6", col=1)
    numbers = iter(["PR-AAAA-AAAA-A", "PR-AAAA-AAAA-A", "PR-BBBB-BBBB-B"])
    monkeypatch.setattr("apps.cases.services.tracking_number", lambda _prefix: next(numbers))
    assert start(person).case.tracking == "PR-AAAA-AAAA-A"
    assert start(other_person, "3-2-14-6").case.tracking == "PR-BBBB-BBBB-B"


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Results (or exceptions) of calls that run side by side, each on its own connection."""
    results: list[object] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(place: int) -> None:
        gate.wait(timeout=10)
        try:
            results[place] = calls[place]()
        except ConflictError as error:
            results[place] = error
        finally:
            close_old_connections()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_send_in_at_once_one_wins(
    person: Person, other_person: Person, make_parcel: MakeParcel
) -> None:
    for turn in range(5):
        code = f"3-2-14-{turn + 1}"
        make_parcel(code, col=turn)
        one, other = start(person, code), start(other_person, code)
        results = at_once(lambda r=one: send(r), lambda r=other: send(r))
        won = [r for r in results if isinstance(r, Case)]
        lost = [r for r in results if isinstance(r, ConflictError)]
        assert (len(won), len(lost)) == (1, 1)
        assert "draft is kept" in lost[0].message.en
        assert won[0].tracking not in str(lost[0].as_dict())
        states = Case.objects.filter(land_code=code).values_list("status", flat=True)
        assert sorted(states) == ["draft", "submitted"]


@pytest.mark.django_db(transaction=True)
def test_one_person_pressing_twice_at_once_gets_one_draft(person: Person, make_parcel: MakeParcel) -> None:
    for turn in range(5):
        code = f"3-2-14-{turn + 1}"
        make_parcel(code, col=turn)
        results = at_once(*[lambda c=code: start(person, c)] * 3)
        assert all(isinstance(r, PermitRequest) for r in results), results
        assert len({r.pk for r in results if isinstance(r, PermitRequest)}) == 1


@pytest.mark.django_db(transaction=True)
def test_the_loser_is_told_even_when_the_winner_is_still_writing(
    person: Person, other_person: Person, make_parcel: MakeParcel
) -> None:
    """The winner holds its transaction open; the loser's step waits for it and then hears of it."""
    make_parcel("3-2-14-5")
    one, other = start(person), start(other_person)
    written, loser_started = threading.Event(), threading.Event()

    def slow() -> object:
        with transaction.atomic():
            case = send(one)
            written.set()
            loser_started.wait(timeout=10)
            return case

    def late() -> object:
        written.wait(timeout=10)
        loser_started.set()
        return send(other)

    won, lost = at_once(slow, late)
    assert isinstance(won, Case)
    assert isinstance(lost, ConflictError)
