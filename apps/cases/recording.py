"""Locking a case and adding to its history: what every write door of this room begins and ends with."""

from collections.abc import Mapping
from typing import Any

from apps.cases.models import Case, CaseEvent
from apps.cases.selectors import visible_case
from apps.common import clock
from apps.parties.models import Person


def locked_case(*, tracking: str, actor: Person) -> Case:
    """The case, locked until the end of the transaction. Raises NotFoundError for a case the actor does not see."""
    found = visible_case(tracking=tracking, person=actor)
    return Case.objects.select_for_update().get(pk=found.pk)


def append_history(*, case: Case, actor: Person | None, kind: str, data: Mapping[str, Any]) -> CaseEvent:
    """One more thing that happened. The table refuses changes and removals (trigger)."""
    return CaseEvent.objects.create(case=case, at=clock.now(), actor=actor, kind=kind, data=dict(data))
