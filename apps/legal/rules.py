"""What a sequence of acts means: a fold over acts in the order of their days. Pure, no clock, no geometry.

An act that is not possible at its place in the order (because an act that works earlier was recorded since)
is without effect; nothing is ever taken out of the sequence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from apps.legal.acts import ActKind, ActRecord, Status, Verdict

_STANDING = frozenset({Status.APPROVED, Status.IN_FORCE})
_FROM = {
    ActKind.APPROVE: frozenset({Status.DRAFT}),
    ActKind.PROMULGATE: frozenset({Status.APPROVED}),
    ActKind.SUSPEND: _STANDING,
    ActKind.LIFT: _STANDING,
    ActKind.ANNUL: _STANDING,
    ActKind.REPEAL: _STANDING,
    ActKind.REPLACE: _STANDING,
}
_TO = {
    ActKind.APPROVE: Status.APPROVED,
    ActKind.PROMULGATE: Status.IN_FORCE,
    ActKind.ANNUL: Status.ANNULLED,
    ActKind.REPEAL: Status.REPEALED,
}
# A successor that was itself replaced still keeps its predecessor away: what governs is the end of the chain.
# So does one that bound and was repealed: a repeal ends a law from its day on, it does not bring an older one back.
# Suspension and annulment do: while, or because, the successor has no effect, the predecessor was never displaced.
_DISPLACES = frozenset({Status.IN_FORCE, Status.REPLACED})


@dataclass(frozen=True, slots=True)
class State:
    """One instrument at one place: its stage, the act behind it, active suspensions, successors, ever promulgated.

    `stage` is DRAFT, APPROVED, IN_FORCE, ANNULLED or REPEALED; the other statuses are read off the rest.
    """

    stage: Status = Status.DRAFT
    basis: ActRecord | None = None
    suspensions: tuple[ActRecord, ...] = ()
    replacements: tuple[ActRecord, ...] = ()
    bound: bool = False


def step(state: State, act: ActRecord) -> State | None:
    """The state after the act; None when the act is not possible in this state."""
    if state.stage not in _FROM[act.kind]:
        return None
    if act.kind is ActKind.SUSPEND:
        return replace(state, suspensions=(*state.suspensions, act))
    if act.kind is ActKind.LIFT:
        return _lift(state, act)
    if act.kind is ActKind.REPLACE:
        return _name_successor(state, act)
    bound = state.bound or act.kind is ActKind.PROMULGATE
    return replace(state, stage=_TO[act.kind], basis=act, bound=bound)


def fold(acts: Iterable[ActRecord]) -> State:
    """The state after these acts of one instrument at one place; impossible ones change nothing."""
    state = State()
    for act in sorted(acts, key=lambda a: a.order):
        state = step(state, act) or state
    return state


def known_here(
    acts: Iterable[ActRecord], *, instrument: int, known_at: datetime, inside: frozenset[int]
) -> tuple[ActRecord, ...]:
    """The instrument's acts that were recorded by `known_at` and reach the place."""
    return tuple(a for a in acts if a.instrument == instrument and a.recorded_at <= known_at and a.works_in(inside))


def verdict_on(
    acts: tuple[ActRecord, ...],
    *,
    instrument: int,
    on: date,
    known_at: datetime,
    inside: frozenset[int] = frozenset(),
    chain: frozenset[int] = frozenset(),
) -> Verdict:
    """Status of the instrument on a day, as known at an instant, at a place inside exactly these scopes.

    `acts` must hold the acts of its successors too. Raises ValueError when replacements run in a circle.
    """
    if instrument in chain:
        raise ValueError(f"Instrument {instrument} replaces itself through {sorted(chain)}")
    here = known_here(acts, instrument=instrument, known_at=known_at, inside=inside)
    state = fold(a for a in here if a.effective_on <= on)
    if state.stage not in _STANDING:
        return Verdict(state.stage, state.basis, bound=state.bound)
    for act in state.replacements:
        successor = verdict_on(
            acts,
            instrument=_successor(act),
            on=on,
            known_at=known_at,
            inside=inside,
            chain=chain | {instrument},
        )
        if successor.status in _DISPLACES or (successor.status is Status.REPEALED and successor.bound):
            return Verdict(Status.REPLACED, act)
    return _undisplaced(state, here, on)


def status_on(
    acts: tuple[ActRecord, ...],
    *,
    instrument: int,
    on: date,
    known_at: datetime,
    inside: frozenset[int] = frozenset(),
) -> Status:
    """The status alone; see `verdict_on`."""
    return verdict_on(acts, instrument=instrument, on=on, known_at=known_at, inside=inside).status


def _undisplaced(state: State, here: tuple[ActRecord, ...], on: date) -> Verdict:
    if state.suspensions:
        return Verdict(Status.SUSPENDED, state.suspensions[0])
    if state.stage is Status.APPROVED:
        announced = [a for a in here if a.kind is ActKind.PROMULGATE and a.act_date <= on < a.effective_on]
        if announced:
            return Verdict(Status.PROMULGATED, min(announced, key=lambda a: a.order))
    return Verdict(state.stage, state.basis)


def _lift(state: State, act: ActRecord) -> State | None:
    left = tuple(s for s in state.suspensions if s.id != act.lifts)
    return replace(state, suspensions=left) if len(left) < len(state.suspensions) else None


def _name_successor(state: State, act: ActRecord) -> State | None:
    if any(r.replaced_by == act.replaced_by for r in state.replacements):
        return None
    return replace(state, replacements=(*state.replacements, act))


def _successor(act: ActRecord) -> int:
    if act.replaced_by is None:
        raise ValueError(f"Act {act.id} replaces without naming a successor")
    return act.replaced_by
