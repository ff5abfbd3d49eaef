"""From acts to periods: rectangles of legal days × recorded instants, per instrument and atom of place. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from apps.legal.acts import ActKind, ActRecord, Period, Status
from apps.legal.rules import verdict_on

# One stretch of days with one answer: from (None = ever), to (None = for good), status, act.
_Run = tuple[date | None, date | None, Status, int | None]


def project(acts: Iterable[ActRecord], atoms: Mapping[int, Iterable[frozenset[int]]]) -> tuple[Period, ...]:
    """Periods of the instruments named in `atoms`, each at each of its atoms.

    `acts`: all acts of the connected group. The periods of one (instrument, atom) tile every day from the instant its
    first act was recorded, without overlap; equal neighbours are merged.
    """
    sequence = tuple(acts)
    return tuple(
        period for instrument in sorted(atoms) for period in _of_instrument(sequence, instrument, atoms[instrument])
    )


def reachable(acts: Iterable[ActRecord], instrument: int) -> frozenset[int]:
    """The instrument and every successor whose standing its own may hang on."""
    edges = [(a.instrument, a.replaced_by) for a in acts if a.replaced_by is not None]
    found = {instrument}
    while more := {after for before, after in edges if before in found} - found:
        found |= more
    return frozenset(found)


def _of_instrument(acts: tuple[ActRecord, ...], instrument: int, atoms: Iterable[frozenset[int]]) -> Iterator[Period]:
    own = [a.recorded_at for a in acts if a.instrument == instrument]
    if not own:
        return
    for inside in sorted(atoms, key=sorted):
        here = tuple(a for a in acts if a.works_in(inside))
        chain = reachable(here, instrument)
        yield from _rectangles(tuple(a for a in here if a.instrument in chain), instrument, inside, min(own))


def _rectangles(
    acts: tuple[ActRecord, ...], instrument: int, inside: frozenset[int], first: datetime
) -> Iterator[Period]:
    opened: dict[_Run, datetime] = {}
    for instant in sorted({first} | {a.recorded_at for a in acts if a.recorded_at > first}):
        runs = set(_runs(acts, instrument, inside, instant))
        for run in [r for r in opened if r not in runs]:
            yield _period(instrument, inside, run, opened.pop(run), instant)
        for run in runs:
            opened.setdefault(run, instant)
    for run, since in opened.items():
        yield _period(instrument, inside, run, since, None)


def _runs(acts: tuple[ActRecord, ...], instrument: int, inside: frozenset[int], instant: datetime) -> Iterator[_Run]:
    start: date | None = None
    held = _answer(acts, instrument, inside, instant, date.min)
    for day in _days(acts, instant):
        answer = _answer(acts, instrument, inside, instant, day)
        if answer != held:
            yield (start, day, *held)
            start, held = day, answer
    yield (start, None, *held)


def _days(acts: tuple[ActRecord, ...], instant: datetime) -> list[date]:
    known = [a for a in acts if a.recorded_at <= instant]
    announced = {a.act_date for a in known if a.kind is ActKind.PROMULGATE}
    return sorted({a.effective_on for a in known} | announced)


def _answer(
    acts: tuple[ActRecord, ...], instrument: int, inside: frozenset[int], instant: datetime, day: date
) -> tuple[Status, int | None]:
    verdict = verdict_on(acts, instrument=instrument, on=day, known_at=instant, inside=inside)
    return verdict.status, verdict.act.id if verdict.act else None


def _period(instrument: int, inside: frozenset[int], run: _Run, since: datetime, until: datetime | None) -> Period:
    legal_from, legal_to, status, act = run
    return Period(
        instrument=instrument,
        inside=inside,
        status=status,
        act=act,
        legal_from=legal_from,
        legal_to=legal_to,
        known_from=since,
        known_to=until,
    )
