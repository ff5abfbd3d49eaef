"""The track of a case's states: what is behind it, where it is, and the shortest way on. Pure."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from apps.cases.types.definition import CaseType, State
from apps.cases.workflow import Transition

_BAD_ENDS = frozenset({"cancelled", "rejected"})
DONE, NOW, TO_COME = "done", "now", "to_come"
Leads = Callable[[Transition], bool]
"""Whether an edge is there for this case."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One state on the track. `when`: done, now or to_come."""

    state: State
    when: str


def track(definition: CaseType, status: str, visited: Iterable[str], leads: Leads) -> tuple[Stage, ...]:
    """Done (each once, in the order of the first visit), now, and what comes when all goes well.

    A state that will be visited again stands ahead, not behind: a case that was sent back is not past its review.
    """
    ahead = way_on(definition, status, leads)
    behind = [code for code in dict.fromkeys(visited) if code != status and code not in ahead]
    stages = [Stage(definition.state(code), DONE) for code in behind]
    stages.append(Stage(definition.state(status), NOW))
    return (*stages, *(Stage(definition.state(code), TO_COME) for code in ahead))


def way_on(definition: CaseType, status: str, leads: Leads) -> tuple[str, ...]:
    """The states after `status` on the shortest way of forward steps to a good end; () at the end.

    A type whose table does not reach a closed state yet leads to the state that lies furthest.
    """
    ways = _ways(definition, status, leads)
    good = [code for code in ways if code not in _BAD_ENDS and definition.state(code).closed]
    if good:
        return ways[min(good, key=lambda code: len(ways[code]))]
    return max((ways[code] for code in ways if code not in _BAD_ENDS), key=len, default=())


def _ways(definition: CaseType, status: str, leads: Leads) -> dict[str, tuple[str, ...]]:
    """Shortest ways from a state to every state that forward steps reach, equals in the order of the table."""
    if definition.state(status).closed:
        return {}
    ways: dict[str, tuple[str, ...]] = {status: ()}
    waiting = deque([status])
    while waiting:
        here = waiting.popleft()
        for target in _targets(definition, here, leads):
            if target not in ways:
                ways[target] = (*ways[here], target)
                waiting.append(target)
    return ways


def _targets(definition: CaseType, source: str, leads: Leads) -> Sequence[str]:
    return [step.target for step in definition.steps if step.forward and source in step.sources and leads(step)]
