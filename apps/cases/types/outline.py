"""The way through a case type as people read it: the usual states in order, then those off the way. Pure."""

from dataclasses import dataclass

from apps.cases.types.definition import CaseType, State
from apps.cases.types.linting import START
from apps.cases.workflow import SYSTEM, Transition


@dataclass(frozen=True, slots=True)
class Stage:
    """A state with the steps that lead out of it, each with the state it leads to."""

    state: State
    ways: tuple[tuple[Transition, State], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """`usual`: from the first state to the end, by the first step on; `others`: the states off that way."""

    usual: tuple[Stage, ...]
    others: tuple[Stage, ...]


def outline(definition: CaseType) -> Outline:
    """Every state once."""
    usual = _usual(definition)
    others = [s for s in definition.states if s not in usual]
    return Outline(tuple(_stage(definition, s) for s in usual), tuple(_stage(definition, s) for s in others))


def likely_next(definition: CaseType, status: str) -> State | None:
    """The state that the first step on leads to; None in a closed one."""
    step = next((s for s in definition.steps if status in s.sources and _leads_on(s)), None)
    return None if step is None else definition.state(step.target)


def _usual(definition: CaseType) -> list[State]:
    here: State | None = definition.state(START)
    found: list[State] = []
    while here is not None and here not in found:
        found.append(here)
        here = likely_next(definition, here.code)
    return found


def _leads_on(step: Transition) -> bool:
    """A step on, that people take."""
    return step.forward and step.actors != {SYSTEM}


def _stage(definition: CaseType, state: State) -> Stage:
    ways = [(s, definition.state(s.target)) for s in definition.steps if state.code in s.sources]
    return Stage(state, tuple(ways))
