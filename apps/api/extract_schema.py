"""The extract's shape: the API description and the published JSON Schema are both made from it
(docs/extract-format.md, docs/schemas/). Never used to write one: bytes go out as they were composed, and tests hold
this description against real answers, key by key.
"""

from typing import Annotated, Literal

from pydantic import Field

from apps.api.extract_shapes import (
    ActOut,
    Area,
    Bounds,
    CandidateOut,
    Code,
    Day,
    EditionOut,
    Exact,
    Instant,
    InstrumentOut,
    Length,
    Lonlat,
    Number,
    OfficeOut,
    RulebookOut,
    SentenceOut,
    Share,
    UnknownOut,
    Value,
    ZoneOut,
)
from apps.legal.acts import Status
from apps.legal.answers import PolicyName
from apps.legal.subjects import Direction

OutcomeOfSubject = Annotated[
    Literal["value", "not_known", "none"],
    Field(description="none = nothing in force speaks of it, and that is certain"),
]


class CityOut(Exact):
    """Which city, in which metric coordinate reference system."""

    code: Code
    name: SentenceOut
    crs: Annotated[str, Field(pattern=r"^EPSG:\d+$")]


class UnitsOut(Exact):
    """Units of the city's law: of lengths, and of plot areas."""

    length: Literal["m", "ft"]
    area: Literal["m²", "ft²", "ac"]


class DistrictOut(Exact):
    """A municipal district; `approximate`: fit to show, never for a decision."""

    number: int
    name: SentenceOut
    approximate: bool


class DistrictPartOut(DistrictOut):
    """A district's part of a parcel that a border of districts cuts."""

    area_m2: Area
    share_pct: Share


class ExtractParcelOut(Exact):
    """The parcel on the day. null = not known."""

    code: Code
    version: Annotated[int, Field(ge=1)]
    plate: str
    address: str
    district: DistrictOut | None
    districts: Annotated[
        list[DistrictPartOut], Field(description="Largest part first, when a border cuts the parcel; else empty")
    ]
    neighbourhood: str
    passage_name: str
    legal_area_m2: Area | None
    deed_area_m2: Area | None
    drawn_area_m2: Area
    frontage_m: Length | None
    passage_width_m: Length | None
    corner: bool | None
    consolidated: int | None
    existing_storeys: int | None
    existing_height_m: Length | None
    centroid: Lonlat
    bbox: Bounds


class MeasuredParcelOut(ExtractParcelOut):
    """A parcel whose ground an inspector measured on the spot: the legal area rests on it instead of the drawn one."""

    measured_area_m2: Area


class PolicyOut(Exact):
    """How the subject is read on a parcel in several zones, and the article that says so (null: the house's rule)."""

    name: PolicyName
    text: SentenceOut
    article: str | None
    rulebook: RulebookOut | None


class PartOut(Exact):
    """What one zone's part of the parcel has by itself."""

    zone: ZoneOut
    value: Value
    text: SentenceOut


class StepOut(Exact):
    """A fact that would have to change, from what to what."""

    fact: Code
    label: SentenceOut
    unit: str
    from_: Annotated[Value, Field(alias="from")]
    to: Number


class WouldChangeOut(Exact):
    """The nearest change that would raise the value: information, neither advice nor a promise."""

    kind: Code
    label: SentenceOut
    changes: list[StepOut]
    value: Number
    text: SentenceOut


class SubjectOut(Exact):
    """One subject (storeys, height, …) with its governing value, or why that is not known.

    `bound`: when not known, the strictest value that is known: a limit, never an allowance.
    """

    code: Code
    label: SentenceOut
    unit: str
    direction: Direction
    headline: bool
    outcome: OutcomeOfSubject
    value: Value
    bound: Value
    reason: SentenceOut
    candidates: list[CandidateOut]
    unknown: list[UnknownOut]
    policy: PolicyOut
    parts: list[PartOut]
    would_change: list[WouldChangeOut]


class ThemeOut(Exact):
    """What one theme says of the parcel; slivers lie under its tolerance and do not count."""

    theme: Code
    label: SentenceOut
    kind: Literal["partition", "cumulative"]
    editions: list[EditionOut]
    zones: list[ZoneOut]
    slivers: list[ZoneOut]
    unknown: list[UnknownOut]


class ThemesOut(Exact):
    """The three answers."""

    applies: list[ThemeOut]
    does_not_apply: list[ThemeOut]
    not_known: list[ThemeOut]


class ChangeOut(Exact):
    """What a subject would be if pending law held, and what it is now."""

    subject: Code
    label: SentenceOut
    unit: str
    outcome: OutcomeOfSubject
    value: Value
    now: Value


class PendingOut(Exact):
    """Law that is not law now: approved, or suspended."""

    theme: Code
    label: SentenceOut
    instrument: InstrumentOut
    status: Status
    status_label: SentenceOut
    act: ActOut | None
    text: SentenceOut
    would_be: list[ChangeOut]
    zones: list[ZoneOut]


class DutyOut(Exact):
    """A consultation, forbidden work, duty, document or warning that goes with the place."""

    kind: Literal["consultation", "forbidden", "duty", "document", "warning"]
    code: str
    text: SentenceOut
    office: OfficeOut | None
    rulebook: RulebookOut
    article: str
    category: str
    zone: ZoneOut | None


class FactOut(Exact):
    """A fact that rules asked about; null = not known."""

    name: Code
    label: SentenceOut
    value: bool | Number | str | None
    unit: str


class FailureOut(Exact):
    """A rule source that failed: its subjects are not known."""

    source: Code
    incident: Code
    text: SentenceOut


class LawOut(Exact):
    """The version of the law this extract was read from."""

    version: Annotated[int, Field(ge=0)]


class ExtractOut(Exact):
    """The rules of one parcel on one legal day, as known at one instant (docs/extract-format.md)."""

    # Named so because pydantic keeps `schema` for itself; the alias is what stands in the JSON.
    schema_name: Annotated[Literal["parvaneh-extract/1"], Field(alias="schema")]
    synthetic: Annotated[bool, Field(description="Parcels are generated, not surveyed")]
    sample_rules: Annotated[bool, Field(description="Rules are samples, unofficial")]
    city: CityOut
    units: UnitsOut
    on: Annotated[Day, Field(description="Legal day")]
    known_at: Annotated[Instant, Field(description="Only what had been recorded by then counts")]
    permit_kind: Code
    parcel: ExtractParcelOut | MeasuredParcelOut
    complete: Annotated[bool, Field(description="false as soon as anything below is not known")]
    subjects: list[SubjectOut]
    themes: ThemesOut
    pending: list[PendingOut]
    duties: list[DutyOut]
    notes: list[SentenceOut]
    facts: list[FactOut]
    failures: list[FailureOut]
    law: LawOut
    digest: Annotated[
        str,
        Field(
            pattern=r"^sha256:[0-9a-f]{64}$",
            description="SHA-256 over the canonical JSON (RFC 8785) of everything but this key",
        ),
    ]
