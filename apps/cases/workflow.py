"""How a status may change: a table of transitions, each with its ticket. Pure; each case type brings its own table.

A guard is a name. What it says of a case is looked up through `check`; a guard that nothing answers for refuses
(fail closed), so a table may name a condition that is not built yet and nobody slips through.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from apps.cases.hold_rules import Standing as Held
from apps.cases.hold_rules import why_not_step
from apps.common.text import NOTHING, Text

OWNER, APPLICANT, SYSTEM = "owner", "applicant", "system"
"""Capacities beside the codes of roles. OWNER: whoever may act for the owner's side; APPLICANT: the applicant alone."""

Check = Callable[[str], Text | None]
"""What a guard of this name says of the case: None = nothing stands against it. Raises KeyError for an unknown one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a step is judged by: where the case stands, as what the person acts, and the holds that are active."""

    status: str
    capacities: frozenset[str]
    holds: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """`verb` leads from any of `sources` to `target`, by one of `actors`, when every guard says None.

    `forward`: a step on, which a hold stops; a withdrawal is none. `issues`: something is issued by it. `ticket`:
    where this edge comes from. `says`: it needs a text ("reason"), or a text and an article ("article"). `when`: a
    condition that picks this edge among several of one verb; where it does not hold, the edge is not there.
    """

    verb: str
    sources: frozenset[str]
    target: str
    actors: frozenset[str] = frozenset({OWNER})
    guards: tuple[str, ...] = ()
    forward: bool = True
    issues: bool = False
    ticket: str = ""
    name: Text = NOTHING
    says: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Outcome of asking the table: `target` when the step may be taken, else `refused` with the reason.

    `held`: it is a hold that refuses; `guard`: the condition that does. `step`: the edge that was found; None = no such
    step here.
    """

    target: str = ""
    refused: Text | None = None
    held: bool = False
    step: Transition | None = None
    guard: str = ""

    @property
    def forward(self) -> bool:
        """Whether the step leads on."""
        return self.step is None or self.step.forward


def nothing_is_known(guard: str) -> Text | None:
    """A `check` for tables without guards: every guard refuses."""
    raise KeyError(guard)


def judge(table: Iterable[Transition], *, verb: str, standing: Standing, check: Check = nothing_is_known) -> Move:
    """Whether `verb` may be done now. A verb that the table does not know here is refused; so is a held step on."""
    step = _edge(table, verb, standing, check)
    if step is None:
        return Move(refused=_not_here(standing.status))
    if not step.actors & standing.capacities:
        return Move(refused=_NOT_YOURS, step=step)
    stopped = why_not_step(standing.holds, forward=step.forward, issues=step.issues)
    if stopped is not None:
        return Move(refused=stopped, held=True, step=step)
    for guard in step.guards:
        why_not = _said(guard, check)
        if why_not is not None:
            return Move(refused=why_not, step=step, guard=guard)
    return Move(target=step.target, step=step)


def steps_from(table: Iterable[Transition], standing: Standing, check: Check | None = None) -> tuple[Transition, ...]:
    """The edges that this standing could ask for: right status, right capacity. Guards and holds are not asked.

    With `check`, edges whose `when` does not hold are left out.
    """
    found = (t for t in table if standing.status in t.sources and t.actors & standing.capacities)
    return tuple(t for t in found if check is None or _is_there(t, check))


def _edge(table: Iterable[Transition], verb: str, standing: Standing, check: Check) -> Transition | None:
    """The edge of this verb from here; one that this person may take goes first."""
    found = [t for t in table if t.verb == verb and standing.status in t.sources]
    yours = (t for t in found if t.actors & standing.capacities)
    return next((t for t in (*yours, *found) if _is_there(t, check)), None)


def _is_there(step: Transition, check: Check) -> bool:
    return not step.when or _said(step.when, check) is None


def _said(guard: str, check: Check) -> Text | None:
    try:
        return check(guard)
    except KeyError:
        return Text(
            fa=f"شرط «{guard}» را سامانه هنوز نمی‌تواند بسنجد و این گام تا آن زمان برداشته نمی‌شود.",
            en=f"The condition “{guard}” cannot be judged yet, so this step is not taken until it can.",
        )


def _not_here(status: str) -> Text:
    return Text(
        fa=f"این پرونده در وضعیت «{status}» است و این کار اکنون ممکن نیست.",
        en=f"This case is “{status}”; this step is not possible now.",
    )


_NOT_YOURS = Text(
    fa="این گام با شما نیست. صفحهٔ پرونده می‌گوید اکنون نوبت کیست.",
    en="This step is not yours to take. The page of the case says whose turn it is.",
)
