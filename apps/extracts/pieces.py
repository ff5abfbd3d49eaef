"""The small recurring objects of an extract document: acts, editions, zones, values."""

from decimal import Decimal
from typing import Any

from apps.extracts.canonical import number
from apps.extracts.compose import Change
from apps.extracts.law_day import Act, EditionDay
from apps.extracts.status_labels import STATUS_LABELS
from apps.legal.answers import Candidate, Fact, ZoneHit


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


def fact(raw: Fact) -> dict[str, Any]:
    """One fact; value None = not known."""
    shown = number(raw.value) if isinstance(raw.value, Decimal) else raw.value
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
