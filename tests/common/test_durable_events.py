"""Events that must not get lost: written with the act, heard once, by whichever worker comes by."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from apps.common import durable, events
from apps.common.durable import deliver_pending
from apps.common.events import Event, publish, subscribe_durably
from apps.common.models import EventDelivery, EventRecord
from apps.parties.models import Office


@dataclass(frozen=True, slots=True)
class Signed(Event):
    number: str
    day: date
    at: datetime
    group: tuple[int, ...]
    scoped: bool
    later: date | None = None


SIGNED = Signed("نمونه-۷", date(2026, 3, 21), datetime(2026, 3, 20, 20, 30, 0, 123456, tzinfo=UTC), (3, 7), True)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> list[Event]:
    told: list[Event] = []
    monkeypatch.setitem(events._durable, Signed, {})
    monkeypatch.setattr(durable, "_wake", lambda: None)
    subscribe_durably(Signed, told.append, name="first")
    return told


def test_the_event_comes_back_as_it_was_and_once(heard: list[Event]) -> None:
    publish(SIGNED)
    assert heard == []
    assert deliver_pending() == 1
    assert deliver_pending() == 0
    assert heard == [SIGNED]


def test_a_rollback_takes_the_event_with_it(heard: list[Event]) -> None:
    with transaction.atomic():
        publish(SIGNED)
        transaction.set_rollback(True)
    assert not EventRecord.objects.exists()


def test_a_listener_that_fails_leaves_nothing_half_done_and_is_tried_again(heard: list[Event]) -> None:
    down = [True]

    def second(event: Event) -> None:
        Office.objects.create(code="half", name_fa="-", name_en="-")
        if down[0]:
            raise RuntimeError("power cut")

    subscribe_durably(Signed, second, name="second")
    publish(SIGNED)
    assert deliver_pending() == 0
    assert heard == [SIGNED]
    assert not Office.objects.exists()
    down[0] = False
    assert deliver_pending() == 1
    assert heard == [SIGNED]
    assert Office.objects.count() == 1
    assert EventDelivery.objects.count() == 2


def test_one_that_keeps_failing_does_not_hold_up_the_next(heard: list[Event]) -> None:
    def fussy(event: Signed) -> None:
        if event.number == "bad":
            raise RuntimeError

    subscribe_durably(Signed, fussy, name="fussy")  # type: ignore[arg-type]
    publish(Signed("bad", SIGNED.day, SIGNED.at, (), False))
    publish(SIGNED)
    assert deliver_pending() == 1
    assert len(heard) == 2


def test_the_worker_is_woken_after_commit_and_a_queue_that_is_away_loses_nothing(
    heard: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise ConnectionError

    monkeypatch.setattr(durable, "_wake", away)
    publish(SIGNED)
    assert deliver_pending() == 1
    assert heard == [SIGNED]
