"""Shapes of services, of cases of any type, and of public tracking."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from apps.api.schemas import TextOut

Code = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]
Answer = Annotated[str, Field(max_length=5000, pattern=r"^[^\x00]*$")]
Answers = Annotated[
    dict[Annotated[str, Field(max_length=40)], Answer | bool | int | float | None], Field(max_length=100)
]


class TermOut(Schema):
    """A time limit. `source` says where it comes from; "SAMPLE" = ours, unofficial."""

    amount: int
    unit: Literal["working_days", "days"]
    source: str


class ServiceOut(Schema):
    """A service in the catalogue. `place`: what a case of it is about. `first_term`: of the first office."""

    code: str
    number: int | None
    national_service_id: str
    group: TextOut
    name: TextOut
    guide: TextOut
    who: TextOut
    place: Literal["parcel", "point", "maybe_point", "none"]
    channels: list[str]
    off_in: list[int]
    first_term: TermOut | None
    sample: bool
    started_here: bool
    kinds: list[TextOut]


class ServicesOut(Schema):
    """The catalogue, in its order."""

    services: list[ServiceOut]


class ConditionOut(Schema):
    """Asked only when the field has one of these values."""

    field: str
    values: list[str]


class ChoiceOut(Schema):
    """A value that may be chosen."""

    code: str
    name: TextOut


class FieldOut(Schema):
    """A question. `minimum`, `maximum`: of numbers, or of a text's length."""

    code: str
    kind: str
    label: TextOut
    help: TextOut
    required: bool
    choices: list[ChoiceOut]
    minimum: int | None
    maximum: int | None
    when: ConditionOut | None


class DocumentOut(Schema):
    """A document that is asked for."""

    code: str
    name: TextOut
    guide: TextOut
    sample: TextOut
    required: bool
    families: list[str]
    when: ConditionOut | None


class StateOut(Schema):
    """A state of the way through. `role`: of the office whose turn it is."""

    code: str
    name: TextOut
    says: TextOut
    turn: Literal["owner", "office", "system", "nobody"]
    role: str
    term: TermOut | None
    closed: bool
    stops_clock: bool


class EdgeOut(Schema):
    """An edge of the table. `says`: it needs a reason, or a reason and an article."""

    verb: str
    name: TextOut
    sources: list[str]
    target: str
    by: list[str]
    guards: list[str]
    says: Literal["", "reason", "article"]


class DefinitionOut(ServiceOut):
    """A service with its whole definition; `digest` names it, cases keep the one they began under."""

    digest: str
    fields: list[FieldOut]
    documents: list[DocumentOut]
    states: list[StateOut]
    steps: list[EdgeOut]


class CaseIn(Schema):
    """What a case is opened with: its place as the service asks (WGS 84).

    `for_owner`: in the name of the owner who gave the sender a mandate to act on the parcel's land; else in one's own.
    """

    service: Code
    parcel: Code = ""
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    for_owner: bool = False
    form: Answers = Field(default_factory=dict)


class FormIn(Schema):
    """Answers by field; all of them, since what is left out has no answer."""

    form: Answers


class StepIn(Schema):
    """A step. `expected`: the status that the sender saw; another one refuses, so nothing is done twice."""

    verb: Code
    expected: Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[^\x00]*$")]
    said: Answer = ""
    article: Code = ""


class CaseOut(Schema):
    """A case as the list shows it. `seen_because` says why this reader may see it."""

    tracking: str
    service: str
    name: TextOut
    status: str
    status_name: TextOut
    parcel: str | None
    district: int | None
    opened_at: datetime
    since: datetime | None
    seen_because: str
    url: str


class CasesOut(Schema):
    """The reader's own cases, newest first; `next` = the page after this one, null = none."""

    cases: list[CaseOut]
    next: int | None


class CaseDetailOut(CaseOut):
    """One case. `form` holds the sound answers, `wrong` what is missing or not right, by field.

    `steps`: verbs that this reader's standing allows to ask for; guards and holds are judged when it is taken.
    `public_code`: for the owner's side only, null for others.
    """

    definition: str
    turn: Literal["owner", "office", ""]
    role: str
    due_at: datetime | None
    form: dict[str, str | int | float | bool | None]
    wrong: dict[str, TextOut]
    form_open: bool
    steps: list[str]
    public_code: str | None


class TrackOut(Schema):
    """Where a case stands, without anything of anybody. `due_at` null = no term runs."""

    tracking: str
    service: TextOut
    status: str
    status_name: TextOut
    says: TextOut
    since: datetime | None
    turn: Literal["owner", "office", ""]
    role: TextOut | None
    due_at: datetime | None
    due_certain: bool
    next: TextOut | None
    closed: bool
    sample: bool
