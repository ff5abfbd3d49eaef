"""Reads the version of the law and the snapshot of a day. Others come in through `selectors`."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import F, Func, IntegerField, OuterRef, Subquery

from apps.common.text import Text
from apps.legal.acts import ActKind, Authority, Status
from apps.legal.models import InForcePeriod, Instrument, LegalAct
from apps.legal.snapshot import ActFacts, AtomLaw, InstrumentLaw, LawSnapshot

_LATE_BITS = 32
_COUNT = Func(F("pk"), function="COUNT", output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Which acts were recorded by an instant. `head`: the last act of all, by which atoms are cut today."""

    version: int
    instant: datetime
    head: int


def law_version(known_at: datetime | None = None) -> int:
    """A number that names the set of acts recorded by `known_at` (None = by now): the id of the last one; 0 = none.

    History that is loaded after later acts would make two sets share their last id; the acts still missing are
    then counted in the bits above 32, so that equal versions always mean equal law.
    """
    stamp = _stamp(known_at)
    return 0 if stamp is None else stamp.version


def law_snapshot(*, on: date, known_at: datetime | None = None) -> LawSnapshot:
    """Where every instrument stands on the day, as recorded by `known_at`. Held in memory by version and day."""
    stamp = _stamp(known_at)
    return LawSnapshot(on=on, version=0, instant=None, instruments=()) if stamp is None else _snapshot(stamp, on)


def _stamp(known_at: datetime | None) -> _Stamp | None:
    acts = LegalAct.objects.order_by("-pk")
    known = acts if known_at is None else acts.filter(recorded_at__lte=known_at)
    late = LegalAct.objects.order_by().filter(pk__lt=OuterRef("pk"))
    late = late.none() if known_at is None else late.filter(recorded_at__gt=known_at)
    row = (
        known.annotate(
            head=Subquery(acts.values("pk")[:1]),
            instant=Subquery(known.order_by("-recorded_at").values("recorded_at")[:1]),
            late=Subquery(late.annotate(n=_COUNT).values("n")),
        )
        .values_list("pk", "instant", "head", "late")
        .first()
    )
    if row is None:
        return None
    last, instant, head, missing = row
    return _Stamp(version=last + ((missing or 0) << _LATE_BITS), instant=instant, head=head)


@lru_cache(maxsize=256)
def _snapshot(stamp: _Stamp, on: date) -> LawSnapshot:
    # Read at the instant of the version's last act: an act that commits meanwhile cannot get in under an old key.
    rows = (
        InForcePeriod.objects.filter(legal__contains=on, known__contains=stamp.instant)
        .select_related("instrument", "act")
        .defer("scope", "act__scope")
        .order_by("instrument__code", "scope_key")
    )
    by_instrument: dict[Instrument, list[AtomLaw]] = {}
    for row in rows:
        atom = AtomLaw(row.scope_key, Status(row.status), _facts(row.act), row.pk)
        by_instrument.setdefault(row.instrument, []).append(atom)
    laws = tuple(_law(instrument, atoms) for instrument, atoms in by_instrument.items())
    return LawSnapshot(on=on, version=stamp.version, instant=stamp.instant, instruments=laws)


def _law(instrument: Instrument, atoms: list[AtomLaw]) -> InstrumentLaw:
    same = len({(atom.status, atom.act) for atom in atoms}) == 1
    return InstrumentLaw(
        id=instrument.pk,
        code=instrument.code,
        kind=instrument.kind,
        rank=instrument.rank,
        title=Text(fa=instrument.title_fa, en=instrument.title_en),
        sample=instrument.sample,
        atoms=(AtomLaw("", atoms[0].status, atoms[0].act, None),) if same else tuple(atoms),
    )


def _facts(act: LegalAct | None) -> ActFacts | None:
    if act is None:
        return None
    return ActFacts(
        id=act.pk,
        kind=ActKind(act.kind),
        number=act.number,
        act_date=act.act_date,
        effective_on=act.effective_on,
        recorded_at=act.recorded_at,
        body=Text(fa=act.body_fa, en=act.body_en),
        document=act.document,
        reason=Text(fa=act.reason_fa, en=act.reason_en),
        authority=Authority(act.authority),
    )
