"""The list of every start and end of a person's mandates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from apps.parties.mandate_facts import MandateFacts, State


class Moment(StrEnum):
    """What happened to a mandate."""

    GIVEN = "given"
    ENDED = "ended"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One start or end, at an instant. `given`: whether the reader is the giving side."""

    at: datetime
    moment: Moment
    mandate: MandateFacts
    given: bool


def log_of(given: Iterable[MandateFacts], held: Iterable[MandateFacts]) -> list[LogLine]:
    """Every start and end of these, newest first."""
    lines = [
        LogLine(at=at, moment=moment, mandate=mandate, given=side)
        for side, mandates in ((True, given), (False, held))
        for mandate in mandates
        for at, moment in _moments(mandate)
    ]
    return sorted(lines, key=lambda line: (line.at, line.mandate.id), reverse=True)


def _moments(mandate: MandateFacts) -> list[tuple[datetime, Moment]]:
    found = [(mandate.given_at, Moment.GIVEN)]
    if mandate.ended_at is not None:
        found.append((mandate.ended_at, Moment.ENDED))
    elif mandate.state == State.LAPSED:
        found.append((mandate.until, Moment.LAPSED))
    return found
