"""What is done about one deadline, each in the transaction and under the lock of its caller (`deadline_ticks`)."""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from apps.cases import deadline_words as words
from apps.cases import deadlines
from apps.cases.capacities import told_of
from apps.cases.deadline_people import above, in_charge
from apps.cases.events import DeadlinePassed
from apps.cases.models import Case, Deadline, DeadlineMark
from apps.cases.recording import append_history
from apps.cases.steps import system_step
from apps.cases.telling import tell
from apps.cases.types.definition import State
from apps.cases.types.registry import definition_of
from apps.common.deadline_marks import Mark
from apps.common.errors import ConflictError
from apps.common.events import publish
from apps.common.text import Text
from apps.common.work_calendar import city_calendar
from apps.common.working_days import days_left, due

log = logging.getLogger(__name__)
PASSED = "passed"


def then(deadline: Deadline) -> str:
    """The verb that the system takes when the term of the case's own state has passed; '' = none."""
    state = _states(deadline.case).get(deadline.code)
    if state is None or state.term is None or state.code != deadline.case.status:
        return ""
    return state.term.then


def publish_passed(deadline: Deadline, now: datetime) -> None:
    """It passed without having been met: into the history, and to the rooms above."""
    _mark(deadline, PASSED, now)
    append_history(case=deadline.case, actor=None, kind="deadline_passed", data=_data(deadline))
    publish(DeadlinePassed(case_id=deadline.case_id, deadline_id=deadline.pk, code=deadline.code))


def take_step(deadline: Deadline, verb: str, now: datetime) -> bool:
    """Whether the system's step was taken, and its people told. Refused (a hold, a guard): tried again until those
    above were asked to see to it."""
    told = _told(deadline, now)
    try:
        with transaction.atomic():
            case = system_step(case=deadline.case, verb=verb, data={"deadline": deadline.pk})
    except ConflictError as refused:
        log.info("deadline %s passed, but the step %s was refused: %s", deadline.pk, verb, refused)
        return False
    deadlines.meet(deadline, at=now)
    tell(case, told_of(case), words.stepped(told, definition_of(case).state(case.status).name))
    return True


def tell_mark(deadline: Deadline, mark: Mark, now: datetime) -> None:
    """The mark's row and its messages, together."""
    _mark(deadline, mark, now)
    case, told = deadline.case, _told(deadline, now)
    if mark is Mark.ESCALATE:
        people = above(case)
        tell(case, people, words.escalation(told))
        if deadline.item is None or deadline.item.side == "office":
            tell(case, told_of(case), words.escalated(told))
        data = {**_data(deadline), "told": len(people)}
        append_history(case=case, actor=None, kind="deadline_escalated", data=data)
    else:
        tell(case, in_charge(case, deadline), words.reminder(told))


def name_of(deadline: Deadline) -> Text:
    """What the deadline is for: the name of the state it belongs to, else its code."""
    state = _states(deadline.case).get(deadline.code)
    return state.name if state is not None else Text.of(deadline.code)


def _states(case: Case) -> Mapping[str, State]:
    """The states of the case's type; none where its definition is missing: one broken case holds up no other."""
    try:
        return {state.code: state for state in definition_of(case).states}
    except ObjectDoesNotExist:
        log.exception("case %s has no definition", case.pk)
        return {}


def _told(deadline: Deadline, now: datetime) -> words.Told:
    calendar = city_calendar()
    found = due(deadlines.span_of(deadline), calendar)
    if found.day is None or found.at is None:
        raise ValueError(f"deadline {deadline.pk} stands still, so there is nothing to tell of it")
    return words.Told(
        tracking=deadline.case.tracking,
        name=name_of(deadline),
        last=found.day,
        left=days_left(found.day, calendar.local_day(now), calendar),
        passed=found.at <= now,
        certain=found.certain,
    )


def _mark(deadline: Deadline, mark: str, now: datetime) -> None:
    DeadlineMark.objects.create(deadline=deadline, mark=mark, at=now)


def _data(deadline: Deadline) -> dict[str, object]:
    due_at = deadline.due_at.isoformat() if deadline.due_at else None
    return {"deadline": deadline.pk, "code": deadline.code, "due": due_at}
