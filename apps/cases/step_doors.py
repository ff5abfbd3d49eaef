"""What a room that brings a case type does with its steps, under the case's lock, whichever door was used.

A step that must freeze evidence or needs an order's number is then never taken without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.cases.models import Case
    from apps.cases.workflow import Move
    from apps.parties.models import Person


@dataclass(frozen=True, slots=True)
class Taking:
    """A step that the table allows and that is about to be taken. `actor` None = the system. `data`: as it was sent."""

    case: "Case"
    move: "Move"
    verb: str
    actor: "Person | None"
    data: Mapping[str, Any]


Prepare = Callable[[Taking], Mapping[str, Any]]
"""Does what the step needs and returns what history keeps of its data. Raises to refuse."""
_prepares: dict[str, Prepare] = {}


def prepare_steps(case_type: str, prepare: Prepare) -> None:
    """A room above has a say in every step of the type it brings. Called in its `ready`."""
    _prepares[case_type] = prepare


def prepared(taking: Taking) -> Mapping[str, Any]:
    """What history keeps of the step's data; types of the city keep it as it was sent."""
    prepare = _prepares.get(taking.case.case_type)
    return taking.data if prepare is None else prepare(taking)
