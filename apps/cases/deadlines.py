"""The write doors of deadlines: start, pause, resume, meet. When one is due is for `apps.common.working_days` to say.

Lock the case first: a deadline belongs to its case, and what moves it is a step of the case, a hold, or the calendar.
A pause has a cause: several may stand at once, and time runs again when the last of them has ended.
"""

from datetime import datetime

from apps.cases.hold_rules import Level
from apps.cases.models import Case, Deadline, Hold, KartablItem
from apps.common import clock
from apps.common.errors import ConflictError
from apps.common.work_calendar import city_calendar
from apps.common.working_days import Span, Unit, due

TURN = "turn"
"""Cause of a pause: the ball is with somebody else for a while."""


def start(
    *,
    case: Case,
    code: str,
    amount: int,
    unit: str,
    source: str = "",
    item: KartablItem | None = None,
    at: datetime | None = None,
) -> Deadline:
    """So many `unit` (working_days, days) from `at` (now) for `code`; one that runs already is returned as it is.

    Holds that stop the case stop it from the beginning. Raises ValueError for an impossible amount or unit.
    """
    running = Deadline.objects.filter(case=case, code=code, met_at__isnull=True).first()
    if running is not None:
        return running
    stops = Hold.objects.active().filter(case=case, level=Level.STOP)
    return settle(
        Deadline(
            case=case,
            code=code,
            amount=amount,
            unit=Unit(unit).value,
            source=source,
            item=item,
            started_at=at or clock.now(),
            pauses=[[hold.placed_at.isoformat(), None, by_hold(hold.pk)] for hold in stops],
        )
    )


def pause(deadline: Deadline, *, why: str = TURN, at: datetime | None = None) -> Deadline:
    """Time stands still from `at` (now) on, for this cause; a cause that stands already adds nothing.

    Raises ConflictError for a deadline that was met.
    """
    _check_running(deadline)
    if not any(end is None and cause == why for _, end, cause in deadline.pauses):
        deadline.pauses = [*deadline.pauses, [(at or clock.now()).isoformat(), None, why]]
    return settle(deadline)


def resume(
    deadline: Deadline, *, why: str = TURN, at: datetime | None = None, item: KartablItem | None = None
) -> Deadline:
    """This cause has ended at `at` (now); time runs when no other stands. `item`: the entry that waits for it now.

    Raises ConflictError for a deadline that was met.
    """
    _check_running(deadline)
    ends = at or clock.now()
    deadline.pauses = [
        [begin, _later(begin, ends) if end is None and cause == why else end, cause]
        for begin, end, cause in deadline.pauses
    ]
    deadline.item = item or deadline.item
    return settle(deadline)


def meet(deadline: Deadline, *, at: datetime | None = None) -> Deadline:
    """What had to be done is done, or need not be any more: nobody is reminded of it. Met once, it stays so."""
    if deadline.met_at is None:
        deadline.met_at = at or clock.now()
        deadline.save(update_fields=["met_at"])
    return deadline


def running(case: Case) -> list[Deadline]:
    """The deadlines of a case that are not met, paused ones among them, in the order in which they began."""
    return list(Deadline.objects.filter(case=case, met_at__isnull=True).order_by("pk"))


def span_of(deadline: Deadline) -> Span:
    """The row as the rules see it."""
    pauses = tuple((datetime.fromisoformat(b), datetime.fromisoformat(e) if e else None) for b, e, _ in deadline.pauses)
    return Span(deadline.started_at, deadline.amount, Unit(deadline.unit), pauses)


def by_hold(pk: int) -> str:
    """Cause of a pause: a hold stops the case."""
    return f"hold:{pk}"


def _later(begin: str, ends: datetime) -> str:
    """A pause never ends before it began, whatever the clocks of two machines say."""
    return max(datetime.fromisoformat(begin), ends).isoformat()


def settle(deadline: Deadline) -> Deadline:
    """Due as the calendar of now says; kept, with the copy on the worklist's entry."""
    calendar = city_calendar()
    found = due(span_of(deadline), calendar)
    deadline.due_at, deadline.certain, deadline.calendar = found.at, found.certain, calendar.fingerprint
    deadline.save()
    if deadline.item_id is not None:
        KartablItem.objects.filter(pk=deadline.item_id, closed_at__isnull=True).update(due_at=found.at)
    return deadline


def _check_running(deadline: Deadline) -> None:
    if deadline.met_at is not None:
        raise ConflictError(
            fa="این مهلت به پایان رسیده است و نمی‌توان آن را متوقف یا روان کرد.",
            en="This deadline was met; it can be neither paused nor resumed.",
            deadline=deadline.pk,
        )
