"""What is wrong with a case type: every fault in one go, as sentences for whoever writes the data. Pure."""

from collections.abc import Iterable, Iterator, Set

from apps.cases.types.definition import CaseType, DocumentWanted, Field, FieldKind, State, Term, Turn
from apps.cases.workflow import APPLICANT, OWNER, SYSTEM

CLOSED = frozenset({"cancelled", "closed", "rejected", "archived"})
"""The statuses in which any case is over (apps.cases.querysets)."""
START = "draft"
_UNITS = {"working_days", "days"}
_SAYS = {"", "reason", "article"}
_FAMILIES = {"pdf", "image", "drawing", "model"}
_CHANNELS = {"portal", "call_137", "counter", "api"}


def faults(case_type: CaseType, *, roles: Set[str], guards: Set[str]) -> list[str]:
    """Sentences; empty = sound. `roles`, `guards`: codes that are known."""
    found = [*_states(case_type, roles), *_steps(case_type, roles, guards), *_questions(case_type)]
    found += [f"unknown channel “{c}”" for c in case_type.channels if c not in _CHANNELS]
    return found


def _states(case_type: CaseType, roles: Set[str]) -> Iterator[str]:
    codes = [s.code for s in case_type.states]
    yield from (f"state “{c}” stands twice" for c in _twice(codes))
    if START not in codes:
        yield f"there is no state “{START}”: every case begins there"
    for state in case_type.states:
        yield from _turn(state, roles)
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


def _term(case_type: CaseType, state: State, term: Term) -> Iterator[str]:
    if term.unit not in _UNITS or term.amount < 1:
        yield f"state “{state.code}”: a term is a number of working_days or days"
    if not term.source:
        yield f"state “{state.code}”: a term says where it comes from"
    if term.then and not _system_may(case_type, state.code, term.then):
        yield f"state “{state.code}”: “{term.then}” is no step of the system from here"


def _steps(case_type: CaseType, roles: Set[str], guards: Set[str]) -> Iterator[str]:
    codes = {s.code for s in case_type.states}
    for step in case_type.steps:
        where = f"step “{step.verb}”"
        yield from (f"{where}: unknown state “{c}”" for c in sorted((step.sources | {step.target}) - codes))
        yield from (f"{where}: unknown actor “{a}”" for a in sorted(step.actors - roles - {OWNER, APPLICANT, SYSTEM}))
        yield from (f"{where}: unknown guard “{g}”" for g in step.guards if g not in guards)
        yield from (f"{where} leads out of the closed state “{c}”" for c in sorted(step.sources & CLOSED))
        if not step.ticket:
            yield f"{where} has no ticket: say where this edge comes from"
        if step.says not in _SAYS:
            yield f"{where}: says is reason or article"
        if step.target == "rejected" and step.says != "article":
            yield f"{where}: a rejection names its article"
    yield from (f"nothing leads out of the open state “{c}”" for c in sorted(_dead_ends(case_type)))


def _questions(case_type: CaseType) -> Iterator[str]:
    codes = [f.code for f in case_type.fields]
    yield from (f"field “{c}” stands twice" for c in _twice(codes))
    yield from (f"document “{c}” stands twice" for c in _twice(d.code for d in case_type.documents))
    for field in case_type.fields:
        if (field.kind is FieldKind.CHOICE) != bool(field.choices):
            yield f"field “{field.code}”: a choice has choices, and nothing else has"
    questions: list[Field | DocumentWanted] = [*case_type.fields, *case_type.documents]
    for question in questions:
        if question.when is not None and question.when.field not in codes:
            yield f"“{question.code}” hangs on the unknown field “{question.when.field}”"
    for document in case_type.documents:
        yield from (
            f"document “{document.code}”: unknown family “{f}”" for f in document.families if f not in _FAMILIES
        )


def _dead_ends(case_type: CaseType) -> set[str]:
    sources = {code for step in case_type.steps for code in step.sources}
    return {s.code for s in case_type.states if not s.closed} - sources


def _system_may(case_type: CaseType, state: str, verb: str) -> bool:
    return any(s.verb == verb and state in s.sources and SYSTEM in s.actors for s in case_type.steps)


def _twice(codes: Iterable[str]) -> list[str]:
    listed = list(codes)
    return sorted({c for c in listed if listed.count(c) > 1})
