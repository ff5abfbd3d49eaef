"""Events that outlive the process that published them: written with the act, handed over once, by any worker."""

import logging
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, get_type_hints

from django.db import transaction

from apps.common import clock
from apps.common.events import Event, durable_kinds, durable_listeners, kind_name
from apps.common.models import EventDelivery, EventRecord

log = logging.getLogger(__name__)


def write_down(event: Event) -> EventRecord:
    """The event as a row of the caller's transaction; a worker is woken after commit (and looks by itself as well)."""
    record = EventRecord.objects.create(kind=kind_name(type(event)), facts=_plain(event), recorded_at=clock.now())
    transaction.on_commit(_wake, robust=True)
    return record


def deliver_pending() -> int:
    """Hand over everything that is not settled, oldest first; returns how many events were settled.

    Safe beside other workers: a record in somebody else's hands is passed over. A listener that fails is logged and
    tried again at the next call; it does not hold up the others. Events of kinds nobody listens to any more wait.
    """
    waiting = EventRecord.objects.filter(settled=False, kind__in=durable_kinds()).order_by("pk")
    return sum(_settle(pk) for pk in list(waiting.values_list("pk", flat=True)))


def _settle(pk: int) -> bool:
    record = EventRecord.objects.get(pk=pk)
    kind = durable_kinds()[record.kind]
    event = _event(kind, record.facts)
    done = [_deliver(record, name, event) for name in durable_listeners(kind)]
    if not all(done):
        return False
    return EventRecord.objects.filter(pk=pk, settled=False).update(settled=True) == 1


def _deliver(record: EventRecord, name: str, event: Event) -> bool:
    """Whether this listener has had the event by now."""
    try:
        with transaction.atomic():
            if not EventRecord.objects.select_for_update(skip_locked=True).filter(pk=record.pk).exists():
                return False
            if EventDelivery.objects.filter(record=record, listener=name).exists():
                return True
            durable_listeners(type(event))[name](event)
            EventDelivery.objects.create(record=record, listener=name, done_at=clock.now())
    except Exception:
        log.exception("listener %s failed on event %s (%s); it is tried again", name, record.pk, record.kind)
        return False
    return True


def _wake() -> None:
    from apps.common.tasks import deliver_events

    deliver_events.delay()


def _plain(event: Event) -> dict[str, Any]:
    """Facts as JSON holds them: days and instants as ISO text."""
    values = {f.name: getattr(event, f.name) for f in fields(event)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _event(kind: type[Event], facts: Mapping[str, Any]) -> Event:
    hints = get_type_hints(kind)
    return kind(**{name: _read(hints[name], value) for name, value in facts.items() if name in hints})


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and hint is not str:
        named = str(hint)
        return datetime.fromisoformat(value) if "datetime.datetime" in named else date.fromisoformat(value)
    return value
