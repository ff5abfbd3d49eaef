"""Hold the oracle's law against another teller of it, wherever and whenever acts make a difference."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from random import Random

import shapely

from tests.oracle import law
from tests.oracle.package import Act

Teller = Callable[[str, shapely.Point, date, datetime], set[str]]
"""(instrument, place, on, known_at) to the statuses there."""

CITY = shapely.box(550_000, 3_600_000, 580_000, 3_625_000)


def differences(acts: Sequence[Act], teller: Teller, *, draw: Random, at_most: int = 80) -> Iterator[str]:
    """One line for each question that is answered differently; of very many questions some are drawn."""
    questions = list(product(sorted({a.instrument for a in acts}), _places(acts), _days(acts), _instants(acts)))
    if len(questions) > at_most:
        questions = draw.sample(questions, at_most)
    for instrument, place, on, known_at in questions:
        mine, theirs = told(acts, instrument, place, on, known_at), teller(instrument, place, on, known_at)
        if theirs != {mine}:
            yield f"{instrument} at {place} on {on} known {known_at}: oracle {mine}, product {sorted(theirs)}"


def told(acts: Sequence[Act], instrument: str, place: shapely.Point, on: date, known_at: datetime) -> str:
    """The oracle's status at a point that lies on no border."""
    (piece,) = law.pieces(law.known(acts, known_at), place)
    return law.status(piece.acts, instrument, on)


def _places(acts: Sequence[Act]) -> list[shapely.Point]:
    return [piece.shape.representative_point() for piece in law.pieces(acts, CITY)]


def _days(acts: Sequence[Act]) -> list[date]:
    """Each day on which something starts, and the day before."""
    turning = {day for a in acts for day in (a.act_date, a.effective_on)}
    return sorted(turning | {day - timedelta(days=1) for day in turning})


def _instants(acts: Sequence[Act]) -> list[datetime]:
    """Each recording, and the microsecond before."""
    recorded = {a.recorded_at for a in acts}
    return sorted(recorded | {at - timedelta(microseconds=1) for at in recorded})
