"""A measured area corrects the legal area by rule: never silently, and never by a slip of the pen.

Within the tolerance it changes nothing. Beyond it the cadastre gets another version, known now, when the inspector
ends the inspection; what the case rests on afterwards is composed anew by its next steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from apps.cadastre.areas import legal_area
from apps.cadastre.facts import ParcelFacts
from apps.cadastre.selectors import parcel_by_code
from apps.cadastre.services import correct_area
from apps.cases.capacities import told_of
from apps.cases.models import Case
from apps.cases.recording import append_history
from apps.cases.telling import tell
from apps.common import clock
from apps.extracts.canonical import number
from apps.parties.models import Person
from apps.permits import inspection_words as words
from apps.permits.inspection_plan import city_plan
from apps.permits.inspection_reports import latest_report

_HUNDRED = Decimal(100)


class Ruling(StrEnum):
    """What a measured area does. `OPEN`: it cannot be true beside deed and drawing; somebody has to settle that."""

    SAME = "same"
    CORRECTS = "corrects"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Figures:
    """Areas of a parcel, m²; None = not known or not measured."""

    deed_m2: Decimal | None
    drawn_m2: Decimal
    measured_m2: Decimal | None = None

    def legal(self, measured_m2: Decimal | None) -> Decimal | None:
        """The legal area with this measured one."""
        return legal_area(deed_m2=self.deed_m2, drawn_m2=self.drawn_m2, measured_m2=measured_m2)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far apart two areas may lie and still be one: the larger of a share of the legal area and so many m²."""

    share: Decimal
    least_m2: Decimal

    def holds(self, before: Decimal, after: Decimal) -> bool:
        """Whether the two count as one; at the limit they do."""
        return abs(after - before) <= max(before * self.share, self.least_m2)


@dataclass(frozen=True, slots=True)
class Judged:
    """What comes of a measured area: the legal area before and after it, m²."""

    ruling: Ruling
    before: Decimal | None
    after: Decimal | None


def judge(figures: Figures, found_m2: Decimal, tolerance: Tolerance) -> Judged:
    """The rule. Pure. What counts is the legal area: a ground larger than a deed that bounds it changes nothing."""
    before, after = figures.legal(figures.measured_m2), figures.legal(found_m2)
    if after is None:
        return Judged(Ruling.OPEN, before, None)
    same = before is not None and tolerance.holds(before, after)
    return Judged(Ruling.SAME if same else Ruling.CORRECTS, before, before if same else after)


def judged_of(case: Case) -> Judged | None:
    """What the last report's area does to the parcel as it stands today; None = no area was measured on it."""
    made = latest_report(case)
    if made is None or made.measured_area_dm2 is None or made.parcel_id != case.parcel_id:
        return None
    return judge(_figures(_today(case)), made.measured_area_dm2 / _HUNDRED, _tolerance())


def settle(case: Case, person: Person | None) -> Mapping[str, Any]:
    """At the end of the inspection: correct the legal area where the rule says so. What the step's history keeps."""
    made, judged = latest_report(case), judged_of(case)
    if made is None or judged is None or made.measured_area_dm2 is None:
        return {}
    kept: dict[str, Any] = {"report": made.digest, "area": judged.ruling.value}
    if judged.ruling is not Ruling.CORRECTS or judged.after is None:
        return kept
    at = clock.now()
    version = correct_area(code=case.land.code, measured_area_dm2=made.measured_area_dm2, on=clock.today(), known_at=at)
    measured = made.measured_area_dm2 / _HUNDRED
    figures = {
        "before_m2": None if judged.before is None else number(judged.before),
        "after_m2": number(judged.after),
        "measured_m2": number(measured),
    }
    append_history(
        case=case,
        actor=person,
        kind="area_corrected",
        data={"report": made.digest, "parcel": case.land.code, "parcel_version": version.pk, **figures},
    )
    told = words.corrected(case.tracking, before=judged.before, after=judged.after, measured=measured)
    tell(case, told_of(case), told)
    return {**kept, **figures}


def _today(case: Case) -> ParcelFacts:
    return parcel_by_code(case.land.code, on=clock.today(), known_at=clock.now())


def _figures(parcel: ParcelFacts) -> Figures:
    return Figures(parcel.deed_area_m2, parcel.drawn_area_m2, parcel.measured_area_m2)


def _tolerance() -> Tolerance:
    plan = city_plan()
    return Tolerance(plan.tolerance_share, plan.tolerance_m2)
