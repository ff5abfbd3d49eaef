"""The pure heart of an extract: ground + law of the day → findings, resolution, pending law."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from apps.common.city_law import CityLaw
from apps.extracts.answers import Resolution, resolve
from apps.extracts.facts import facts_of, kind_in_law
from apps.extracts.findings import find
from apps.extracts.ground import Ground, Walker
from apps.extracts.law_day import EditionDay, LawDay, ThemeDay
from apps.extracts.rules import Governing
from apps.extracts.site import Site
from apps.extracts.would_change import Improvement, improvements, speaking
from apps.legal.answers import Fact, Outcome, ThemeFinding, ZoneHit


@dataclass(frozen=True, slots=True)
class Change:
    """What one subject would be if a pending edition held."""

    would_be: Governing
    now: Governing | None


@dataclass(frozen=True, slots=True)
class Pending:
    """An edition that is not law now (approved, or suspended) and what it would change here."""

    theme: ThemeDay
    edition: EditionDay
    zones: tuple[ZoneHit, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything an extract says, before it is written down."""

    facts: Mapping[str, Fact]
    findings: Mapping[str, ThemeFinding]
    resolution: Resolution
    pending: tuple[Pending, ...]
    would_change: Mapping[str, tuple[Improvement, ...]] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """False as soon as anything is not known."""
        open_theme = any(f.outcome is Outcome.NOT_KNOWN for f in self.findings.values())
        open_subject = any(g.outcome == "not_known" for g in self.resolution.governing)
        return not (open_theme or open_subject or self.resolution.failures)


@dataclass(frozen=True, slots=True)
class Case:
    """The inputs of one composition."""

    site: Site
    ground: Ground
    law: LawDay
    permit_kind: str
    city_law: CityLaw
    walker: Walker


def answer(case: Case) -> Answer:
    """Findings of every theme, the resolution, and what pending law would change."""
    findings = {t.code: find(t, case.ground, walker=case.walker) for t in case.law.themes}
    facts, resolution = _resolve(case, findings)
    pending = (_pending(case, theme, edition, findings, resolution) for theme, edition in _touching(case))
    # What neither holds a part of the parcel beyond the tolerance nor would change anything is no news to it.
    told = tuple(p for p in pending if p.zones or p.changes)
    asked = partial(resolve, findings=findings, rulebooks=case.law.rulebooks)
    better = improvements(
        remedies=case.city_law.remedies,
        facts=facts,
        rows=speaking(findings, case.law.rulebooks),
        now=resolution.governing,
        ask=lambda imagined: asked(facts=imagined).governing,
    )
    return Answer(facts=facts, findings=findings, resolution=resolution, pending=told, would_change=better)


def _resolve(case: Case, findings: Mapping[str, ThemeFinding]) -> tuple[Mapping[str, Fact], Resolution]:
    kind = kind_in_law(case.permit_kind, case.law.rulebooks)
    facts = facts_of(case.site, permit_kind=kind, law=case.city_law, findings=findings)
    return facts, resolve(facts=facts, findings=findings, rulebooks=case.law.rulebooks)


def _touching(case: Case) -> tuple[tuple[ThemeDay, EditionDay], ...]:
    """Pending editions that speak about this parcel."""
    pairs = ((t, e) for t in case.law.themes for e in t.pending)
    return tuple((t, e) for t, e in pairs if _speaks(case.ground, e))


def _speaks(ground: Ground, edition: EditionDay) -> bool:
    if edition.only is not None and not ground.touched.intersection(edition.only):
        return False
    cover = ground.covers.get(edition.edition_id)
    return bool(cover and cover.complete and cover.share > 0)


def _pending(
    case: Case,
    theme: ThemeDay,
    edition: EditionDay,
    findings: Mapping[str, ThemeFinding],
    now: Resolution,
) -> Pending:
    editions = tuple(sorted((*theme.in_force, edition), key=lambda e: e.precedence))
    imagined = replace(theme, in_force=editions)
    finding = find(imagined, case.ground, walker=case.walker)
    _, then = _resolve(case, {**findings, theme.code: finding})
    zones = tuple(hit for hit in finding.hits if hit.edition == edition.instrument)
    return Pending(theme=theme, edition=edition, zones=zones, changes=_changes(now, then))


def _changes(now: Resolution, then: Resolution) -> tuple[Change, ...]:
    before = {g.subject.code: g for g in now.governing}
    pairs = ((g, before.get(g.subject.code)) for g in then.governing)
    return tuple(Change(would_be=g, now=b) for g, b in pairs if b is None or _differs(g, b))


def _differs(one: Governing, other: Governing) -> bool:
    return (one.outcome, _values(one), one.bound) != (other.outcome, _values(other), other.bound)


def _values(governing: Governing) -> object:
    if isinstance(governing.value, tuple):
        return tuple(getattr(v, "value", v) for v in governing.value)
    return governing.value
