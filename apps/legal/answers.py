"""The vocabulary in which rule sources answer: three outcomes, candidates with reasons, unknowns.

Pure: frozen dataclasses between rooms, no Django, no geometry library. Areas m², lengths m, shares 0..1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from apps.common.text import Text

Value = Decimal | str | tuple[str, ...]
FactValue = Decimal | str | bool | None


class Outcome(StrEnum):
    """The three answers. There is no fourth, and no two of them are ever merged."""

    APPLIES = "applies"
    DOES_NOT_APPLY = "does_not_apply"
    NOT_KNOWN = "not_known"


class Strength(StrEnum):
    """How a candidate meets the others of its subject."""

    ORDINARY = "ordinary"  # the plan's own value, bonuses and reductions already in it
    CAP = "cap"  # a hard limit: beats ordinary values and bonuses, never loosens them


class WhyNot(StrEnum):
    """Why something is not known."""

    NO_EDITION = "no_edition_in_force"
    OUTSIDE_COVERAGE = "outside_coverage"
    PARTLY_OUTSIDE = "partly_outside_coverage"
    COMPUTING = "overlay_incomplete"
    GAP = "gap_in_layer"
    QUARANTINE = "unplaced_quarantine"
    FACT_UNKNOWN = "fact_unknown"
    NO_RULE = "no_rule"
    NEEDS_DECISION = "needs_decision"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that is not known, why, and whom to ask. `subject` '' = the whole theme."""

    why: WhyNot
    text: Text
    office: str
    theme: str = ""
    subject: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class ZoneHit:
    """One feature's hold on the parcel: area m² and share (0..1) of the drawn area."""

    theme: str
    feature_id: int
    code: str
    label: Text
    attributes: Mapping[str, object]
    edition: str
    area_m2: float
    share: float
    sliver: bool = False


@dataclass(frozen=True, slots=True)
class ThemeFinding:
    """What one theme says of one parcel. `hits` hold, `slivers` lie under the theme's tolerance."""

    theme: str
    outcome: Outcome
    hits: tuple[ZoneHit, ...] = ()
    slivers: tuple[ZoneHit, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact about the parcel, the request or the proposal. `value` None = not known."""

    name: str
    value: FactValue
    label: Text
    unit: str = ""
    of_proposal: bool = False


@dataclass(frozen=True, slots=True)
class Provision:
    """One row of a decision table.

    `when` maps fact name → condition cell ('' | '100..150' half-open | 'yes' | 'no' | 'A|B').
    `theme`/`zone` bind the row to a zone code ('' = the row does not depend on a zone).
    """

    row: str
    article: str
    category: str
    subject: str
    effect: str
    value: str
    theme: str
    zone: str
    when: Mapping[str, str]
    text: Text


@dataclass(frozen=True, slots=True)
class RulebookInForce:
    """A rulebook that binds on the day: its instrument's code, title, binding act and its rows."""

    code: str
    instrument: str
    source: str
    title: Text
    act: str
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value offered for a subject, with where it comes from and the sentence that explains it."""

    subject: str
    value: Value
    strength: Strength
    rulebook: str
    provision: Provision
    explain: Text
    zone: ZoneHit | None = None
    also: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A consultation, forbidden work, required document or duty that goes with the place."""

    kind: str  # consultation | forbidden | duty | document | warning
    code: str
    rulebook: str
    provision: Provision
    explain: Text
    zone: ZoneHit | None = None


class PolicyName(StrEnum):
    """What holds where a parcel lies in several zones, the stricter policy first."""

    STRICTEST = "strictest"
    BY_PART = "by_part"
    MAJORITY = "majority"


@dataclass(frozen=True, slots=True)
class Policy:
    """A provision that says how a subject is read on a parcel in several zones of `theme`."""

    subject: str
    name: PolicyName
    theme: str
    rulebook: str
    provision: Provision


@dataclass(frozen=True, slots=True)
class Question:
    """What a source is asked: facts, findings of all themes, the rulebooks of this source in force."""

    facts: Mapping[str, Fact]
    findings: Mapping[str, ThemeFinding]
    rulebooks: tuple[RulebookInForce, ...]


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What a source says. A subject named in `unknowns` is not known, whatever `candidates` hold."""

    candidates: tuple[Candidate, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    duties: tuple[Duty, ...] = ()
    notes: tuple[Text, ...] = field(default=())
    policies: tuple[Policy, ...] = ()


class RuleSource(Protocol):
    """A room that knows rules. Registered by name in settings.RULE_SOURCES; a city says which are asked."""

    name: str

    def answer(self, question: Question) -> SourceAnswer:
        """Pure: same question, same answer; raising makes every subject of this source 'not known'."""
        ...

    def subjects(self) -> tuple[str, ...]:
        """Subjects this source may limit: all become 'not known' when it fails."""
        ...
