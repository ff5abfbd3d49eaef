"""Reads the law of a day into the form an extract needs. Held in memory as long as its snapshot is current."""

import hashlib
from collections import OrderedDict
from datetime import date, datetime

from apps.common.text import Text
from apps.extracts.answers import registered_sources
from apps.extracts.law_day import Act, EditionDay, LawDay, ThemeDay
from apps.legal.acts import Status
from apps.legal.models import InstrumentKind
from apps.legal.selectors import (
    ActFacts,
    AtomLaw,
    InstrumentLaw,
    LawSnapshot,
    law_snapshot,
    rulebooks_in_force,
)
from apps.parties.models import Office
from gis_layers.models import Edition, IntakeState, Theme, ThemeKind

_PENDING = frozenset({Status.APPROVED, Status.PROMULGATED, Status.SUSPENDED})
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
    return LawDay(
        version=snapshot.version,
        on=snapshot.on,
        instant=snapshot.instant,
        themes=tuple(_theme(theme, editions.get(theme.pk, []), unread) for theme in themes),
        rulebooks=books,
        rulebook_acts={code: act for code, act in acts.items() if act is not None},
        offices=offices,
        registry=_registry(themes, offices),
    )


def _registry(themes: tuple[Theme, ...], offices: dict[str, tuple[Text, Text]]) -> str:
    rows = [
        (t.code, t.kind, t.label_fa, t.label_en, t.position, t.tolerance_m2, t.tolerance_share, t.office_code)
        for t in themes
    ]
    return hashlib.sha256(repr((rows, sorted(offices.items()))).encode()).hexdigest()[:8]


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


def _theme(theme: Theme, editions: list[tuple[Edition, InstrumentLaw]], unread: tuple[Text, ...]) -> ThemeDay:
    in_force = [day for edition, law in editions if (day := _in_force(edition, law)) is not None]
    pending = [day for edition, law in editions for day in _pending(edition, law)]
    return ThemeDay(
        code=theme.code,
        label=Text(theme.label_fa, theme.label_en),
        partition=theme.kind == ThemeKind.PARTITION,
        position=theme.position,
        tolerance_m2=theme.tolerance_m2,
        tolerance_share=theme.tolerance_share,
        office=theme.office_code,
        in_force=tuple(sorted(in_force, key=lambda e: e.precedence)),
        pending=tuple(sorted(pending, key=lambda e: (e.status, e.precedence))),
        unread=unread,
    )


def _in_force(edition: Edition, law: InstrumentLaw) -> EditionDay | None:
    held = [a for a in law.atoms if a.status is Status.IN_FORCE]
    act = law.promulgation
    return _edition_day(edition, law, held, act, Status.IN_FORCE) if held and act else None


def _pending(edition: Edition, law: InstrumentLaw) -> list[EditionDay]:
    days = []
    for status in sorted(law.statuses & _PENDING):
        atoms = [a for a in law.atoms if a.status is status]
        act = next((a.act for a in atoms if a.act is not None), None)
        if act is not None:
            days.append(_edition_day(edition, law, atoms, act, status))
    return days


def _edition_day(
    edition: Edition, law: InstrumentLaw, held: list[AtomLaw], act: ActFacts, status: Status
) -> EditionDay:
    only, minus, scopes = _places(law, held)
    return EditionDay(
        edition_id=edition.pk,
        instrument=law.code,
        title=law.title,
        status=status.value,
        act=act_of(act),
        rank=law.rank,
        effective_on=act.effective_on,
        recorded_at=act.recorded_at,
        unplaced=edition.unplaced,
        sample=law.sample,
        scope_periods=scopes,
        minus=minus,
        only=only,
    )


def _places(
    law: InstrumentLaw, held: list[AtomLaw]
) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None, tuple[int, ...]]:
    """(only, minus, all scope periods). The atom '' has no polygon of its own: it is what the others leave."""
    if not law.scoped:
        return None, None, ()
    cut = {a.period for a in law.atoms if a.scope_key and a.period is not None}
    inside = {a.period for a in held if a.scope_key and a.period is not None}
    scopes = tuple(sorted(cut))
    if any(a.scope_key == "" for a in held):
        return None, tuple(sorted(cut - inside)), scopes
    return tuple(sorted(inside)), None, scopes


def act_of(facts: ActFacts | None) -> Act | None:
    """What is shown of an act."""
    if facts is None:
        return None
    return Act(
        kind=facts.kind.value,
        number=facts.number,
        act_date=facts.act_date,
        effective_on=facts.effective_on,
        body=facts.body,
        document=facts.document,
    )
