"""How a status may change: a table of transitions with guards. Pure; each case type brings its own table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from apps.cases.hold_rules import Standing as Held
from apps.cases.hold_rules import why_not_step
from apps.common.text import Text


@dataclass(frozen=True, slots=True)
class Standing:
    """What guards may look at: where the case stands, who acts, and the holds that are active."""

    status: str
    is_applicant: bool
    holds: tuple[Held, ...] = ()


Guard = Callable[[Standing], Text | None]


@dataclass(frozen=True, slots=True)
class Transition:
    """`verb` leads from any of `sources` to `target`, when every guard says None (a Text says why not).

    `forward`: a step on, which a hold stops; a withdrawal is none. `issues`: something is issued by it.
    """

    verb: str
    sources: frozenset[str]
    target: str
    guards: tuple[Guard, ...] = ()
    forward: bool = True
    issues: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Outcome of asking the table: `target` when the step may be taken, else `refused` with the reason.

    `held`: it is a hold that refuses. `forward`: the step leads on.
    """

    target: str = ""
    refused: Text | None = None
    held: bool = False
    forward: bool = True


def judge(table: Iterable[Transition], *, verb: str, standing: Standing) -> Move:
    """Whether `verb` may be done now. A verb that the table does not know here is refused; so is a held step on."""
    for transition in table:
        if transition.verb != verb or standing.status not in transition.sources:
            continue
        for guard in transition.guards:
            why_not = guard(standing)
            if why_not is not None:
                return Move(refused=why_not)
        stopped = why_not_step(standing.holds, forward=transition.forward, issues=transition.issues)
        if stopped is not None:
            return Move(refused=stopped, held=True)
        return Move(target=transition.target, forward=transition.forward)
    return Move(
        refused=Text(
            fa=f"این پرونده در وضعیت «{standing.status}» است و این کار اکنون ممکن نیست.",
            en=f"This case is “{standing.status}”; this step is not possible now.",
        )
    )


def only_applicant(standing: Standing) -> Text | None:
    """Guard: the step belongs to whoever opened the case."""
    if standing.is_applicant:
        return None
    return Text(
        fa="این کار را تنها متقاضی پرونده می‌تواند انجام دهد.",
        en="Only the applicant of this case can do this.",
    )
