"""From an extract document to the limits of an envelope. Pure: values in metres, m², %, storeys."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.envelope import words
from apps.envelope.city_rules import CutTheme, EnvelopeRules
from apps.envelope.inputs import CONSUMED, Doubt, Law, Limit
from apps.envelope.zones import CutRead, Document, PartRead, cuts_of, metric, parts_of, provision_of, themes_of

_DIVISIBLE = ("max_storeys", "max_height", "max_coverage", "max_coverage_ground", "max_density")


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
        pieces = [piece for part in self.parts for piece in part.pieces]
        wanted = {c.feature for c in self.cuts} | {p.feature for p in pieces} | {f for p in pieces for f in p.behind}
        return tuple(sorted(wanted))


def read(document: Document, rules: EnvelopeRules) -> Reading:
    """The limits, cut-outs and parts of an extract."""
    subjects = {s["code"]: s for s in document["subjects"]}
    limits = {code: _limit(subjects[code]) for code in CONSUMED if code in subjects}
    doubts = tuple(_theme_doubts(document, rules.cut_outs))
    return Reading(
        law=Law(limits, rules.building, doubts, rules.units),
        plot_m2=_plot(document, rules.plot_fact),
        cuts=tuple(c for rule in rules.cut_outs for c in cuts_of(document, rule, subjects.get(rule.subject))),
        parts=tuple(p for code in _DIVISIBLE if code in subjects for p in parts_of(document, subjects[code])),
    )


def _limit(subject: Document) -> Limit:
    label, outcome = Text.of(subject["label"]), str(subject["outcome"])
    raw = subject["value"] if outcome == "value" else subject["bound"]
    candidate = next(iter(subject["candidates"]), None)
    return Limit(
        subject=subject["code"],
        label=label,
        state=outcome,
        value=metric(raw, subject["unit"]),
        provision=None if candidate is None else provision_of(subject, candidate),
        doubts=tuple(_doubt(label, unknown) for unknown in subject["unknown"]) if outcome == "not_known" else (),
    )


def _doubt(label: Text, unknown: Document) -> Doubt:
    said = Text.of(unknown["text"])
    return Doubt(unknown["why"], Text(f"{label.fa}: {said.fa}", f"{label.en}: {said.en}"), unknown["office"])


def _plot(document: Document, fact: str) -> Decimal | None:
    facts = {f["name"]: f["value"] for f in document["facts"]}
    return metric(facts.get(fact), "m²")


def _theme_doubts(document: Document, cuts: tuple[CutTheme, ...]) -> Iterable[Doubt]:
    """A theme that takes land, and of which it is not known whether it does."""
    names = {cut.theme for cut in cuts}
    for theme in themes_of(document, "not_known"):
        if theme["theme"] in names:
            label = Text.of(theme["label"])
            yield from (_doubt(label, u) for u in theme["unknown"])
    heard = {theme["theme"] for theme in themes_of(document, "applies", "does_not_apply", "not_known")}
    for name in sorted(names - heard):
        yield Doubt("theme_missing", words.filled(words.NO_THEME, name=Text.of(name)))
