"""Writes the parts of an extract document that need the law of the day: titles, acts, offices."""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.common.text import Text, persian_digits
from apps.extracts import pieces
from apps.extracts.canonical import number
from apps.extracts.compose import Change, Pending
from apps.extracts.law_day import LawDay, ThemeDay
from apps.extracts.rules import Governing, Judged
from apps.extracts.status_labels import STATUS_LABELS
from apps.extracts.verdict_words import POLICY
from apps.extracts.would_change import Improvement
from apps.legal.answers import Duty, Outcome, Policy, PolicyName, ThemeFinding, Unknown


class Writer:
    """Knows the law of the day, so that acts, offices and titles can be named."""

    def __init__(self, law: LawDay) -> None:
        self._law = law
        self._titles = {b.code: b.title for books in law.rulebooks.values() for b in books}
        self._themes = {t.code: t for t in law.themes}

    def subject(self, governing: Governing, improvements: Sequence[Improvement] = ()) -> dict[str, Any]:
        """One subject with its governing value, candidates, unknowns, parts and what would raise it."""
        subject = governing.subject
        return {
            "code": subject.code,
            "label": subject.label.as_dict(),
            "unit": subject.unit,
            "direction": subject.direction.value,
            "headline": subject.headline,
            "outcome": governing.outcome,
            "value": pieces.value(governing.value),
            "bound": pieces.value(governing.bound),
            "reason": governing.reason.as_dict(),
            "candidates": [self._candidate(j) for j in governing.candidates],
            "unknown": [self._unknown(u) for u in governing.unknowns],
            "policy": self._policy(governing.policy),
            "parts": [pieces.part(p) for p in governing.parts],
            "would_change": [pieces.improvement(i) for i in improvements],
        }

    def themes(self, findings: Mapping[str, ThemeFinding]) -> dict[str, Any]:
        """The three lists."""
        lists: dict[str, list[dict[str, Any]]] = {outcome.value: [] for outcome in Outcome}
        for finding in findings.values():
            lists[finding.outcome.value].append(self._theme(self._themes[finding.theme], finding))
        return lists

    def pending(self, pending: Pending) -> dict[str, Any]:
        """One edition that is not law now, and what it would change."""
        edition = pending.edition
        return {
            "theme": pending.theme.code,
            "label": pending.theme.label.as_dict(),
            "instrument": {"code": edition.instrument, "title": edition.title.as_dict()},
            "status": edition.status,
            "status_label": STATUS_LABELS[edition.status].as_dict(),
            "act": pieces.act(edition.act),
            "text": pending_text(pending).as_dict(),
            "would_be": [pieces.change(c) for c in pending.changes],
            "zones": [pieces.zone(z) for z in pending.zones],
        }

    def duty(self, duty: Duty) -> dict[str, Any]:
        """A consultation, forbidden work, document, duty or warning."""
        return {
            "kind": duty.kind,
            "code": duty.code,
            "text": duty.explain.as_dict(),
            "office": self._office(duty.code) if duty.kind == "consultation" else None,
            "rulebook": self._rulebook(duty.rulebook),
            "article": duty.provision.article,
            "category": duty.provision.category,
            "zone": None if duty.zone is None else pieces.zone(duty.zone),
        }

    def _candidate(self, judged: Judged) -> dict[str, Any]:
        candidate = judged.candidate
        return {
            "value": pieces.value(candidate.value),
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
            "zone": None if candidate.zone is None else pieces.zone(candidate.zone),
        }

    def _policy(self, policy: Policy | None) -> dict[str, Any]:
        name = policy.name if policy else PolicyName.STRICTEST
        return {
            "name": name.value,
            "text": (policy.provision.text if policy else POLICY[name.value]).as_dict(),
            "article": policy.provision.article if policy else None,
            "rulebook": self._rulebook(policy.rulebook) if policy else None,
        }

    def _theme(self, theme: ThemeDay, finding: ThemeFinding) -> dict[str, Any]:
        return {
            "theme": theme.code,
            "label": theme.label.as_dict(),
            "kind": "partition" if theme.partition else "cumulative",
            "editions": [pieces.edition(e) for e in theme.in_force if e.instrument in finding.editions],
            "zones": [pieces.zone(z) for z in finding.hits],
            "slivers": [pieces.zone(z) for z in finding.slivers],
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
        return {"code": code, "title": title.as_dict(), "act": pieces.act(self._law.rulebook_acts.get(code))}


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
    value = pieces.value(governing.value)
    if governing.outcome != "value" or isinstance(value, list):
        return "معلوم نیست" if language == "fa" else "not known"
    return persian_digits(value).replace(".", "٫") if language == "fa" else str(value)
