"""What is wrong with a case type: every fault in one go, as sentences for whoever writes the data. Pure."""

import re
from collections.abc import Iterable, Iterator, Set

from apps.cases.types.definition import CaseType, State, Term, Turn
from apps.cases.types.linting_questions import faults_of_questions
from apps.cases.workflow import APPLICANT, OWNER, SYSTEM, Transition

CLOSED = frozenset({"cancelled", "closed", "rejected", "archived"})
"""The statuses in which any case is over (apps.cases.querysets)."""
START = "draft"
_UNITS = {"working_days", "days"}
_SAYS = {"", "reason", "article"}
_CHANNELS = {"portal", "call_137", "counter", "api"}
_PREFIX = re.compile("[A-Z]{2,4}")
_CODE = re.compile("[a-z][a-z0-9_]*")
_LONGEST = {"case type": 40, "state": 24, "step": 40}  # as the tables keep them


def faults(case_type: CaseType, *, roles: Set[str], guards: Set[str], groups: Set[str] = frozenset()) -> list[str]:
    """Sentences; empty = sound. `roles`, `guards`, `groups` (of the catalogue): codes that are known."""
    found = [*_head(case_type, groups), *_states(case_type, roles), *_steps(case_type, roles, guards)]
    return [*found, *faults_of_questions(case_type)]


def _head(case_type: CaseType, groups: Set[str]) -> Iterator[str]:
    yield from _codes("case type", [case_type.code])
    if not _PREFIX.fullmatch(case_type.prefix):
        yield f"prefix “{case_type.prefix}”: two to four capital letters, which tracking numbers begin with"
    if not case_type.channels:
        yield "there is no channel, so nobody could ask for it"
    yield from (f"unknown channel “{c}”" for c in case_type.channels if c not in _CHANNELS)
    if case_type.group and case_type.group not in groups:
        yield f"unknown group “{case_type.group}”: [service_groups.{case_type.group}] is missing in city.toml"


def _states(case_type: CaseType, roles: Set[str]) -> Iterator[str]:
    codes = [s.code for s in case_type.states]
    yield from _codes("state", codes)
    yield from (f"state “{c}” stands twice" for c in _twice(codes))
    if START not in codes:
        yield f"there is no state “{START}”: every case begins there"
    yield from (f"state “{c}” is never reached from “{START}”" for c in sorted(set(codes) - _reached(case_type)))
    for state in case_type.states:
        yield from _turn(state, roles)
        yield from _clock(state)
        if state.term is not None:
            yield from _term(case_type, state, state.term)


def _turn(state: State, roles: Set[str]) -> Iterator[str]:
    if state.closed != (state.code in CLOSED):
        yield f"state “{state.code}”: closed states are {', '.join(sorted(CLOSED))}, and only those"
    if state.turn is Turn.OFFICE and state.role not in roles:
        yield f"state “{state.code}”: the turn of an office needs a known role, not “{state.role}”"
    if state.closed and state.turn is not Turn.NOBODY:
        yield f"state “{state.code}” is closed, so it is nobody's turn"
    if not state.closed and state.turn is Turn.NOBODY:
        yield f"state “{state.code}” is open, so somebody must hold the ball"


def _clock(state: State) -> Iterator[str]:
    """What only makes sense while the owner holds the ball."""
    if state.turn is Turn.OWNER:
        return
    if state.stops_clock:
        yield f"state “{state.code}” stops the office's clock, but it is not the owner's turn"
    if state.form_open:
        yield f"state “{state.code}” opens the form, but it is not the owner's turn"


def _term(case_type: CaseType, state: State, term: Term) -> Iterator[str]:
    if term.unit not in _UNITS or term.amount < 1:
        yield f"state “{state.code}”: a term is a number of working_days or days"
    if not term.source:
        yield f"state “{state.code}”: a term says where it comes from"
    if term.then and not _system_may(case_type, state.code, term.then):
        yield f"state “{state.code}”: “{term.then}” is no step of the system from here"


def _steps(case_type: CaseType, roles: Set[str], guards: Set[str]) -> Iterator[str]:
    yield from _codes("step", sorted({s.verb for s in case_type.steps}))
    for step in case_type.steps:
        yield from _step(case_type, step, roles, guards)
    yield from (f"nothing leads out of the open state “{c}”" for c in sorted(_dead_ends(case_type)))


def _step(case_type: CaseType, step: Transition, roles: Set[str], guards: Set[str]) -> Iterator[str]:
    where, codes = f"step “{step.verb}”", {s.code for s in case_type.states}
    yield from (f"{where}: unknown state “{c}”" for c in sorted((step.sources | {step.target}) - codes))
    yield from (f"{where}: unknown actor “{a}”" for a in sorted(step.actors - roles - {OWNER, APPLICANT, SYSTEM}))
    named = (*step.guards, *((step.when,) if step.when else ()))
    yield from (f"{where}: unknown guard “{g}”" for g in named if g not in guards)
    yield from (f"{where} leads out of the closed state “{c}”" for c in sorted(step.sources & CLOSED))
    if not step.ticket:
        yield f"{where} has no ticket: say where this edge comes from"
    if step.says not in _SAYS:
        yield f"{where}: says is reason or article"
    if step.target == "rejected" and step.says != "article":
        yield f"{where}: a rejection names its article"


def _dead_ends(case_type: CaseType) -> set[str]:
    sources = {code for step in case_type.steps for code in step.sources}
    return {s.code for s in case_type.states if not s.closed} - sources


def _reached(case_type: CaseType) -> set[str]:
    """States that steps lead to from the first one."""
    found, waiting = {START}, [START]
    while waiting:
        here = waiting.pop()
        new = {s.target for s in case_type.steps if here in s.sources} - found
        found |= new
        waiting += new
    return found


def _system_may(case_type: CaseType, state: str, verb: str) -> bool:
    return any(s.verb == verb and state in s.sources and SYSTEM in s.actors for s in case_type.steps)


def _codes(what: str, codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        if not _CODE.fullmatch(code) or len(code) > _LONGEST[what]:
            yield f"{what} “{code}”: a code has small letters, digits and _, at most {_LONGEST[what]}"


def _twice(codes: Iterable[str]) -> list[str]:
    listed = list(codes)
    return sorted({c for c in listed if listed.count(c) > 1})
