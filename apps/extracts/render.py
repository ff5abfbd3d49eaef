"""From an Answer to the extract document of docs/extract-format.md. No decision is taken here."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from apps.common.city import City
from apps.common.text import Text, persian_digits
from apps.extracts.canonical import number
from apps.extracts.compose import Answer, Change, Pending
from apps.extracts.facts import Site
from apps.extracts.law_day import Act, EditionDay, LawDay, ThemeDay
from apps.extracts.rules import Governing, Judged
from apps.extracts.status_labels import STATUS_LABELS
from apps.legal.answers import Candidate, Duty, Fact, Outcome, ThemeFinding, Unknown, ZoneHit

SCHEMA = "parvaneh-extract/1"
EARTH_RADIUS_M = 6_378_137.0


def document(
    *, city: City, law: LawDay, site: Site, answer: Answer, permit_kind: str, known_at: datetime
) -> dict[str, Any]:
    """The whole extract but its digest (canonical.sealed adds it)."""
    writer = _Writer(law)
    return {
        "schema": SCHEMA,
        "synthetic": city.synthetic,
        "sample_rules": city.sample_rules,
        "city": {"code": city.code, "name": city.name.as_dict(), "crs": f"EPSG:{city.srid}"},
        "on": law.on.isoformat(),
        "known_at": instant(known_at),
        "permit_kind": permit_kind,
        "parcel": parcel(site),
        "complete": answer.complete,
        "subjects": [writer.subject(g) for g in answer.resolution.governing],
        "themes": writer.themes(answer.findings),
        "pending": [writer.pending(p) for p in answer.pending],
        "duties": [writer.duty(d) for d in answer.resolution.duties],
        "notes": [n.as_dict() for n in answer.resolution.notes],
        "facts": [_fact(f) for f in answer.facts.values()],
        "failures": [
            {"source": f.source, "incident": f.incident, "text": f.text.as_dict()} for f in answer.resolution.failures
        ],
        "law": {"version": law.version},
    }


def instant(moment: datetime) -> str:
    """'2026-11-22T05:00:00.123456Z'; UTC, microseconds only when there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parcel(site: Site) -> dict[str, Any]:
    """The parcel block."""
    return {
        "code": site.code,
        "version": site.version,
        "plate": site.plate,
        "address": site.address,
        "district": _district(site.district),
        "neighbourhood": site.neighbourhood,
        "passage_name": site.passage_name,
        "legal_area_m2": _maybe(site.legal_area_m2),
        "deed_area_m2": _maybe(site.deed_area_m2),
        "drawn_area_m2": number(site.drawn_area_m2),
        "frontage_m": _maybe(site.frontage_m),
        "passage_width_m": _maybe(site.passage_width_m),
        "corner": site.corner,
        "consolidated": site.consolidated,
        "existing_storeys": site.existing_storeys,
        "existing_height_m": _maybe(site.existing_height_m),
        "centroid": list(lonlat(*site.centroid_web)),
        "bbox": [*lonlat(*site.bbox_web[:2]), *lonlat(*site.bbox_web[2:])],
    }


def lonlat(x: float, y: float) -> tuple[float, float]:
    """Web-Mercator metres to WGS84 degrees (lon, lat), 7 decimals (about 1 cm)."""
    lon = math.degrees(x / EARTH_RADIUS_M)
    lat = math.degrees(2 * math.atan(math.exp(y / EARTH_RADIUS_M)) - math.pi / 2)
    return round(lon, 7), round(lat, 7)


