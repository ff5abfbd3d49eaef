"""A theme on a day: which of its editions hold, which are pending, and where scopes cut them."""

from apps.common.text import Text
from apps.extracts.law_day import Act, EditionDay, ThemeDay
from apps.legal.acts import Status
from apps.legal.selectors import ActFacts, AtomLaw, InstrumentLaw
from gis_layers.models import Edition, Theme, ThemeKind

_PENDING = frozenset({Status.APPROVED, Status.PROMULGATED, Status.SUSPENDED})


def theme_day(theme: Theme, editions: list[tuple[Edition, InstrumentLaw]], unread: tuple[Text, ...]) -> ThemeDay:
    """The theme with its editions of the day. `unread`: titles of layers in force that were never taken in."""
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
