"""An act was recorded: the open requests are examined, a batch for each event, so that each batch stands by itself."""

from apps.cadastre.events import ParcelVersionsAdded
from apps.cases.events import CaseMoved
from apps.common.events import Event, publish, subscribe_durably
from apps.legal.events import ActRecorded
from apps.permits import inspection_ending, land_changes
from apps.permits.events import ExaminationDue
from apps.permits.examining import examine_batch


def on_event(event: Event) -> None:
    """Examine one batch, and ask for the next one in the same transaction."""
    last = examine_batch(after=event.after if isinstance(event, ExaminationDue) else 0)
    if last is not None:
        publish(ExaminationDue(after=last))


def listen() -> None:
    """Subscribe; the names stand in the database and never change."""
    subscribe_durably(ActRecorded, on_event, name="permits.examine")
    subscribe_durably(ExaminationDue, on_event, name="permits.examine_next")
    subscribe_durably(ParcelVersionsAdded, land_changes.on_event, name="permits.land_changed")
    subscribe_durably(CaseMoved, inspection_ending.on_moved, name="permits.visits_end")