class _Writer:
    """Knows the law of the day, so that acts, offices and titles can be named."""

    def __init__(self, law: LawDay) -> None:
        self._law = law
        self._titles = {b.code: b.title for books in law.rulebooks.values() for b in books}
        self._themes = {t.code: t for t in law.themes}

    def subject(self, governing: Governing) -> dict[str, Any]:
        subject = governing.subject
        return {
            "code": subject.code,
            "label": subject.label.as_dict(),
            "unit": subject.unit,
            "direction": subject.direction.value,
            "headline": subject.headline,
            "outcome": governing.outcome,
            "value": _value(governing.value),
            "bound": _value(governing.bound),
            "reason": governing.reason.as_dict(),
            "candidates": [self._candidate(j) for j in governing.candidates],
            "unknown": [self._unknown(u) for u in governing.unknowns],
        }

    def themes(self, findings: Mapping[str, ThemeFinding]) -> dict[str, Any]:
        lists: dict[str, list[dict[str, Any]]] = {outcome.value: [] for outcome in Outcome}
        for finding in findings.values():
            lists[finding.outcome.value].append(self._theme(self._themes[finding.theme], finding))
        return lists

    def pending(self, pending: Pending) -> dict[str, Any]:
        edition = pending.edition
        return {
            "theme": pending.theme.code,
            "label": pending.theme.label.as_dict(),
            "instrument": {"code": edition.instrument, "title": edition.title.as_dict()},
            "status": edition.status,
            "status_label": STATUS_LABELS[edition.status].as_dict(),
            "act": act(edition.act),
            "text": pending_text(pending).as_dict(),
            "would_be": [_change(c) for c in pending.changes],
            "zones": [_zone(z) for z in pending.zones],
        }

    def duty(self, duty: Duty) -> dict[str, Any]:
        return {
            "kind": duty.kind,
            "code": duty.code,
            "text": duty.explain.as_dict(),
            "office": self._office(duty.code) if duty.kind == "consultation" else None,
            "rulebook": self._rulebook(duty.rulebook),
            "article": duty.provision.article,
            "category": duty.provision.category,
            "zone": None if duty.zone is None else _zone(duty.zone),
        }

    def _candidate(self, judged: Judged) -> dict[str, Any]:
        candidate = judged.candidate
        return {
            "value": _value(candidate.value),
            "won": judged.won,
            "why": judged.why.as_dict(),
            "explain": candidate.explain.as_dict(),
            "strength": candidate.strength.value,
            "rulebook": self._rulebook(candidate.rulebook),
            "article": candidate.provision.article,
            "category": candidate.provision.category,
            "row": candidate.provision.row,
            "text": candidate.provision.text.as_dict(),
            "also": [{"row": p.row, "article": p.article, "text": p.text.as_dict()} for p in candidate.also],
            "zone": None if candidate.zone is None else _zone(candidate.zone),
        }

    def _theme(self, theme: ThemeDay, finding: ThemeFinding) -> dict[str, Any]:
        return {
            "theme": theme.code,
            "label": theme.label.as_dict(),
            "kind": "partition" if theme.partition else "cumulative",
            "editions": [_edition(e) for e in theme.in_force if e.instrument in finding.editions],
            "zones": [_zone(z) for z in finding.hits],
            "slivers": [_zone(z) for z in finding.slivers],
            "unknown": [self._unknown(u) for u in finding.unknowns],
        }

    def _unknown(self, unknown: Unknown) -> dict[str, Any]:
        return {
            "why": unknown.why.value,
            "text": unknown.text.as_dict(),
            "share_pct": None if unknown.share is None else number(unknown.share * 100),
            "office": self._office(unknown.office),
        }

    def _office(self, code: str) -> dict[str, Any]:
        name, contact = self._law.offices.get(code, (Text(code, code), Text("", "")))
        return {"code": code, "name": name.as_dict(), "contact": contact.as_dict()}

    def _rulebook(self, code: str) -> dict[str, Any]:
        title = self._titles.get(code, Text(code, code))
        return {"code": code, "title": title.as_dict(), "act": act(self._law.rulebook_acts.get(code))}


def pending_text(pending: Pending) -> Text:
    """'Approved, not promulgated: Storeys over pilotis, at most 5 (now 4). This is not law now.'"""
    status = STATUS_LABELS[pending.edition.status]
    headline = [c for c in pending.changes if c.would_be.subject.headline][:2]
    fa = "؛ ".join(_change_words(c, "fa") for c in headline) or "در این قطعه چیزی تغییر نمی‌کند"
    en = "; ".join(_change_words(c, "en") for c in headline) or "nothing would change on this parcel"
    return Text(fa=f"{status.fa}: {fa}. این اکنون قانون نیست.", en=f"{status.en}: {en}. This is not law now.")


def _change_words(change: Change, language: str) -> str:
    label = change.would_be.subject.label.in_language(language)
    then = _words(change.would_be, language)
    return f"{label} {then}"


def _words(governing: Governing, language: str) -> str:
    value = _value(governing.value)
    if governing.outcome != "value" or isinstance(value, list):
        return "معلوم نیست" if language == "fa" else "not known"
    return persian_digits(value) if language == "fa" else str(value)


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


def _edition(edition: EditionDay) -> dict[str, Any]:
    return {
        "instrument": edition.instrument,
        "title": edition.title.as_dict(),
        "status": edition.status,
        "status_label": STATUS_LABELS[edition.status].as_dict(),
        "act": act(edition.act),
        "sample": edition.sample,
    }


def _zone(hit: ZoneHit) -> dict[str, Any]:
    return {
        "theme": hit.theme,
        "code": hit.code,
        "label": hit.label.as_dict(),
        "feature": hit.feature_id,
        "edition": hit.edition,
        "area_m2": number(hit.area_m2),
        "share_pct": number(hit.share * 100),
    }


def _change(change: Change) -> dict[str, Any]:
    then = change.would_be
    return {
        "subject": then.subject.code,
        "label": then.subject.label.as_dict(),
        "unit": then.subject.unit,
        "outcome": then.outcome,
        "value": _value(then.value),
        "now": None if change.now is None else _value(change.now.value),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    value = number(fact.value) if isinstance(fact.value, Decimal) else fact.value
    return {"name": fact.name, "label": fact.label.as_dict(), "value": value, "unit": fact.unit}


def _value(raw: object) -> Any:
    if isinstance(raw, Decimal):
        return number(raw)
    if isinstance(raw, tuple):
        return [_schedule_row(v) if isinstance(v, Candidate) else v for v in raw]
    return raw


def _schedule_row(candidate: Candidate) -> dict[str, Any]:
    return {
        "value": _value(candidate.value),
        "row": candidate.provision.row,
        "condition": dict(candidate.provision.when),
        "text": candidate.explain.as_dict(),
    }


def _district(raw: tuple[int, Text, bool] | None) -> dict[str, Any] | None:
    return None if raw is None else {"number": raw[0], "name": raw[1].as_dict(), "approximate": raw[2]}


def _maybe(raw: Decimal | None) -> int | float | None:
    return None if raw is None else number(raw)
