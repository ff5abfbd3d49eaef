"""Lower rooms tell upper ones what happened, after commit, without importing them.

A listener that fails is logged and never undoes what was committed.
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


def subscribe(kind: type[Event], listener: Listener) -> None:
    """Call `listener(event)` after each commit that published an event of `kind`. Idempotent."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


def publish(event: Event) -> None:
    """Tell listeners once the surrounding transaction commits; at once when there is none."""
    for listener in _listeners[type(event)]:
        transaction.on_commit(_teller(listener, event), robust=True)


def _teller(listener: Listener, event: Event) -> Callable[[], None]:
    """A named function, because Django's log of a failing hook asks for its name (a partial has none)."""

    def tell() -> None:
        listener(event)

    return tell
