"""A proposal's checks against one extract: asked at once, written down for keeping, and two of them compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shapely import MultiPolygon

from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.legal.subjects import SUBJECTS
from apps.permits.proposal import Measured, Proposal
from apps.permits.proposal_document import Origin
from apps.permits.proposal_ground import measure, not_near
from apps.permits.proposal_rules import Result, check_all
from apps.permits.proposal_shape import as_lonlat
from apps.permits.proposal_table import problems

Document = Mapping[str, Any]
SCHEMA = "parvaneh-checks/1"


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal with its footprint (city CRS, None = not drawn), where that came from, and totals added up by hand."""

    proposal: Proposal
    footprint: MultiPolygon | None = None
    origin: Origin = field(default_factory=Origin)
    declared: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result, the numbers it rests on, and the part that leaves the envelope as GeoJSON in WGS 84 (or None)."""

    result: Result
    measured: Measured
    outside: Mapping[str, Any] | None
    extract_digest: str
    on: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON, for faces and for keeping. Areas m²."""
        return {
            "schema": SCHEMA,
            "extract": self.extract_digest,
            "on": self.on,
            **self.result.as_dict(),
            "footprint_m2": _number(self.measured.footprint_m2),
            "outside_m2": _number(self.measured.outside_m2) if self.outside else 0,
            "outside": self.outside,
        }


@dataclass(frozen=True, slots=True)
class DifferingCheck:
    """A check that two of them do not answer alike; `then`, `now` as JSON, None = not asked."""

    code: str
    label: Text
    then: Document | None
    now: Document | None


def checks_of(draft: Draft, extract: Document) -> Checked:
    """Hold a proposal against an extract document. Never raises for the proposal: what cannot be known says so."""
    ground = measure(extract, draft.footprint)
    result = check_all(draft.proposal, ground.measured, extract, SUBJECTS)
    outside = None if ground.outside is None else as_lonlat(ground.outside)
    return Checked(result, ground.measured, outside, extract["digest"], extract["on"])


def refuse_faults(draft: Draft, extract: Document) -> None:
    """Raises BadInputError with every contradiction of the table, and for a footprint far from its parcel."""
    ground = measure(extract, draft.footprint)
    said = list(problems(draft.proposal, footprint_m2=ground.measured.footprint_m2, declared=dict(draft.declared)))
    if ground.far:
        said.insert(0, not_near())
    if said:
        raise BadInputError(
            fa=" ".join(text.fa for text in said),
            en=" ".join(text.en for text in said),
            problems=[text.as_dict() for text in said],
        )


def differing(then: Sequence[Document], now: Sequence[Document]) -> tuple[DifferingCheck, ...]:
    """Checks (as JSON) whose outcome or limit is another, in the order of the newer list; dropped ones last."""
    old, new = ({check["code"]: check for check in side} for side in (then, now))
    codes = list(dict.fromkeys([*new, *old]))
    pairs = ((code, old.get(code), new.get(code)) for code in codes)
    return tuple(
        DifferingCheck(code, Text.of((b or a or {})["label"]), a, b) for code, a, b in pairs if _said(a) != _said(b)
    )


def _said(check: Document | None) -> object:
    return None if check is None else (check["outcome"], check["why"] == "by_person", check["limit"])


def _number(raw: Decimal | None) -> float | int | None:
    if raw is None:
        return None
    return int(raw) if raw == raw.to_integral_value() else float(raw)
