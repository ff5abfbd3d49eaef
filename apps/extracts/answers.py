"""Asking the rule sources. A source that raises makes all its subjects 'not known', with an incident number."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from apps.common.city import current_city
from apps.common.text import Text
from apps.extracts.rules import Governing, govern_all
from apps.extracts.together import honest
from apps.legal.answers import (
    Candidate,
    Duty,
    Fact,
    Policy,
    Question,
    RulebookInForce,
    RuleSource,
    SourceAnswer,
    ThemeFinding,
    Unknown,
    WhyNot,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that raised: its name and the incident number that the log carries."""

    source: str
    incident: str
    text: Text


@dataclass(frozen=True, slots=True)
class Resolution:
    """What all sources together say of one parcel on one day."""

    governing: tuple[Governing, ...]
    duties: tuple[Duty, ...]
    notes: tuple[Text, ...]
    unknowns: tuple[Unknown, ...]
    failures: tuple[Failure, ...]


def registered_sources() -> tuple[RuleSource, ...]:
    """The sources that the city asks, in the order of its package."""
    return _sources(current_city().law.rule_sources)


@lru_cache(maxsize=8)
def _sources(names: tuple[str, ...]) -> tuple[RuleSource, ...]:
    return tuple(import_string(settings.RULE_SOURCES[name])() for name in names)


def resolve(
    *,
    facts: Mapping[str, Fact],
    findings: Mapping[str, ThemeFinding],
    rulebooks: Mapping[str, tuple[RulebookInForce, ...]],
    sources: Sequence[RuleSource] | None = None,
) -> Resolution:
    """Ask every source and let the strictest govern."""
    candidates: list[Candidate] = []
    duties: list[Duty] = []
    unknowns: list[Unknown] = []
    notes: list[Text] = []
    failures: list[Failure] = []
    policies: list[Policy] = []
    for source in registered_sources() if sources is None else sources:
        question = Question(facts=facts, findings=findings, rulebooks=rulebooks.get(source.name, ()))
        answer, failure = _ask(source, question)
        candidates.extend(answer.candidates)
        duties.extend(answer.duties)
        unknowns.extend(answer.unknowns)
        notes.extend(answer.notes)
        policies.extend(answer.policies)
        failures.extend(failure)
    return Resolution(
        governing=honest(govern_all(candidates, unknowns, policies)),
        duties=tuple(duties),
        notes=tuple(notes),
        unknowns=tuple(unknowns),
        failures=tuple(failures),
    )


def _ask(source: RuleSource, question: Question) -> tuple[SourceAnswer, tuple[Failure, ...]]:
    if not question.rulebooks:
        return unheard(source), ()
    try:
        return source.answer(question), ()
    except Exception:
        incident = secrets.token_hex(4)
        log.exception("rule source %s failed, incident %s", source.name, incident)
        text = Text(fa=_FAILED.fa.format(incident=incident), en=_FAILED.en.format(incident=incident))
        return _silence(source, WhyNot.FAILED, text), (Failure(source.name, incident, text),)


def unheard(source: RuleSource) -> SourceAnswer:
    """What a source says that has no rulebook in force: nothing it may limit is known."""
    return _silence(source, WhyNot.NO_EDITION, _NO_RULEBOOK)


def _silence(source: RuleSource, why: WhyNot, text: Text) -> SourceAnswer:
    unknowns = tuple(Unknown(why=why, text=text, office="planning", subject=subject) for subject in source.subjects())
    return SourceAnswer(unknowns=unknowns)


_NO_RULEBOOK = Text(
    fa="در این روز هیچ کتاب ضابطه‌ای از این بخش در اعتبار نیست.",
    en="No rulebook of this part is in force on this day.",
)
_FAILED = Text(
    fa="محاسبهٔ این ضابطه ناموفق بود (شمارهٔ رخداد {incident})؛ تا رفع آن، چیزی مجاز دانسته نمی‌شود.",
    en="This rule could not be computed (incident {incident}); until it is mended nothing counts as allowed.",
)
