"""Lower rooms tell upper ones what happened, after commit, without importing them.

Two ways to listen. `subscribe`: called in the same process right after commit; one that fails, or a process that dies
first, misses the event. `subscribe_durably`: the event is written down in the transaction that published it and handed
over by a worker, exactly once, whatever dies in between (docs/decisions/0016).
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events: frozen facts with ids, never model instances."""


Listener = Callable[[Event], None]
_listeners: dict[type[Event], list[Listener]] = defaultdict(list)
_durable: dict[type[Event], dict[str, Listener]] = defaultdict(dict)


def subscribe(kind: type[Event], listener: Listener) -> None:
    """Call `listener(event)` after each commit that published an event of `kind`. Idempotent."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


def subscribe_durably(kind: type[Event], listener: Listener, *, name: str) -> None:
    """Hand every event of `kind` to `listener` exactly once, in a transaction together with the mark that it was.

    `name` stands in the database for this listener: it never changes. Idempotent.
    """
    _durable[kind][name] = listener


def durable_listeners(kind: type[Event]) -> dict[str, Listener]:
    """The durable listeners of a kind, by name."""
    return dict(_durable[kind])


def durable_kinds() -> dict[str, type[Event]]:
    """Kinds of events that have durable listeners, by the name they are written down under."""
    return {kind_name(kind): kind for kind, listeners in _durable.items() if listeners}


def kind_name(kind: type[Event]) -> str:
    """'apps.legal.events.ActRecorded'."""
    return f"{kind.__module__}.{kind.__qualname__}"


def publish(event: Event) -> None:
    """Tell listeners once the surrounding transaction commits; at once when there is none."""
    if _durable[type(event)]:
        from apps.common.durable import write_down

        write_down(event)
    for listener in _listeners[type(event)]:
        transaction.on_commit(_teller(listener, event), robust=True)


def _teller(listener: Listener, event: Event) -> Callable[[], None]:
    """A named function, because Django's log of a failing hook asks for its name (a partial has none)."""

    def tell() -> None:
        listener(event)

    return tell
