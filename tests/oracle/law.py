"""Which law stands on a day, as known at an instant: plain loops over the acts, nothing stored.

Both clocks are half-open: an act works from its effective day on, and is known from the instant of its recording on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from shapely.geometry.base import BaseGeometry

from tests.oracle.package import Act

IN_FORCE, SUSPENDED, REPLACED, REPEALED = "in_force", "suspended", "replaced", "repealed"
DRAFT, APPROVED, PROMULGATED = "draft", "approved_not_promulgated", "promulgated_not_yet_effective"


@dataclass
class Standing:
    """How an instrument stands after some of its acts."""

    approved: bool = False
    bound_by: Act | None = None
    ended: str = ""
    suspensions: list[str] = field(default_factory=list)
    heirs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Piece:
    """A part of a place in which every act reaches either the whole or nothing; `acts` = those that reach it."""

    shape: BaseGeometry
    acts: tuple[Act, ...]


def known(acts: Sequence[Act], known_at: datetime) -> tuple[Act, ...]:
    """What had been recorded by then, in the order of working: effective day, then recording."""
    told = [a for a in acts if a.recorded_at <= known_at]
    return tuple(sorted(told, key=lambda a: (a.effective_on, a.recorded_at)))


def pieces(acts: Sequence[Act], place: BaseGeometry) -> list[Piece]:
    """Cut `place` by every scope in turn; touching a scope is not lying in it."""
    parts: list[tuple[BaseGeometry, frozenset[int]]] = [(place, frozenset())]
    for number, act in enumerate(acts):
        if act.scope is not None:
            parts = [cut for shape, inside in parts for cut in _cut(shape, inside, number, act.scope)]
    return [
        Piece(shape, tuple(a for n, a in enumerate(acts) if a.scope is None or n in inside)) for shape, inside in parts
    ]


def _cut(
    shape: BaseGeometry, inside: frozenset[int], number: int, scope: BaseGeometry
) -> list[tuple[BaseGeometry, frozenset[int]]]:
    both, rest = shape.intersection(scope), shape.difference(scope)
    halves = [(rest, inside), (both, inside | {number})]
    if shape.area == 0:  # a point: it lies in the scope or it does not
        return [(part, marks) for part, marks in halves if not part.is_empty]
    return [(part, marks) for part, marks in halves if part.area > 0]


def status(acts: Sequence[Act], instrument: str, on: date) -> str:
    """Where an instrument stands, by acts that all reach the place, in the order of `known`."""
    own = [a for a in acts if a.instrument == instrument]
    standing = Standing()
    for act in own:
        if act.effective_on <= on:
            _work(standing, act)
    if standing.ended:
        return standing.ended
    if not standing.approved:
        return DRAFT
    if any(_displaces(acts, heir, on) for heir in standing.heirs):
        return REPLACED
    if standing.suspensions:
        return SUSPENDED
    if standing.bound_by is not None:
        return IN_FORCE
    coming = any(a.kind == "promulgate" and a.act_date <= on < a.effective_on for a in own)
    return PROMULGATED if coming else APPROVED


def binding_act(acts: Sequence[Act], instrument: str, on: date) -> Act | None:
    """The promulgation that makes it law, the last one if there are several."""
    standing = Standing()
    for act in acts:
        if act.instrument == instrument and act.effective_on <= on:
            _work(standing, act)
    return standing.bound_by


def _work(standing: Standing, act: Act) -> None:
    if standing.ended:
        return
    if act.kind == "approve":
        standing.approved = True
    if act.kind in ("annul", "repeal"):
        standing.ended = {"annul": "annulled", "repeal": REPEALED}[act.kind] if standing.approved else ""
    if standing.approved:
        _work_on_approved(standing, act)


def _work_on_approved(standing: Standing, act: Act) -> None:
    if act.kind == "promulgate":
        standing.bound_by = act
    elif act.kind == "suspend":
        standing.suspensions.append(act.number)
    elif act.kind == "lift" and act.lifts in standing.suspensions:
        standing.suspensions.remove(act.lifts)
    elif act.kind == "replace" and act.replaced_by is not None:
        standing.heirs.append(act.replaced_by)


def _displaces(acts: Sequence[Act], heir: str, on: date) -> bool:
    """Annulment and suspension of the heir bring the older plan back, repeal does not (decision 0010)."""
    now = status(acts, heir, on)
    return now in (IN_FORCE, REPLACED) or (now == REPEALED and binding_act(acts, heir, on) is not None)
