"""Reads the law of a day into the form an extract needs. Held in memory as long as its snapshot is current."""

import hashlib
from collections import OrderedDict
from datetime import date, datetime

from apps.cadastre.models import District
from apps.common.text import Text
from apps.extracts import issued, kept
from apps.extracts.answers import registered_sources
from apps.extracts.law_day import LawDay
from apps.extracts.law_themes import act_of, theme_day
from apps.legal.models import InstrumentKind
from apps.legal.selectors import (
    InstrumentLaw,
    LawSnapshot,
    law_snapshot,
    rulebooks_in_force,
)
from apps.parties.models import Office
from gis_layers.models import Edition, IntakeState, Theme

_HELD_DAYS = 64
# Keyed by the identity of the snapshot, which is itself one object per (law version, day); the snapshot is kept
# beside the value so that its identity cannot be reused while the entry lives.
_days: OrderedDict[int, tuple[LawSnapshot, LawDay]] = OrderedDict()
# The newest law by day, good only while its version is the last act: whoever uses it must compare (`current`).
_newest: OrderedDict[date, LawDay] = OrderedDict()


def law_day(*, on: date, known_at: datetime | None) -> LawDay:
    """The law of `on` as recorded by `known_at` (None = by now)."""
    snapshot = law_snapshot(on=on, known_at=known_at)
    held = _days.get(id(snapshot))
    if held is not None and held[0] is snapshot:
        _days.move_to_end(id(snapshot))
        return held[1]
    day = _build(snapshot)
    if day.unread:  # taking the file in is no act: it would not move the version
        return day
    _days[id(snapshot)] = (snapshot, day)
    while len(_days) > _HELD_DAYS:
        _days.popitem(last=False)
    return day


def current(on: date) -> LawDay:
    """The law of `on` as last seen by this process, without asking the database.

    Use it only beside a read that tells the id of the last act (`law_head`); when it is not `version`, `renew`.
    """
    return _newest.get(on) or renew(on)


def renew(on: date) -> LawDay:
    """The law of `on` as recorded by now, read anew."""
    day = law_day(on=on, known_at=None)
    _newest.pop(on, None)
    if day.unread:
        return day
    _newest[on] = day
    while len(_newest) > _HELD_DAYS:
        _newest.popitem(last=False)
    return day


def forget() -> None:
    """Drop every day held in memory (themes or offices were edited)."""
    _days.clear()
    _newest.clear()


def _build(snapshot: LawSnapshot) -> LawDay:
    editions = _editions(snapshot)
    books = {source.name: rulebooks_in_force(snapshot, source.name) for source in registered_sources()}
    laws = snapshot.by_code
    acts = {book.code: act_of(laws[book.instrument].promulgation) for held in books.values() for book in held}
    offices = {o.code: (Text(o.name_fa, o.name_en), Text(o.contact_fa, o.contact_en)) for o in Office.objects.all()}
    themes = tuple(Theme.objects.all())
    unread = _unread(snapshot, editions)
    registry = _registry(themes, offices)
    return LawDay(
        version=snapshot.version,
        on=snapshot.on,
        instant=snapshot.instant,
        state_instant=issued.state_instant(kept.program_key() + registry, since=snapshot.instant),
        themes=tuple(theme_day(theme, editions.get(theme.pk, []), unread) for theme in themes),
        rulebooks=books,
        rulebook_acts={code: act for code, act in acts.items() if act is not None},
        offices=offices,
        registry=registry,
    )


def _registry(themes: tuple[Theme, ...], offices: dict[str, tuple[Text, Text]]) -> str:
    rows = [
        (t.code, t.kind, t.label_fa, t.label_en, t.position, t.tolerance_m2, t.tolerance_share, t.office_code)
        for t in themes
    ]
    districts = sorted(District.objects.values_list("number", "name_fa", "name_en", "approximate"))
    return hashlib.sha256(repr((rows, sorted(offices.items()), districts)).encode()).hexdigest()[:8]


def _editions(snapshot: LawSnapshot) -> dict[int, list[tuple[Edition, InstrumentLaw]]]:
    rows = Edition.objects.filter(state=IntakeState.TAKEN_IN, instrument__in=list(snapshot.by_id)).defer("coverage")
    by_theme: dict[int, list[tuple[Edition, InstrumentLaw]]] = {}
    for edition in rows:
        law = snapshot.by_id[edition.instrument_id]
        if law.kind == InstrumentKind.EDITION:
            by_theme.setdefault(edition.theme_id, []).append((edition, law))
    return by_theme


def _unread(snapshot: LawSnapshot, editions: dict[int, list[tuple[Edition, InstrumentLaw]]]) -> tuple[Text, ...]:
    """Titles of layers in force without an edition taken in."""
    read = {law.id for pairs in editions.values() for _, law in pairs}
    return tuple(law.title for law in snapshot.in_force(InstrumentKind.EDITION) if law.id not in read)
