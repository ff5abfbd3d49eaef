"""The moments at which people hear of a deadline: three working days ahead, on its last day, three behind. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice, takewhile

from apps.common.working_days import Span, WorkCalendar, due, working

DISTANCE = 3


class Mark(StrEnum):
    """Moments at which people hear of a deadline, in their order."""

    AHEAD = "ahead"
    DAY = "day"
    BEHIND = "behind"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark and its instant (UTC)."""

    mark: Mark
    at: datetime


def marks(span: Span, calendar: WorkCalendar, *, distance: int = DISTANCE) -> tuple[Marked, ...]:
    """AHEAD, DAY and BEHIND at the opening of offices so many working days around the last day, ESCALATE when the
    last of those behind closes.

    Paused days are left out; what a standing pause meets has no instant yet. A span too short to be announced ahead
    (its day ahead would be the day of arrival, or lie before it) is not.
    """
    last = due(span, calendar).day
    if last is None:
        return ()
    days = working(calendar.arrival(span.started_at), span, calendar)
    early = list(takewhile(lambda day: day < last, days))  # takes the last day itself out of `days`
    late = list(islice(days, distance))
    found = [Marked(Mark.AHEAD, calendar.opens(early[-distance]))] if len(early) >= distance else []
    found.append(Marked(Mark.DAY, calendar.opens(last)))
    if len(late) == distance:
        found += [Marked(Mark.BEHIND, calendar.opens(late[-1])), Marked(Mark.ESCALATE, calendar.closes(late[-1]))]
    return tuple(found)
