"""A proposal held against all that an extract says: a check for each subject of the vocabulary, and beyond. Pure.

Three answers. A subject that is not known, a figure that is missing, a unit nobody knows, a rule that raises: cannot be
evaluated, and why; never a pass.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.common.text import Text
from apps.legal.subject_list import Subject
from apps.legal.tables.wording import quantity
from apps.permits import proposal_rules_place as place
from apps.permits import proposal_rules_roof as roof
from apps.permits import proposal_rules_size as size
from apps.permits import proposal_rules_uses as uses
from apps.permits import proposal_words as words
from apps.permits.proposal import Measured, Proposal
from apps.permits.proposal_check import Asked, Check, Document, Outcome, UnknownUnitError, Why, source_of
from apps.permits.proposal_rules_person import by_person, completeness, duties

log = logging.getLogger(__name__)
Rule = Callable[[Asked], Check]

RULES: Mapping[str, Rule] = {
    "max_storeys": size.storeys,
    "max_height": size.height,
    "max_coverage": size.coverage,
    "max_coverage_ground": size.coverage_ground,
    "max_density": size.density,
    "min_parking": uses.parking,
    "permitted_use": uses.permitted_use,
    "front_setback": place.kept_free,
    "rear_setback": place.kept_free,
    "side_setback_interior": place.kept_free,
    "side_setback_exterior": place.kept_free,
    "no_build_strip": place.kept_free,
    "corner_chamfer": place.kept_free,
    "min_plot": uses.min_plot,
    "min_frontage": uses.min_frontage,
    "min_lot_for_use": uses.min_lot_for_use,
    "max_projection": by_person,
    "projection_clearance": by_person,
    "facing_windows": by_person,
    "facing_windows_service": by_person,
    "window_to_yard": by_person,
    "window_sill": by_person,
    "light_well_main_area": by_person,
    "light_well_main_side": by_person,
    "light_well_service_area": by_person,
    "light_well_service_side": by_person,
    "stair_head_height": roof.stair_head_height,
    "stair_head_share": roof.stair_head_share,
    "parapet_height": roof.parapet,
    "clear_height_storey": roof.clear_height_storey,
    "clear_height_pilotis": roof.clear_height_pilotis,
    "clear_height_basement": roof.clear_height_basement,
    "clear_height_shop": by_person,
    "ramp_slope": by_person,
}
"""How each subject of the house's vocabulary is checked; a test keeps it whole."""


@dataclass(frozen=True, slots=True)
class Result:
    """All checks, in the order of the vocabulary, those of the place and of the works first."""

    checks: tuple[Check, ...]

    @property
    def outcome(self) -> Outcome:
        """Fails as soon as one check fails; passes only when all pass."""
        found = {check.outcome for check in self.checks}
        if Outcome.FAIL in found:
            return Outcome.FAIL
        return Outcome.PASS if found == {Outcome.PASS} else Outcome.CANNOT

    def of(self, outcome: Outcome) -> tuple[Check, ...]:
        """The checks with this outcome."""
        return tuple(check for check in self.checks if check.outcome is outcome)

    def as_dict(self) -> dict[str, Any]:
        """{"outcome", "counts", "checks"} as JSON."""
        counts = {outcome.value: len(self.of(outcome)) for outcome in Outcome}
        return {"outcome": self.outcome.value, "counts": counts, "checks": [c.as_dict() for c in self.checks]}


def check_all(
    proposal: Proposal,
    measured: Measured,
    document: Document,
    vocabulary: Mapping[str, Subject],
    *,
    rules: Mapping[str, Rule] = RULES,
) -> Result:
    """Every check. `document`: an extract; `vocabulary`: the city's subjects by code; `rules`: for tests."""
    spoken = {s["code"]: s for s in document["subjects"]}
    found = [
        completeness(document),
        _safely("inside_parcel", words.INSIDE_PARCEL, lambda: place.inside_parcel(measured)),
        _safely("inside_envelope", words.INSIDE_ENVELOPE, lambda: place.inside_envelope(measured, proposal)),
        *(check for check in duties(document) if check.outcome is Outcome.FAIL),
    ]
    for code, subject in vocabulary.items():
        asked = Asked(spoken[code], proposal, measured, document) if code in spoken else None
        found.append(_subject(subject, asked, rules.get(code, by_person), complete=document["complete"]))
    found += [check for check in duties(document) if check.outcome is not Outcome.FAIL]
    return Result(tuple(found))


def _subject(subject: Subject, asked: Asked | None, rule: Rule, *, complete: bool) -> Check:
    if asked is None:
        return _unspoken(subject, complete=complete)
    outcome = asked.subject["outcome"]
    if outcome == "none":
        return asked.said(Outcome.PASS, words.NO_LIMIT)
    if outcome != "value":
        return _not_known(asked)
    return _safely(subject.code, Text.of(asked.subject["label"]), lambda: rule(asked), asked=asked)


def _unspoken(subject: Subject, *, complete: bool) -> Check:
    """Whoever may limit a subject and is not heard says so: silence in a complete answer is 'no limit'."""
    if complete:
        return Check(subject.code, subject.label, Outcome.PASS, words.NO_LIMIT)
    return Check(subject.code, subject.label, Outcome.CANNOT, words.UNSPOKEN, why=Why.NOT_KNOWN)


def _not_known(asked: Asked) -> Check:
    """With the law's own reason and office; what is certain in any case is said along."""
    subject = asked.subject
    unknown = next(iter(subject["unknown"]), None)
    text = Text.of(unknown["text"] if unknown else subject["reason"])
    bound = subject.get("bound")
    if subject["direction"] == "max" and isinstance(bound, int | float):
        more = words.filled(words.BOUND, bound=quantity(Decimal(str(bound)), asked.unit))
        text = Text(f"{text.fa} {more.fa}", f"{text.en} {more.en}")
    office = unknown["office"] if unknown else None
    return Check(subject["code"], Text.of(subject["label"]), Outcome.CANNOT, text,
                 why=Why.NOT_KNOWN, source=source_of(subject), office=office)  # fmt: skip


def _safely(code: str, label: Text, ask: Callable[[], Check], *, asked: Asked | None = None) -> Check:
    """A check that raises is not a pass: it says so under an incident number that the log carries."""
    try:
        return ask()
    except UnknownUnitError as error:
        text = words.filled(words.UNIT, unit=str(error))
        return Check(code, label, Outcome.CANNOT, text, why=Why.UNIT)
    except Exception:
        incident = secrets.token_hex(4)
        log.exception("check %s failed, incident %s", code, incident)
        text = words.filled(words.INCIDENT, incident=incident)
        source = source_of(asked.subject) if asked else None
        return Check(code, label, Outcome.CANNOT, text, why=Why.FAILED, source=source)
