"""Events are told after commit, once, and a listener that fails undoes nothing."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from apps.common import events
from apps.common.events import Event, publish, subscribe
from apps.parties.models import Office


@dataclass(frozen=True, slots=True)
class Happened(Event):
    number: int


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    told: list[Event] = []
    monkeypatch.setitem(events._listeners, Happened, [])
    subscribe(Happened, told.append)
    return told


@pytest.mark.django_db(transaction=True)
def test_told_after_commit_only(heard: list[Event]) -> None:
    with transaction.atomic():
        publish(Happened(1))
        assert heard == []
    assert heard == [Happened(1)]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_tells_nobody(heard: list[Event]) -> None:
    def fails() -> None:
        with transaction.atomic():
            publish(Happened(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_a_failing_listener_undoes_nothing_and_stops_nobody(heard: list[Event]) -> None:
    def fails(_event: Event) -> None:
        raise ValueError("listener")

    events._listeners[Happened].insert(0, fails)
    with transaction.atomic():
        Office.objects.create(code="x", name_fa="x", name_en="x")
        publish(Happened(2))
    assert heard == [Happened(2)]
    assert Office.objects.filter(code="x").exists()


def test_subscribing_twice_tells_once(heard: list[Event]) -> None:
    listener = heard.append
    subscribe(Happened, listener)
    subscribe(Happened, listener)
    assert events._listeners[Happened].count(listener) == 1
