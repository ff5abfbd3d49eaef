"""Sending a draft in: the extract of that instant is frozen, with the law it saw; withdrawing frees the land."""

import threading
from dataclasses import replace
from itertools import count

import pytest
from django.db import close_old_connections, transaction

from apps.cases.models import Case
from apps.common.errors import AnswerChangedError, ConflictError, NotFoundError, UnavailableError
from apps.extracts.frozen import frozen
from apps.extracts.services import compose
from apps.parties.models import Person
from apps.permits import services
from apps.permits.examined import mark
from apps.permits.examining import examine_all
from apps.permits.models import PermitRequest
from tests.browser.city import CODES
from tests.permits.conftest import Street, hear, held_by, kinds


def test_what_was_sent_in_rests_on_the_answer_of_that_instant(street: Street) -> None:
    made = street.request("A", sent=True)
    made.case.refresh_from_db()
    assert (made.case.status, made.filed_on) == ("submitted", mark().today)
    assert made.filed_digest == made.relied_digest == made.extract_digest == compose(parcel=CODES["A"]).digest
    document = frozen(made.filed_digest).data
    assert document["law"]["version"] == made.filed_law == made.examined_version == mark().version
    assert kinds(made.case) == ["open", "start", "proposal", "form", "frozen", "submit"]
    assert made.case.events.get(kind="frozen").data["law"] == made.filed_law


def test_twice_and_by_others_is_refused(street: Street, other_person: Person) -> None:
    made = street.request("A", sent=True)
    with pytest.raises(ConflictError):
        services.submit(person=street.owner, tracking=made.case.tracking)
    with pytest.raises(NotFoundError):
        services.submit(person=other_person, tracking=made.case.tracking)
    with pytest.raises(ConflictError):
        services.submit(person=street.officer, tracking=made.case.tracking)


def test_withdrawing_frees_the_land(street: Street, other_person: Person) -> None:
    made = street.request("A", sent=True)
    assert services.cancel(person=street.owner, tracking=made.case.tracking).status == "cancelled"
    assert kinds(made.case)[-1] == "withdraw"
    assert street.request("A", owner=other_person).case.status == "draft"


def test_an_answer_that_moved_without_an_act_is_read_first(street: Street) -> None:
    """The passage was measured anew: seven metres, so three storeys instead of four."""
    from apps.cadastre.models import ParcelVersion
    from apps.extracts.models import KeptExtract

    made = street.request("A")
    ParcelVersion.objects.filter(parcel__code=CODES["A"]).update(passage_width_cm=700)
    KeptExtract.objects.all().delete()
    with pytest.raises(AnswerChangedError) as refused:
        services.submit(person=street.owner, tracking=made.case.tracking)
    made.case.refresh_from_db()
    assert made.case.status == "draft"
    services.submit(person=street.owner, tracking=made.case.tracking, accepted=refused.value.details["digest"])
    made.refresh_from_db()
    assert made.relied_digest == made.filed_digest == refused.value.details["digest"] != made.extract_digest


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["act", "submission"])
def test_an_act_of_the_same_second(first: str) -> None:
    """Whichever commits first: the filed extract names the law it saw, and in the end the request is held."""
    street = Street()
    made = street.request("A")
    inside, go_on = threading.Event(), threading.Event()
    outcome: list[object] = []

    def act() -> None:
        with transaction.atomic():
            street.decree("hc-1404", "promulgate")
            if first == "submission":
                return
            inside.set()
            go_on.wait(timeout=10)

    def submission() -> None:
        try:
            with transaction.atomic():
                sent = services.submit(person=street.owner, tracking=made.case.tracking)
                outcome.append(sent.filed_law)
                if first == "submission":
                    inside.set()
                    go_on.wait(timeout=10)
        except ConflictError as error:
            outcome.append(error)

    leading, following = (act, submission) if first == "act" else (submission, act)
    before = mark().version
    threads = [threading.Thread(target=_closing(leading)), threading.Thread(target=_closing(following))]
    threads[0].start()
    assert inside.wait(timeout=10)
    threads[1].start()
    threads[1].join(timeout=10)
    go_on.set()
    threads[0].join(timeout=10)
    assert outcome == [before], "neither saw the other, so the old law was filed under"
    hear()
    made.refresh_from_db()
    assert made.filed_law == before < made.examined_version == mark().version
    assert [level for _, level in held_by(made)] == ["stop"]


def _closing(call):
    def run() -> None:
        try:
            call()
        finally:
            close_old_connections()

    return run


@pytest.mark.django_db(transaction=True)
def test_the_examination_waits_for_a_submission_under_way() -> None:
    """The listener runs while the submission holds its lock: it waits, then finds the new evidence and holds it."""
    street = Street()
    made = street.request("A")
    inside, go_on = threading.Event(), threading.Event()

    def submission() -> None:
        with transaction.atomic():
            services.submit(person=street.owner, tracking=made.case.tracking)
            inside.set()
            go_on.wait(timeout=10)

    sender, listener = (threading.Thread(target=_closing(call)) for call in (submission, hear))
    sender.start()
    assert inside.wait(timeout=10)
    street.decree("hc-1404", "promulgate")
    listener.start()
    listener.join(timeout=0.5)
    assert listener.is_alive()
    go_on.set()
    sender.join(timeout=10)
    listener.join(timeout=10)
    made.refresh_from_db()
    assert made.filed_on is not None
    assert held_by(made)[0][1] == "stop"


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_crossed_an_act_is_found_by_the_next_look() -> None:
    """Opened by the old law in a transaction that commits after the act's listeners have had their turn."""
    street = Street()
    inside, go_on = threading.Event(), threading.Event()

    def start() -> None:
        with transaction.atomic():
            street.request("A")
            inside.set()
            go_on.wait(timeout=10)

    starter = threading.Thread(target=_closing(start))
    starter.start()
    assert inside.wait(timeout=10)
    act = street.decree("hc-1404", "promulgate")
    hear()
    go_on.set()
    starter.join(timeout=10)
    made = PermitRequest.objects.get()
    with pytest.raises(ConflictError):
        services.submit(person=street.owner, tracking=Case.objects.get().tracking)
    assert examine_all() == 1
    assert held_by(made) == [(act.pk, "stop")]


def test_law_that_moves_between_the_check_and_the_answer(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer names a later act than the one the request was examined under: examined first, then sent in."""
    from apps.permits import evidence, filing

    made = street.request("A")
    fresh = evidence.of_now(parcel_code=CODES["A"], kind="NEW", on=mark().today)
    monkeypatch.setattr(filing.evidence_of, "of_now", lambda **_: replace(fresh, law=fresh.law + 1))
    with pytest.raises(ConflictError) as refused:
        services.submit(person=street.owner, tracking=made.case.tracking)
    assert refused.value.details["examining"]
    made.case.refresh_from_db()
    assert made.case.status == "draft"


def test_law_that_moves_at_every_look_is_said_and_nothing_written(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apps.permits import evidence

    moving = count(10**6)
    monkeypatch.setattr(evidence, "law_version", lambda: next(moving))
    with pytest.raises(UnavailableError):
        street.request("A")
    assert not Case.objects.exists()
