"""Shapes of requests: what is sent and what is answered, holds, differences, choices."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from apps.api.schemas import KindOut, TextOut


class RequestIn(Schema):
    """What a request is started with."""

    parcel: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$", description="Renovation code")]
    permit_kind: Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[^\x00]*$")]
    extract_digest: Annotated[str, Field(max_length=80, pattern=r"^(sha256:[0-9a-f]{64})?$")] = ""


class StartedOut(Schema):
    """A draft request; `url` is its page."""

    tracking: str
    status: str
    url: str


class HistoryOut(Schema):
    """One thing that happened; `by_applicant` null = the system."""

    at: datetime
    kind: str
    by_applicant: bool | None


class HoldOut(Schema):
    """What holds a request, or warns. `released_at` null = active; `act` = id of the legal act, null = an order."""

    level: Literal["warning", "stop", "stop_issuance"]
    authority: Literal["administrative", "court"]
    rank: int
    number: str
    dated: date
    body: TextOut
    reason: TextOut
    act: int | None
    works_on: date | None
    placed_at: datetime
    released_at: datetime | None
    released_by: Literal["", "order", "act", "choice", "works"]


class RequestOut(Schema):
    """A request as its applicant sees it; `seen_because` says why this reader may."""

    tracking: str
    kind: KindOut
    status: str
    parcel: str
    opened_at: datetime
    extract_digest: str
    seen_because: str
    history: list[HistoryOut]
    url: str
    filed_on: date | None
    relied_digest: str
    continues_by: TextOut | None
    holds: list[HoldOut]


class DifferenceOut(Schema):
    """One thing the kept answer and today's do not say alike; `then`, `now`: its part of each, null = absent."""

    what: Literal["subject", "theme", "consultation", "forbidden", "complete"]
    code: str
    label: TextOut
    then: dict[str, Any] | None
    now: dict[str, Any] | None


class RequestDetailOut(RequestOut):
    """One request with what parts its kept answer from today's and what its applicant may choose.

    `examined_version` goes back with a choice; `today_digest` with a submission when `differences` is not empty.
    `examining`: an act waits to be held against the request; until then no step is taken.
    """

    examining: bool
    examined_version: int
    choices: list[Literal["continue", "recompose", "withdraw"]]
    choose_to_continue_until: date | None
    differences: list[DifferenceOut]
    today_digest: str | None
    steps: list["PossibleStepOut"]


class FieldOut(Schema):
    """One thing to fill in. `choices` by code; `minimum`, `maximum`: of a number, or of the length of a text."""

    code: str
    label: TextOut
    help: TextOut
    kind: str
    required: bool
    minimum: int | None
    maximum: int | None
    choices: list[KindOut]


class PossibleStepOut(Schema):
    """A step that the reader could take; `refused` null = now. `says`: it needs a reason, or a reason and an article.

    `asks`: what goes into `data`.
    """

    verb: str
    name: TextOut
    target: str
    says: Literal["", "reason", "article"]
    asks: list[FieldOut]
    refused: TextOut | None


class DocumentOut(Schema):
    """A document that is asked for, how to get it, what a good one looks like."""

    code: str
    name: TextOut
    guide: TextOut
    sample: TextOut
    required: bool
    families: list[str]


class KindNeedsOut(Schema):
    """A kind of permit and what it asks for. `sample`: the table is a sample, unofficial."""

    code: str
    label: TextOut
    guide: TextOut
    proposal: bool
    inspection: bool
    consent: bool
    former: bool
    sample: bool
    fields: list[FieldOut]
    documents: list[DocumentOut]


class KindsNeedOut(Schema):
    """The kinds that this city offers."""

    kinds: list[KindNeedsOut]


Said = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class StepIn(Schema):
    """A step. `expected`: status of the page it was decided on, another one refuses. `data`: what the step asks for."""

    verb: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z_]+$")]
    expected: Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[a-z0-9_]+$")]
    said: Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")] = ""
    article: Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")] = ""
    data: Annotated[dict[str, Said], Field(max_length=10, default_factory=dict)]


class SubmitIn(Schema):
    """`accepted`: digest of today's answer, needed when it is another than the one the draft rests on."""

    accepted: Annotated[str, Field(max_length=80, pattern=r"^(sha256:[0-9a-f]{64})?$")] = ""


class ChoiceIn(Schema):
    """A choice about a held request, with the `examined_version` of the answer it was made on."""

    choice: Annotated[str, Field(min_length=1, max_length=16, pattern=r"^[^\x00]*$")]
    examined_version: Annotated[int, Field(ge=0, le=2**62)]


class RequestsOut(Schema):
    """The reader's requests, newest first."""

    requests: list[RequestOut]
