"""The recurring shapes of an extract: texts, acts, offices, zones, candidates. See extract_schema.py."""

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from apps.legal.acts import ActKind, Status
from apps.legal.answers import Strength, WhyNot

Number = int | float
Area = Annotated[Number, Field(ge=0, description="m², at most two decimals")]
Length = Annotated[Number, Field(ge=0, description="m, at most two decimals")]
Share = Annotated[Number, Field(ge=0, description="Percent of the parcel's drawn area, at most two decimals")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="Gregorian day, ISO 8601")]
Instant = Annotated[
    str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?Z$", description="Instant in UTC, ISO 8601")
]
Lonlat = Annotated[list[Number], Field(min_length=2, max_length=2, description="WGS 84, longitude first")]
Bounds = Annotated[list[Number], Field(min_length=4, max_length=4, description="WGS 84: west, south, east, north")]
Code = Annotated[str, Field(min_length=1)]


class Exact(Schema):
    """A shape that is written with exactly these keys."""

    model_config = ConfigDict(extra="forbid")


class SentenceOut(Exact):
    """The same sentence in Persian and English."""

    fa: str
    en: str


class OfficeOut(Exact):
    """Whom to ask."""

    code: Code
    name: SentenceOut
    contact: SentenceOut


class UnknownOut(Exact):
    """Why something is not known, of which share of the parcel, and whom to ask."""

    why: WhyNot
    text: SentenceOut
    share_pct: Share | None
    office: OfficeOut


class ActOut(Exact):
    """A legal act: number, day, body, first legal day on which it works, where the signed text is kept."""

    kind: ActKind
    number: str
    date: Day
    effective_on: Day
    body: SentenceOut
    document: str


class RulebookOut(Exact):
    """The rulebook a value comes from and the act that binds it."""

    code: Code
    title: SentenceOut
    act: ActOut | None


class ZoneOut(Exact):
    """A zone's hold on the parcel. `feature`: its id for `/parts` and the map; `edition`: the layer's instrument."""

    theme: Code
    code: str
    label: SentenceOut
    feature: int
    edition: Code
    area_m2: Area
    share_pct: Share


class RowOut(Exact):
    """Another row of a rulebook that changed a value."""

    row: Code
    article: str
    text: SentenceOut


class ScheduleRowOut(Exact):
    """One row of a schedule: its value under its own condition (fact → cell of the decision table)."""

    value: Number | str | list[str]
    row: Code
    condition: dict[str, str]
    text: SentenceOut


Value = Annotated[
    Number | str | list[str] | list[ScheduleRowOut] | None,
    Field(description="A number, a formula or code, a set of codes, or the rows of a schedule; null = none is said"),
]


class CandidateOut(Exact):
    """One value offered for a subject: whether it won and why, its article, the rows that changed it, its zone."""

    value: Value
    won: bool
    why: SentenceOut
    explain: SentenceOut
    strength: Strength
    rulebook: RulebookOut
    article: str
    category: str
    row: Code
    text: SentenceOut
    also: list[RowOut]
    zone: ZoneOut | None


class EditionOut(Exact):
    """An edition of a layer, its status on the day and the act it stands on. `sample`: unofficial."""

    instrument: Code
    title: SentenceOut
    status: Status
    status_label: SentenceOut
    act: ActOut | None
    sample: bool


class InstrumentOut(Exact):
    """Code and title of an instrument."""

    code: Code
    title: SentenceOut
