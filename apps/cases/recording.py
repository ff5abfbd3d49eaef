"""Locking a case and adding to its history: what every write door of this room begins and ends with."""

from collections.abc import Mapping
from typing import Any

from apps.cases.models import Case, CaseEvent
from apps.cases.querysets import CLOSED
from apps.cases.selectors import visible_case
from apps.common import clock
from apps.common.errors import ConflictError
from apps.parties.models import Person


def locked_case(*, tracking: str, actor: Person) -> Case:
    """The case, locked until the end of the transaction. Raises NotFoundError for a case the actor does not see."""
    found = visible_case(tracking=tracking, person=actor)
    return Case.objects.select_for_update().get(pk=found.pk)


def check_not_over(case: Case) -> None:
    """Raises ConflictError for a closed case: what was asked and said in it stays as it is."""
    if case.status in CLOSED:
        raise ConflictError(
            fa="این پرونده بسته است و چیزی در آن پرسیده یا نوشته نمی‌شود. اگر لازم است درخواست تازه‌ای بدهید.",
            en="This case is closed: nothing is asked or written in it any more. Open a new one if you need to.",
            status=case.status,
        )


def append_history(*, case: Case, actor: Person | None, kind: str, data: Mapping[str, Any]) -> CaseEvent:
    """One more thing that happened. The table refuses changes and removals (trigger)."""
    return CaseEvent.objects.create(case=case, at=clock.now(), actor=actor, kind=kind, data=dict(data))
