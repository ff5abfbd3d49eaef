"""The calendar has changed (a closure was declared, a year became known): open deadlines are computed anew."""

import logging
from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from apps.cases import deadlines
from apps.cases.models import Case, Deadline
from apps.cases.recording import append_history
from apps.common.work_calendar import city_calendar
from apps.common.working_days import due

log = logging.getLogger(__name__)
_AT_ONCE = 1_000


def recompute() -> int:
    """Bring every open deadline to the calendar of now; returns how many moved. Each move stands in the history.

    Safe beside other workers and after a stop in the middle: what is behind is seen by its fingerprint.
    """
    calendar = city_calendar()
    moved = 0
    same: dict[bool, list[int]] = defaultdict(list)
    for deadline in _behind(calendar.fingerprint).iterator(chunk_size=_AT_ONCE):
        try:
            found = due(deadlines.span_of(deadline), calendar)
        except ValueError:
            log.exception("deadline %s cannot be read; mend its row", deadline.pk)
            continue
        if found.at != deadline.due_at:
            moved += move(deadline.pk)
        else:
            same[found.certain].append(deadline.pk)
    for certain, unmoved in same.items():
        for first in range(0, len(unmoved), _AT_ONCE):
            _learn(unmoved[first : first + _AT_ONCE], calendar.fingerprint, certain=certain)
    return moved


@transaction.atomic
def _learn(pks: list[int], fingerprint: str, *, certain: bool) -> None:
    """Unmoved ones only note the calendar. Those in the hands of a step are passed over: it computes them itself."""
    free = _behind(fingerprint).filter(pk__in=pks).select_for_update(skip_locked=True).values_list("pk", flat=True)
    Deadline.objects.filter(pk__in=list(free)).update(calendar=fingerprint, certain=certain)


def _behind(fingerprint: str) -> QuerySet[Deadline]:
    return Deadline.objects.filter(met_at__isnull=True).exclude(calendar=fingerprint)


@transaction.atomic
def move(pk: int) -> bool:
    """Bring one deadline to the calendar of now. Whether it moved: another may have met or moved it meanwhile."""
    case_id = Deadline.objects.values_list("case_id", flat=True).get(pk=pk)
    case = Case.objects.select_for_update().get(pk=case_id)
    deadline = Deadline.objects.filter(pk=pk, met_at__isnull=True).first()
    if deadline is None:
        return False
    before = deadline.due_at
    after = deadlines.settle(deadline).due_at
    if before == after:
        return False
    data = {"deadline": deadline.pk, "code": deadline.code, "from": _said(before), "to": _said(after)}
    append_history(case=case, actor=None, kind="deadline_moved", data={**data, "because": "calendar"})
    return True


def _said(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
