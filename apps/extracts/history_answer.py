"""A parcel's answer without its reasons: the main values, who must be asked, what is forbidden, heritage.

Cheaper than an extract (nothing is imagined, nothing is written down), made by the same rules from the same ground.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from apps.common.city import current_city
from apps.common.errors import UnavailableError
from apps.extracts import law_reader, pieces
from apps.extracts.answers import Resolution, resolve
from apps.extracts.compose import Case
from apps.extracts.facts import facts_of, kind_in_law
from apps.extracts.findings import find
from apps.extracts.ground_reader import ground_of, walk_exactly
from apps.extracts.history_plain import PlainAnswer, Said, SaidDuty
from apps.extracts.rules import Governing
from apps.extracts.site import site_of
from apps.legal.subjects import Direction
from gis_layers import postgis_extract

HERITAGE = "heritage"
ALSO_SAID = frozenset({"permitted_use"})
SAID_DUTIES = ("forbidden", "consultation")
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Posed:
    """The inputs of one answer, and whether they are complete."""

    case: Case
    whole: bool


def answer_on(*, parcel: str, on: date, known_at: datetime, permit_kind: str) -> PlainAnswer | None:
    """The answer of the parcel with this canonical code on a day, as recorded by an instant; None = no such parcel."""
    posed = pose(parcel=parcel, on=on, known_at=known_at, permit_kind=permit_kind)
    return None if posed is None else plain(posed)


def pose(*, parcel: str, on: date, known_at: datetime, permit_kind: str) -> Posed | None:
    """Ground and law of the question, read together; None when the parcel is not there on that day."""
    for _ in range(_TRIES):
        law = law_reader.law_day(on=on, known_at=known_at)
        scopes = law.scope_periods
        row = postgis_extract.read_parcel(
            code=parcel, on=on, known_at=known_at, editions=law.edition_ids, scopes=scopes
        )
        if row is None:
            return None
        if row["scopes_found"] == len(set(scopes)):  # else an act renamed the scopes between the two reads
            break
    else:
        raise UnavailableError(
            fa="قانون این لحظه در حال ثبت است؛ چند ثانیهٔ دیگر دوباره بخواهید.",
            en="The law is being recorded at this moment; ask again in a few seconds.",
        )
    site, ground = site_of(row), ground_of(row, law)
    whole = not law.unread and all(e in ground.covers and ground.covers[e].complete for e in law.edition_ids)
    walker = partial(walk_exactly, site)
    case = Case(site=site, ground=ground, law=law, permit_kind=permit_kind, city_law=current_city().law, walker=walker)
    return Posed(case, whole)


def plain(posed: Posed) -> PlainAnswer:
    """What the rules say of it."""
    case = posed.case
    findings = {theme.code: find(theme, case.ground, walker=case.walker) for theme in case.law.themes}
    kind = kind_in_law(case.permit_kind, case.law.rulebooks)
    facts = facts_of(case.site, permit_kind=kind, law=case.city_law, findings=findings)
    resolution = resolve(facts=facts, findings=findings, rulebooks=case.law.rulebooks)
    heritage = facts[HERITAGE].value if HERITAGE in facts else None
    return PlainAnswer(
        said=said_of(resolution.governing),
        duties=tuple(_duties(resolution)),
        heritage=heritage if isinstance(heritage, bool) else None,
        lasting=posed.whole and not resolution.failures,
        sources=tuple(dict.fromkeys(_sources(resolution.governing))),
    )


def said_of(governing: tuple[Governing, ...]) -> tuple[Said, ...]:
    """The main values among all that governs."""
    return tuple(_said(g) for g in governing if _is_main(g))


def _is_main(governing: Governing) -> bool:
    subject = governing.subject
    number = subject.headline and subject.direction in (Direction.MAX, Direction.MIN)
    return number or subject.code in ALSO_SAID


def _said(governing: Governing) -> Said:
    subject = governing.subject
    value, bound = (_plain(pieces.value(raw)) for raw in (governing.value, governing.bound))
    return Said(subject.code, subject.label, subject.unit, governing.outcome, value, bound)


def _sources(governing: tuple[Governing, ...]) -> Iterator[str]:
    for judged in (j for g in governing if _is_main(g) for j in g.candidates):
        if judged.candidate.zone is not None:
            yield judged.candidate.zone.edition


def _plain(raw: Any) -> Any:
    return tuple(raw) if isinstance(raw, list) else raw


def _duties(resolution: Resolution) -> Iterator[SaidDuty]:
    told = set()
    for duty in sorted(resolution.duties, key=lambda d: SAID_DUTIES.index(d.kind) if d.kind in SAID_DUTIES else 9):
        if duty.kind in SAID_DUTIES and (duty.kind, duty.code) not in told:
            told.add((duty.kind, duty.code))
            yield SaidDuty(duty.kind, duty.code, duty.explain)
