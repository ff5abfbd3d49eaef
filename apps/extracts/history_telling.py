"""From answers by days to stretches in words, with the acts behind them. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.common.text import Text
from apps.extracts import history_words as words
from apps.extracts.history_changes import changes
from apps.extracts.history_plain import PlainAnswer
from apps.extracts.history_read import HistoryAct
from apps.extracts.history_shapes import Stretch
from apps.legal.acts import ActKind


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch before it is said."""

    since: date | None
    until: date | None
    answer: PlainAnswer | None


def merged(spans: Sequence[Span]) -> list[Span]:
    """Neighbours that say the same as one."""
    merged: list[Span] = []
    for span in spans:
        if merged and _core(merged[-1]) == _core(span):
            merged[-1] = Span(merged[-1].since, span.until, merged[-1].answer)
        else:
            merged.append(span)
    return merged


def _core(span: Span) -> object:
    return None if span.answer is None else span.answer.core


def told_of(spans: Sequence[Span], acts: Sequence[HistoryAct], today: date, names: words.Names) -> list[Stretch]:
    """The stretches in words, each with the acts that began it and those within it."""
    firsts = [span.since or date.min for span in spans]
    placed: dict[int, list[HistoryAct]] = {}
    for act in acts:
        placed.setdefault(bisect_right(firsts, act.effective_on) - 1, []).append(act)
    told, before = [], None
    for number, span in enumerate(spans):
        opening, quiet = _parted(placed.get(number, []), span, before)
        news = changes(before, span.answer, names) if number else ()
        told.append(_stretch(span, (opening, quiet), news, today, names))
        before = span.answer
    return told


def _parted(
    acts: Sequence[HistoryAct], span: Span, before: PlainAnswer | None
) -> tuple[tuple[HistoryAct, ...], tuple[HistoryAct, ...]]:
    """Acts that began the stretch, those on the maps of the main values first; and the others, as approvals are."""
    began = [a for a in acts if a.effective_on == span.since and a.kind != ActKind.APPROVE]
    sources = [code for answer in (span.answer, before) if answer for code in answer.sources]
    opening = sorted(began, key=lambda a: sources.index(a.instrument) if a.instrument in sources else len(sources))
    return tuple(opening), tuple(a for a in acts if a not in began)


def _stretch(
    span: Span,
    acts: tuple[tuple[HistoryAct, ...], tuple[HistoryAct, ...]],
    news: tuple[Text, ...],
    today: date,
    names: words.Names,
) -> Stretch:
    said, (opening, quiet) = span.answer, acts
    ended = span.until is not None and span.until <= today
    when = "past" if ended else "future" if span.since is not None and span.since > today else "now"
    return Stretch(
        since=span.since,
        until=span.until,
        when=when,
        exists=said is not None,
        said=said.said if said else (),
        duties=said.duties if said else (),
        heritage=said.heritage if said else None,
        text=words.stretch(span.since, span.until, said, opening, when=when, names=names),
        changes=news,
        acts=opening,
        quiet=quiet,
    )
