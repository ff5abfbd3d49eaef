"""The legal days on which a parcel's answer can change, and the acts that work on them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Q

from apps.cadastre.models import ParcelVersion
from apps.common.text import Text
from apps.extracts.history_touch import touched
from apps.legal.models import InForcePeriod, InstrumentKind, LegalAct
from gis_layers.models import Edition, IntakeState

_SPECK_M2 = 1e-6


@dataclass(frozen=True, slots=True)
class HistoryAct:
    """An act as a citizen needs it. `status`: where it left its instrument here, `until` when (None = open)."""

    id: int
    kind: str
    number: str
    act_date: date
    effective_on: date
    body: Text
    document: str
    authority: str
    instrument: str
    title: Text
    status: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Days:
    """When versions of the parcel hold (None = without bound), and every day on which something may change.

    As recorded by an instant. `acts`: those that reach the parcel, in the order of their days.
    """

    versions: tuple[int, ...]
    lifetimes: tuple[tuple[date | None, date | None], ...]
    acts: tuple[HistoryAct, ...]
    starts: tuple[date, ...]


def days_of(*, code: str, known_at: datetime) -> Days | None:
    """Days of the parcel with this canonical code; None when nobody knew of such a parcel at the instant."""
    held = list(ParcelVersion.objects.filter(parcel__code=code, known__contains=known_at).order_by("legal"))
    if not held:
        return None
    ground = _union([v.geom for v in held])
    periods = _periods_here(held, ground, known_at)
    lifetimes = tuple((v.legal.lower, v.legal.upper) for v in held)
    bounds = {p.legal.lower for p in periods} | {day for life in lifetimes for day in life}
    return Days(
        versions=tuple(v.pk for v in held),
        lifetimes=lifetimes,
        acts=tuple(_acts(periods, ground, known_at)),
        starts=tuple(sorted(day for day in bounds if day is not None)),
    )


def _periods_here(held: Sequence[ParcelVersion], ground: GEOSGeometry, known_at: datetime) -> list[InForcePeriod]:
    """Periods that hold on the parcel, of all that may speak on it; what an act did beside it is not its history."""
    rows = InForcePeriod.objects.filter(_may_speak(held), known__contains=known_at)
    whole = list(rows.filter(scope_key="").defer("scope").order_by("pk"))
    scoped = [p for p in rows.exclude(scope_key="") if p.scope and _meets(p.scope, ground)]
    of_scopes: dict[int, list[GEOSGeometry]] = {}
    for period in scoped:
        of_scopes.setdefault(period.instrument_id, []).extend([period.scope] if period.scope else [])
    taken = {i for i, scopes in of_scopes.items() if ground.difference(_union(scopes)).area <= _SPECK_M2}
    return [*scoped, *(p for p in whole if p.instrument_id not in taken)]


def _may_speak(held: Sequence[ParcelVersion]) -> Q:
    """Rulebooks, editions that may lie over the parcel, and layers that nobody has read yet."""
    speaking = touched({v.pk: v.chunk for v in held})
    editions: Collection[int] = frozenset().union(*speaking.values())
    read = Edition.objects.filter(state=IntakeState.TAKEN_IN)
    unread = Q(instrument__kind=InstrumentKind.EDITION) & ~Q(instrument__in=read.values("instrument"))
    over_it = Q(instrument__in=read.filter(pk__in=editions).values("instrument"))
    return Q(instrument__kind=InstrumentKind.RULEBOOK) | over_it | unread


def _acts(periods: Sequence[InForcePeriod], ground: GEOSGeometry, known_at: datetime) -> Iterator[HistoryAct]:
    by_instrument: dict[int, list[InForcePeriod]] = {}
    for period in periods:
        by_instrument.setdefault(period.instrument_id, []).append(period)
    acts = LegalAct.objects.filter(instrument__in=by_instrument, recorded_at__lte=known_at)
    for act in acts.select_related("instrument").order_by("effective_on", "recorded_at"):
        if act.scope is None or _meets(act.scope, ground):
            yield _said(act, by_instrument)


def _said(act: LegalAct, periods: Mapping[int, Sequence[InForcePeriod]]) -> HistoryAct:
    after = [p for p in periods[act.instrument_id] if _holds(p, act.effective_on)]
    made = next((p for p in after if p.act_id == act.pk), after[0] if after else None)
    return HistoryAct(
        id=act.pk,
        kind=act.kind,
        number=act.number,
        act_date=act.act_date,
        effective_on=act.effective_on,
        body=Text(fa=act.body_fa, en=act.body_en),
        document=act.document,
        authority=act.authority,
        instrument=act.instrument.code,
        title=Text(fa=act.instrument.title_fa, en=act.instrument.title_en),
        status="" if made is None else made.status,
        until=None if made is None else made.legal.upper,
    )


def _holds(period: InForcePeriod, day: date) -> bool:
    legal = period.legal
    return (legal.lower is None or legal.lower <= day) and (legal.upper is None or day < legal.upper)


def _meets(scope: GEOSGeometry, ground: GEOSGeometry) -> bool:
    return bool(scope.intersects(ground) and scope.intersection(ground).area > _SPECK_M2)


def _union(shapes: Sequence[GEOSGeometry]) -> GEOSGeometry:
    return reduce(lambda one, other: one.union(other), shapes)
