"""Keeping deadlines: reminders, escalation and what follows from one that has passed. Run by every worker, often.

Each mark is told exactly once: its row is written in the transaction that writes the messages, under the lock of the
case, and is unique. What fell due while nobody worked is told once, as the latest mark alone.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from apps.cases import deadline_serving as serving
from apps.cases import deadlines
from apps.cases.deadline_moves import recompute
from apps.cases.models import Case, Deadline
from apps.common import clock
from apps.common.deadline_marks import DISTANCE, Mark, marks
from apps.common.office_days import WorkCalendar
from apps.common.work_calendar import city_calendar

log = logging.getLogger(__name__)
_ORDER = list(Mark)


@dataclass(frozen=True, slots=True)
class Todo:
    """What is to be done about a deadline now: a mark to tell, `passed` to publish, a step of the system to try."""

    mark: Mark | None = None
    passed: bool = False
    step: str = ""

    def __bool__(self) -> bool:
        return self.mark is not None or self.passed or bool(self.step)


def tick() -> int:
    """Do what is due now; returns how many deadlines something was done about. Safe beside other workers."""
    recompute()
    now = clock.now()
    return sum(_serve(pk, now) for pk in list(_waiting(now)))


def todo(deadline: Deadline, calendar: WorkCalendar, now: datetime) -> Todo:
    """What is to be done about a running deadline at an instant, by the marks that stand in the database."""
    if deadline.due_at is None or deadline.met_at is not None:
        return Todo()
    done = {row.mark for row in deadline.marks.all()}
    last = max((_ORDER.index(Mark(mark)) for mark in done - {serving.PASSED}), default=-1)
    reached = [m.mark for m in marks(deadlines.span_of(deadline), calendar) if m.at <= now]
    latest = reached[-1] if reached and _ORDER.index(reached[-1]) > last else None
    over = deadline.due_at <= now
    return Todo(mark=latest, passed=over and serving.PASSED not in done, step=serving.then(deadline) if over else "")


def _waiting(now: datetime) -> Iterator[int]:
    """Deadlines with something to do: near their last day or behind it, and not yet given into other hands."""
    calendar = city_calendar()
    horizon = calendar.ends(calendar.step(calendar.local_day(now), DISTANCE))
    near = Deadline.objects.filter(met_at__isnull=True, due_at__lte=horizon).exclude(marks__mark=Mark.ESCALATE)
    rows = near.select_related("case").prefetch_related("marks").order_by("due_at", "pk")
    return (deadline.pk for deadline in rows.iterator(chunk_size=500) if _waits(deadline, calendar, now))


def _waits(deadline: Deadline, calendar: WorkCalendar, now: datetime) -> bool:
    try:
        return bool(todo(deadline, calendar, now))
    except ValueError:
        log.exception("deadline %s cannot be read; mend its row", deadline.pk)
        return False


def _serve(pk: int, now: datetime) -> bool:
    """Whether something was done. A deadline that fails is logged and tried again; it holds up no other."""
    try:
        return _served(pk, now)
    except Exception:
        log.exception("deadline %s could not be served; it is tried again", pk)
        return False


@transaction.atomic
def _served(pk: int, now: datetime) -> bool:
    case_id = Deadline.objects.values_list("case_id", flat=True).get(pk=pk)
    case = Case.objects.select_for_update(skip_locked=True).filter(pk=case_id).first()
    if case is None:
        return False  # in somebody else's hands: the next look finds what they left
    deadline = Deadline.objects.select_related("item__assignee").get(pk=pk)
    deadline.case = case
    due = todo(deadline, city_calendar(), now)
    if due.passed:
        serving.publish_passed(deadline, now)
    if due.step and serving.take_step(deadline, due.step, now):
        return True
    if due.mark is not None:
        serving.tell_mark(deadline, due.mark, now)
    return due.passed or due.mark is not None
