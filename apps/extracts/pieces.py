"""The small recurring objects of an extract document: acts, editions, zones, values."""

from decimal import Decimal
from typing import Any

from apps.extracts.canonical import PLACES, number
from apps.extracts.compose import Change
from apps.extracts.law_day import Act, EditionDay
from apps.extracts.policies import Part
from apps.extracts.status_labels import STATUS_LABELS
from apps.extracts.would_change import Improvement, Step
from apps.legal.answers import Candidate, Fact, ZoneHit
from apps.legal.tables.wording import ground

_FINE = {"ac": 4}  # 0.01 of an acre is 40 m²


def act(raw: Act | None) -> dict[str, Any] | None:
    """An act as JSON."""
    if raw is None:
        return None
    return {
        "kind": raw.kind,
        "number": raw.number,
        "date": raw.act_date.isoformat(),
        "effective_on": raw.effective_on.isoformat(),
        "body": raw.body.as_dict(),
        "document": raw.document,
    }


def edition(raw: EditionDay) -> dict[str, Any]:
    """One edition on the day."""
    return {
        "instrument": raw.instrument,
        "title": raw.title.as_dict(),
        "status": raw.status,
        "status_label": STATUS_LABELS[raw.status].as_dict(),
        "act": act(raw.act),
        "sample": raw.sample,
    }


def zone(hit: ZoneHit) -> dict[str, Any]:
    """One zone on the parcel."""
    return {
        "theme": hit.theme,
        "code": hit.code,
        "label": hit.label.as_dict(),
        "feature": hit.feature_id,
        "edition": hit.edition,
        "area_m2": number(hit.area_m2),
        "share_pct": number(hit.share * 100),
    }


def change(raw: Change) -> dict[str, Any]:
    """What a subject would become."""
    then = raw.would_be
    return {
        "subject": then.subject.code,
        "label": then.subject.label.as_dict(),
        "unit": then.subject.unit,
        "outcome": then.outcome,
        "value": value(then.value),
        "now": None if raw.now is None else value(raw.now.value),
    }


def part(raw: Part) -> dict[str, Any]:
    """What one zone's part of the parcel has."""
    return {"zone": zone(raw.zone), "value": value(raw.value), "text": ground(raw.zone).as_dict()}


def improvement(raw: Improvement) -> dict[str, Any]:
    """What would raise a value."""
    return {
        "kind": raw.remedy.kind,
        "label": raw.remedy.label.as_dict(),
        "changes": [_step(step) for step in raw.steps],
        "value": value(raw.value),
        "text": raw.text.as_dict(),
    }


def _step(raw: Step) -> dict[str, Any]:
    return {
        "fact": raw.fact.name,
        "label": raw.fact.label.as_dict(),
        "unit": raw.fact.unit,
        "from": value(raw.fact.value),
        "to": value(raw.to),
    }


def fact(raw: Fact) -> dict[str, Any]:
    """One fact; value None = not known."""
    places = _FINE.get(raw.unit, PLACES)
    shown = number(raw.value, places) if isinstance(raw.value, Decimal) else raw.value
    return {"name": raw.name, "label": raw.label.as_dict(), "value": shown, "unit": raw.unit}


def value(raw: object) -> Any:
    """Any value as JSON: numbers by `canonical.number`, tuples as lists, schedules as rows."""
    if isinstance(raw, Decimal):
        return number(raw)
    if isinstance(raw, tuple):
        return [_schedule_row(v) if isinstance(v, Candidate) else v for v in raw]
    return raw


def _schedule_row(candidate: Candidate) -> dict[str, Any]:
    return {
        "value": value(candidate.value),
        "row": candidate.provision.row,
        "condition": dict(candidate.provision.when),
        "text": candidate.explain.as_dict(),
    }
