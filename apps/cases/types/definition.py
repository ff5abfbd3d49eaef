"""What a case type is, as values. Pure. Read by `reading`, kept as JSON in `CaseTypeVersion`."""

from dataclasses import dataclass
from enum import StrEnum

from apps.cases.types.questions import Choice, Condition, DocumentWanted, Field, FieldKind
from apps.cases.workflow import Transition
from apps.common.text import NOTHING, Text

__all__ = ["CaseType", "Choice", "Condition", "DocumentWanted", "Field", "FieldKind", "Place", "State", "Term", "Turn"]


class Place(StrEnum):
    """What a case of this type is about."""

    PARCEL = "parcel"
    POINT = "point"
    MAYBE_POINT = "maybe_point"  # a point when there is one
    NONE = "none"


class Turn(StrEnum):
    """Whose turn a state is. OFFICE needs a role."""

    OWNER = "owner"
    OFFICE = "office"
    SYSTEM = "system"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Term:
    """A time limit: `amount` of `unit` (working_days or days), where it comes from, what follows when it has passed.

    `then`: a verb of the table that the system takes; '' = people are told, nothing else.
    """

    amount: int
    unit: str
    source: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A status: its name, whose turn it is, and what the owner reads about it.

    `role`: of the office whose turn it is. `stops_clock`: the office's own term stands still meanwhile. `form_open`:
    the owner may change the form here.
    """

    code: str
    name: Text
    turn: Turn
    role: str = ""
    says: Text = NOTHING
    term: Term | None = None
    closed: bool = False
    stops_clock: bool = False
    form_open: bool = False


@dataclass(frozen=True, slots=True)
class CaseType:
    """A service of the city. `digest`: of its definition; '' while it was not read from data.

    `off_in`: districts where it is switched off. `channels`: portal, call_137, counter, api. `consent`: every owner
    must consent before it is sent in. `number`, `group`: in the city's catalogue of services. `who`: may ask for it.
    `keywords`: other words that people look for it by.
    """

    code: str
    name: Text
    prefix: str
    place: Place
    states: tuple[State, ...]
    steps: tuple[Transition, ...]
    guide: Text = NOTHING
    fields: tuple[Field, ...] = ()
    documents: tuple[DocumentWanted, ...] = ()
    channels: tuple[str, ...] = ("portal",)
    off_in: frozenset[int] = frozenset()
    holds_land: bool = False
    consent: bool = False
    sample: bool = True
    number: int | None = None
    national_service_id: str = ""
    group: str = ""
    who: Text = NOTHING
    keywords: tuple[str, ...] = ()
    digest: str = ""

    def state(self, code: str) -> State:
        """The state of this code. Raises KeyError."""
        return next((s for s in self.states if s.code == code), None) or _unknown(self.code, code)


def _unknown(case_type: str, code: str) -> State:
    raise KeyError(f"{case_type} has no state “{code}”")
