"""The extract's shape for the API description (docs/extract-format.md). Never used to write one: bytes go out as
they were composed; the schema tests hold this description against real answers.
"""

from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from apps.api.schemas import Box, Point, TextOut

Number = int | float
Value = Number | str | list[Any] | None


class CityOut(Schema):
    """Which city, in which metric CRS."""

    code: str
    name: TextOut
    crs: str


class DistrictOut(Schema):
    """A municipal district; `approximate`: fit to show, never for a decision."""

    number: int
    name: TextOut
    approximate: bool


class DistrictPartOut(DistrictOut):
    """A district that holds a part of the parcel, where a border cuts it."""

    area_m2: Number
    share_pct: Number


class ExtractParcelOut(Schema):
    """The parcel's facts; null = not known. Areas m², lengths m."""

    code: str
    version: int
    plate: str
    address: str
    district: DistrictOut | None
    districts: list[DistrictPartOut]
    neighbourhood: str
    passage_name: str
    legal_area_m2: Number | None
    deed_area_m2: Number | None
    drawn_area_m2: Number
    frontage_m: Number | None
    passage_width_m: Number | None
    corner: bool | None
    consolidated: int | None
    existing_storeys: int | None
    existing_height_m: Number | None
    centroid: Point
    bbox: Box


class OfficeOut(Schema):
    """Whom to ask."""

    code: str
    name: TextOut
    contact: TextOut


class UnknownOut(Schema):
    """Why something is not known, and whom to ask."""

    why: str
    text: TextOut
    share_pct: Number | None = None
    office: OfficeOut


class ActOut(Schema):
    """A legal act: number, date, body, first day on which it works."""

    kind: str
    number: str
    date: str
    effective_on: str
    body: TextOut
    document: str


class RulebookOut(Schema):
    """The rulebook a value comes from and the act that binds it."""

    code: str
    title: TextOut
    act: ActOut | None


class ZoneOut(Schema):
    """A zone's hold on the parcel: m² and percent of the drawn area."""

    theme: str
    code: str
    label: TextOut
    feature: int
    edition: str
    area_m2: Number
    share_pct: Number


class RowOut(Schema):
    """Another row of a rulebook that changed a value."""

    row: str
    article: str
    text: TextOut


class CandidateOut(Schema):
    """One value offered for a subject: whether it won, why, by which article."""

    value: Value
    won: bool
    why: TextOut
    explain: TextOut
    strength: Literal["ordinary", "cap"]
    rulebook: RulebookOut
    article: str
    category: str
    row: str
    text: TextOut
    also: list[RowOut]
    zone: ZoneOut | None


class PolicyOut(Schema):
    """How the subject is read on a parcel in several zones, and the article that says so (null: the house's rule)."""

    name: Literal["strictest", "by_part", "majority"]
    text: TextOut
    article: str | None
    rulebook: RulebookOut | None


class PartOut(Schema):
    """What one zone's part of the parcel has by itself."""

    zone: ZoneOut
    value: Value
    text: TextOut


class StepOut(Schema):
    """A fact that would have to change, from what to what."""

    fact: str
    label: TextOut
    unit: str
    from_: Value = Field(alias="from")
    to: Number


class WouldChangeOut(Schema):
    """The nearest change that would raise the value: information, neither advice nor a promise."""

    kind: str
    label: TextOut
    changes: list[StepOut]
    value: Number
    text: TextOut


class UnitsOut(Schema):
    """Units of the city's law: of lengths, and of plot areas."""

    length: str
    area: str


class SubjectOut(Schema):
    """One subject (storeys, height, …) with its governing value, or why that is not known."""

    code: str
    label: TextOut
    unit: str
    direction: str
    headline: bool
    outcome: Literal["value", "not_known", "none"]
    value: Value
    bound: Value
    reason: TextOut
    candidates: list[CandidateOut]
    unknown: list[UnknownOut]
    policy: PolicyOut
    parts: list[PartOut]
    would_change: list[WouldChangeOut]


class EditionOut(Schema):
    """An edition of a layer and the act it stands on."""

    instrument: str
    title: TextOut
    status: str
    act: ActOut | None
    sample: bool


class ThemeOut(Schema):
    """What one theme says of the parcel; slivers lie under its tolerance."""

    theme: str
    label: TextOut
    kind: Literal["partition", "cumulative"]
    editions: list[EditionOut]
    zones: list[ZoneOut]
    slivers: list[ZoneOut]
    unknown: list[UnknownOut]


class ThemesOut(Schema):
    """The three answers."""

    applies: list[ThemeOut]
    does_not_apply: list[ThemeOut]
    not_known: list[ThemeOut]


class InstrumentOut(Schema):
    """Code and title of an instrument."""

    code: str
    title: TextOut


class ChangeOut(Schema):
    """What a subject would be if pending law held."""

    subject: str
    label: TextOut
    unit: str
    value: Value
    now: Value


class PendingOut(Schema):
    """Law that is not law now: approved, or suspended."""

    theme: str
    instrument: InstrumentOut
    status: str
    status_label: TextOut
    act: ActOut | None
    text: TextOut
    would_be: list[ChangeOut]
    zones: list[ZoneOut]


class DutyOut(Schema):
    """A consultation, forbidden work, duty, document or warning that goes with the place."""

    kind: Literal["consultation", "forbidden", "duty", "document", "warning"]
    code: str
    text: TextOut
    office: OfficeOut | None
    rulebook: RulebookOut
    article: str
    category: str
    zone: ZoneOut | None


class FactOut(Schema):
    """A fact that rules asked about; null = not known."""

    name: str
    label: TextOut
    value: bool | Number | str | None
    unit: str


class FailureOut(Schema):
    """A rule source that failed: its subjects are not known."""

    source: str
    incident: str
    text: TextOut


class LawOut(Schema):
    """The version of the law this extract was read from."""

    version: int | str


class ExtractOut(Schema):
    """The rules of one parcel on one legal day, as known at one instant (docs/extract-format.md)."""

    # Named so because pydantic keeps `schema` for itself; the alias is what stands in the JSON.
    schema_name: Literal["parvaneh-extract/1"] = Field(alias="schema")
    synthetic: bool
    sample_rules: bool
    city: CityOut
    units: UnitsOut
    on: str
    known_at: str
    permit_kind: str
    parcel: ExtractParcelOut
    complete: bool
    subjects: list[SubjectOut]
    themes: ThemesOut
    pending: list[PendingOut]
    duties: list[DutyOut]
    facts: list[FactOut]
    failures: list[FailureOut]
    law: LawOut
    digest: str
