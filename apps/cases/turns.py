"""Whose turn it is: after each step the open entry of the kartabl is closed and the next one opened."""

from datetime import datetime
from typing import TYPE_CHECKING

from apps.cases.deadline_turns import follow
from apps.cases.models import Case, KartablItem
from apps.cases.types.definition import CaseType, State, Turn
from apps.common import clock

if TYPE_CHECKING:
    from apps.parties.models import Person

TURN = "turn"


def hand_on(case: Case, definition: CaseType, *, by: "Person | None", outcome: str) -> KartablItem | None:
    """Close the turn that was and open the one that the case's status asks for; None when it is nobody's.

    Terms follow. Call it in the transaction of the step. An officer who sent a case to the owner gets it back.
    """
    _close(case, by=by, outcome=outcome, at=clock.now())
    state = definition.state(case.status)
    item = None if state.turn in (Turn.NOBODY, Turn.SYSTEM) else _opened(case, state)
    follow(case, definition, item=item)
    return item


def _opened(case: Case, state: State) -> KartablItem:
    office = state.turn is Turn.OFFICE
    return KartablItem.objects.create(
        case=case,
        kind=TURN,
        state=state.code,
        side="office" if office else "owner",
        role=state.role if office else "",
        district=case.district if office else None,
        assignee=_had_it_before(case, state.role) if office else None,
        opened_at=clock.now(),
    )


def open_turn(case: Case) -> KartablItem | None:
    """The entry that says whose turn it is."""
    return KartablItem.objects.filter(case=case, kind=TURN, closed_at__isnull=True).first()


def _close(case: Case, *, by: "Person | None", outcome: str, at: datetime) -> None:
    KartablItem.objects.filter(case=case, kind=TURN, closed_at__isnull=True).update(
        closed_at=at, closed_by=by, outcome=outcome, due_at=None
    )


def _had_it_before(case: Case, role: str) -> "Person | None":
    """Who had the case in this role last: they know it."""
    before = KartablItem.objects.filter(case=case, side="office", role=role, assignee__isnull=False)
    item = before.select_related("assignee").order_by("-pk").first()
    return None if item is None or item.assignee is None or not item.assignee.is_active else item.assignee
