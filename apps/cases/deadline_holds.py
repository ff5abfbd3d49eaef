"""While a hold stops a case its deadlines stand still: told by the durable events of holds (decision 0016)."""

from django.db import transaction

from apps.cases import deadlines
from apps.cases.events import CaseHeld, CaseReleased
from apps.cases.hold_rules import Level
from apps.cases.models import Case, Deadline, Hold
from apps.common.events import Event, subscribe_durably


def listen() -> None:
    """Called once at start. The names stand in the database."""
    subscribe_durably(CaseHeld, on_hold, name="deadlines of a held case stand still")
    subscribe_durably(CaseReleased, on_hold, name="deadlines of a released case go on")


@transaction.atomic
def on_hold(event: Event) -> None:
    """Every open deadline of the case stands still from the moment of the hold to that of its release.

    A warning stops nothing. The rows say what is to be done, so the two events may come in any order.
    """
    if isinstance(event, CaseHeld | CaseReleased):
        case = Case.objects.select_for_update().get(pk=event.case_id)
        hold = Hold.objects.select_related("release").get(pk=event.hold_id)
        for deadline in deadlines.running(case) if hold.level == Level.STOP else ():
            _bring(deadline, hold)


def _bring(deadline: Deadline, hold: Hold) -> None:
    cause = deadlines.by_hold(hold.pk)
    if all(why != cause for _, _, why in deadline.pauses):
        deadlines.pause(deadline, why=cause, at=hold.placed_at)
    if hasattr(hold, "release"):
        deadlines.resume(deadline, why=cause, at=hold.release.released_at)
