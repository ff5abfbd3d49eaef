"""From an extract document to the limits of an envelope. Pure: values in metres, m², %, storeys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.common.text import Text
from apps.common.units import AREAS, LENGTHS
from apps.envelope import words
from apps.envelope.city_rules import CutTheme, EnvelopeRules
from apps.envelope.inputs import Doubt, Law, Limit, Provision
from apps.envelope.solve import CONSUMED

Document = Mapping[str, Any]
_FACTORS = {**LENGTHS, **AREAS}
_BY_PART = "by_part"
_DIVISIBLE = ("max_storeys", "max_height", "max_coverage", "max_coverage_ground", "max_density")


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part with its own value: the features that hold it."""

    subject: str
    label: Text
    features: tuple[int, ...]
    value: Decimal
    provision: Provision | None


@dataclass(frozen=True, slots=True)
class CutRead:
    """A zone that is cut out of the lot: its feature."""

    theme: str
    label: Text
    feature: int
    ceded: bool
    provision: Provision | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything an extract says about the envelope; only the shapes are missing. `plot_m2` None = not known."""

    law: Law
    plot_m2: Decimal | None
    cuts: tuple[CutRead, ...]
    parts: tuple[PartRead, ...]

    @property
    def features(self) -> tuple[int, ...]:
        """The features whose part of the lot is needed."""
        wanted = {c.feature for c in self.cuts} | {f for p in self.parts for f in p.features}
        return tuple(sorted(wanted))


def read(document: Document, rules: EnvelopeRules) -> Reading:
    """The limits, cut-outs and parts of an extract."""
    subjects = {s["code"]: s for s in document["subjects"]}
    limits = {code: _limit(subjects[code]) for code in CONSUMED if code in subjects}
    doubts = tuple(_theme_doubts(document, rules.cut_outs))
    return Reading(
        law=Law(limits, rules.building, doubts, rules.units),
        plot_m2=_plot(document, rules.plot_fact),
        cuts=tuple(c for rule in rules.cut_outs for c in _cuts(document, rule, subjects.get(rule.subject))),
        parts=tuple(p for code in _DIVISIBLE if code in subjects for p in _parts(document, subjects[code])),
    )


def _limit(subject: Document) -> Limit:
    label, outcome = Text.of(subject["label"]), str(subject["outcome"])
    raw = subject["value"] if outcome == "value" else subject["bound"]
    candidate = next(iter(subject["candidates"]), None)
    return Limit(
        subject=subject["code"],
        label=label,
        state=outcome,
        value=_metric(raw, subject["unit"]),
        provision=None if candidate is None else _provision(subject, candidate),
        doubts=tuple(_doubt(label, unknown) for unknown in subject["unknown"]) if outcome == "not_known" else (),
    )


def _metric(raw: object, unit: str) -> Decimal | None:
    """A value in metres or m²; storeys and percentages as they are. None for what is no number."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    return Decimal(str(raw)) * _FACTORS.get(unit, Decimal(1))


def _provision(subject: Document, candidate: Document) -> Provision:
    book = candidate["rulebook"]
    return Provision(
        subject=subject["code"],
        label=Text.of(subject["label"]),
        rulebook=book["code"],
        title=Text.of(book["title"]),
        article=candidate["article"],
        row=candidate["row"],
        text=Text.of(candidate["explain"]),
        act=book["act"],
    )


def _doubt(label: Text, unknown: Document) -> Doubt:
    said = Text.of(unknown["text"])
    return Doubt(unknown["why"], Text(f"{label.fa}: {said.fa}", f"{label.en}: {said.en}"), unknown["office"])


def _plot(document: Document, fact: str) -> Decimal | None:
    facts = {f["name"]: f["value"] for f in document["facts"]}
    return _metric(facts.get(fact), "m²")


def _themes(document: Document, lists: Iterable[str]) -> Iterable[Document]:
    return (theme for name in lists for theme in document["themes"][name])


def _theme_doubts(document: Document, cuts: tuple[CutTheme, ...]) -> Iterable[Doubt]:
    """A theme that takes land, and of which it is not known whether it does."""
    names = {cut.theme for cut in cuts}
    for theme in _themes(document, ("not_known",)):
        if theme["theme"] in names:
            label = Text.of(theme["label"])
            yield from (_doubt(label, u) for u in theme["unknown"])
    heard = {theme["theme"] for theme in _themes(document, ("applies", "does_not_apply", "not_known"))}
    for name in sorted(names - heard):
        yield Doubt("theme_missing", words.filled(words.NO_THEME, name=Text.of(name)))


def _cuts(document: Document, rule: CutTheme, subject: Document | None) -> Iterable[CutRead]:
    for theme in _themes(document, ("applies", "not_known")):
        if theme["theme"] == rule.theme:
            for zone in theme["zones"]:
                provision = _reason(document, subject, zone["feature"])
                yield CutRead(rule.theme, Text.of(zone["label"]), zone["feature"], rule.ceded, provision)


def _reason(document: Document, subject: Document | None, feature: int) -> Provision | None:
    """The row that speaks of this very zone: a value of the subject, else a duty."""
    for candidate in subject["candidates"] if subject else ():
        if subject and candidate["zone"] and candidate["zone"]["feature"] == feature:
            return _provision(subject, candidate)
    for duty in document["duties"]:
        if duty["zone"] and duty["zone"]["feature"] == feature:
            shown = {**duty, "explain": duty["text"], "row": duty["code"]}
            named = subject or {"code": duty["code"], "label": duty["zone"]["label"]}
            return _provision(named, shown)
    return None


def _parts(document: Document, subject: Document) -> Iterable[PartRead]:
    policy = subject.get("policy")
    if subject["outcome"] != "value" or not policy or policy["name"] != _BY_PART:
        return
    for part in subject["parts"]:
        value = _metric(part["value"], subject["unit"])
        if value is None:
            continue
        theme, code = part["zone"]["theme"], part["zone"]["code"]
        features = {z["feature"] for t in _themes(document, ("applies", "not_known")) if t["theme"] == theme
                    for z in t["zones"] if z["code"] == code}  # fmt: skip
        own = next((c for c in subject["candidates"] if _on(c, theme, code) and c["value"] == part["value"]), None)
        yield PartRead(
            subject=subject["code"],
            label=Text.of(part["zone"]["label"]),
            features=tuple(sorted(features)),
            value=value,
            provision=None if own is None else _provision(subject, own),
        )


def _on(candidate: Document, theme: str, code: str) -> bool:
    zone = candidate["zone"]
    return bool(zone) and (zone["theme"], zone["code"]) == (theme, code)
