"""A case type drawn for people: a state diagram (Mermaid) and its transition table, as Markdown. Pure."""

from collections.abc import Iterator

from apps.cases.types.definition import CaseType, State, Term, Turn
from apps.cases.workflow import APPLICANT, OWNER, SYSTEM, Transition

_WHO = {OWNER: "owner's side", APPLICANT: "applicant", SYSTEM: "system"}
_SAYS = {"reason": "a reason", "article": "a reason and the article"}
_HEAD = "| from | step | to | who | when | guards | needs | ticket |\n|---|---|---|---|---|---|---|---|"


def drawn(case_type: CaseType) -> str:
    """The page of one type. Written by `manage.py draw_workflows`, never by hand."""
    parts = (
        f"# {case_type.name.en} · {case_type.name.fa} (`{case_type.code}`)",
        "Drawn from the code by `manage.py draw_workflows`; do not edit. Terms marked SAMPLE are ours, unofficial.",
        "```mermaid\nstateDiagram-v2\n" + "\n".join(_diagram(case_type)) + "\n```",
        "## States",
        "| state | fa | en | whose turn | term | the owner reads |\n|---|---|---|---|---|---|\n"
        + "\n".join(_state(state) for state in case_type.states),
        "## Steps",
        _HEAD + "\n" + "\n".join(_rows(case_type)),
    )
    return "\n\n".join(parts) + "\n"


def _diagram(case_type: CaseType) -> Iterator[str]:
    yield f"    [*] --> {case_type.states[0].code}"
    for step, source in _edges(case_type):
        yield f"    {source} --> {step.target}: {step.verb}"
    for state in case_type.states:
        if state.closed:
            yield f"    {state.code} --> [*]"


def _edges(case_type: CaseType) -> Iterator[tuple[Transition, str]]:
    """Each edge once, in the order of the table and of the states."""
    for step in case_type.steps:
        for state in case_type.states:
            if state.code in step.sources:
                yield step, state.code


def _state(state: State) -> str:
    cells = (f"`{state.code}`", state.name.fa, state.name.en, _turn(state), _term(state.term), state.says.en)
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _turn(state: State) -> str:
    if state.turn is Turn.OFFICE:
        return f"`{state.role}`"
    return {Turn.OWNER: "owner's side", Turn.SYSTEM: "system"}.get(state.turn, "nobody, it is over")


def _term(term: Term | None) -> str:
    if term is None:
        return ""
    then = f", then `{term.then}`" if term.then else ""
    return f"{term.amount} {term.unit.replace('_', ' ')}{then} ({term.source})"


def _rows(case_type: CaseType) -> Iterator[str]:
    for step, source in _edges(case_type):
        who = ", ".join(sorted(_WHO.get(actor, f"`{actor}`") for actor in step.actors))
        when = f"`{step.when}`" if step.when else ""
        guards = ", ".join(f"`{guard}`" for guard in step.guards) or ("" if step.forward else "holds do not stop it")
        cells = (f"`{source}`", f"`{step.verb}` {step.name.en}", f"`{step.target}`", who, when, guards)
        rest = (_SAYS.get(step.says, ""), step.ticket)
        yield f"| {' | '.join(_cell(cell) for cell in (*cells, *rest))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
