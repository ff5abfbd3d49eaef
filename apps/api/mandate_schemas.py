"""Shapes of mandates: what is sent and what is answered."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from apps.api.schemas import TextOut

Plain = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Code = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]
ScopeWord = Literal["view", "act", "pay", "receive"]


class TermsIn(Schema):
    """What is to be allowed: on one parcel or one case, until the end of a day (two years at most)."""

    kind: Literal["attorney", "technical_agent", "counter_office", "co_owner"]
    scopes: Annotated[list[ScopeWord], Field(min_length=1, max_length=4)]
    until: Annotated[date, Field(description="Last day on which it stands")]
    land_code: Code = ""
    tracking: Code = ""
    basis: Plain = ""


class GiveIn(TermsIn):
    """To whom: a person by mobile, or an organisation by its 11-digit identifier."""

    mobile: Code = ""
    organisation: Code = ""


class AskIn(TermsIn):
    """Of whom, by mobile; `organisation` (id) when it is asked in the name of one that the asker belongs to."""

    owner_mobile: Code
    organisation: int | None = None


class CodeIn(Schema):
    """The code that came to the owner's phone."""

    code: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[^\x00]*$")]


class SubjectIn(Schema):
    """A land or a case."""

    land_code: Code = ""
    tracking: Code = ""


class MandateOut(Schema):
    """One mandate. `state` resting: an account or organisation of one side is closed. `until`: half-open."""

    id: int
    kind: str
    scopes: list[str]
    land_code: str
    tracking: str
    principal: TextOut
    agent: TextOut
    basis: str
    since: datetime
    until: datetime
    state: Literal["standing", "resting", "lapsed", "ended"]
    ended_at: datetime | None
    ended_because: TextOut | None


class AskOut(Schema):
    """An ask that waits for the owner's code. `allows`: what the message to the owner says."""

    id: int
    allows: TextOut
    lapses_at: datetime
    own: Annotated[bool, Field(description="Whether the reader is the owner who is asked")]


class MandatesOut(Schema):
    """Both sides of one person."""

    given: list[MandateOut]
    held: list[MandateOut]
    asks: list[AskOut]
