"""One check of a proposal against one provision: pass, fail or cannot be evaluated, and all that says why. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from apps.common.text import Text
from apps.common.units import AREAS, LENGTHS
from apps.legal.tables.wording import quantity
from apps.permits import proposal_words as words
from apps.permits.proposal import Measured, Proposal

Document = Mapping[str, Any]
CENT = Decimal("0.01")
_METRIC = {**LENGTHS, **AREAS, "m² built": Decimal(1)}
_PLAIN = ("%", "storey", "stories", "")


class Outcome(StrEnum):
    """Three answers, never two."""

    PASS = "pass"  # noqa: S105 - an answer, no password
    FAIL = "fail"
    CANNOT = "cannot_evaluate"


class Why(StrEnum):
    """Why something could not be evaluated."""

    NOTHING = ""
    NOT_KNOWN = "not_known"  # the extract does not know the limit
    MISSING = "missing_figure"  # the proposal does not say it
    PERSON = "by_person"  # drawings show it, a person judges it
    UNCLEAR = "unclear"  # the law leaves it open for these numbers
    UNIT = "unknown_unit"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Source:
    """The provision: article, its rulebook, the act that put it in force, the sentence of the answer."""

    article: str
    title: Text
    act: Mapping[str, Any] | None
    reason: Text


@dataclass(frozen=True, slots=True)
class Check:
    """`margin`: for a failure, what would make it pass; for a pass, what is left. `office`: whom to ask."""

    code: str
    label: Text
    outcome: Outcome
    text: Text
    why: Why = Why.NOTHING
    proposed: Text | None = None
    limit: Text | None = None
    margin: Text | None = None
    source: Source | None = None
    office: Mapping[str, Any] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The check as JSON."""
        source = self.source
        return {
            "code": self.code,
            "label": self.label.as_dict(),
            "outcome": self.outcome.value,
            "why": self.why.value,
            "text": self.text.as_dict(),
            "proposed": _plain(self.proposed),
            "limit": _plain(self.limit),
            "margin": _plain(self.margin),
            "article": source.article if source else None,
            "rulebook": source.title.as_dict() if source else None,
            "act": source.act if source else None,
            "reason": _plain(source.reason if source else None),
            "office": dict(self.office) if self.office else None,
        }


def _plain(text: Text | None) -> dict[str, str] | None:
    return None if text is None else text.as_dict()


@dataclass(frozen=True, slots=True)
class Asked:
    """One subject of an extract that has a value, asked of one proposal."""

    subject: Document
    proposal: Proposal
    measured: Measured
    document: Document

    @property
    def unit(self) -> str:
        """The unit of the subject's values."""
        return str(self.subject["unit"])

    def metric(self, raw: object) -> Decimal:
        """A value of the subject in m or m²; shares and storeys as they are. Raises ValueError for an unknown unit."""
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise TypeError(f"{self.subject['code']}: {raw!r} is no number")
        factor = Decimal(1) if self.unit in _PLAIN else _METRIC.get(self.unit)
        if factor is None:
            raise UnknownUnitError(self.unit)
        return Decimal(str(raw)) * factor

    def shown(self, metric: Decimal) -> Text:
        """A metric value in the subject's own unit, to the hundredth."""
        factor = _METRIC.get(self.unit, Decimal(1))
        return quantity((metric / factor).quantize(CENT), self.unit)

    def said(self, outcome: Outcome, text: Text, **more: Any) -> Check:
        """The check of this subject."""
        named = {"limit": self._limit(), "source": source_of(self.subject), **more}
        return Check(self.subject["code"], Text.of(self.subject["label"]), outcome, text, **named)

    def cannot(self, why: Why, text: Text, **more: Any) -> Check:
        """The check of this subject when it could not be evaluated."""
        return self.said(Outcome.CANNOT, text, why=why, **more)

    def _limit(self) -> Text | None:
        value = self.subject["value"]
        if isinstance(value, int | float) and not isinstance(value, bool):
            return quantity(Decimal(str(value)), self.unit)
        return words.listed_codes(value) if isinstance(value, list) else None


class UnknownUnitError(ValueError):
    """A limit in a unit that nobody here can convert."""


def source_of(subject: Document) -> Source | None:
    """The provision that governs a subject, else the first that speaks of it."""
    candidates = subject["candidates"]
    winner = next((c for c in candidates if c["won"]), candidates[0] if candidates else None)
    return None if winner is None else source(winner, winner["explain"])


def source(spoken: Document, reason: Document | None) -> Source:
    """The provision of a candidate or a duty."""
    book = spoken["rulebook"]
    return Source(spoken["article"], Text.of(book["title"]), book["act"], Text.of(reason or spoken["text"]))
