"""Keeps InForcePeriod equal to what the acts say: loads a group of acts, cuts its scopes, writes its periods."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.gis.geos import MultiPolygon
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from apps.legal.acts import ActKind, ActRecord
from apps.legal.atoms import cut
from apps.legal.models import InForcePeriod, Instrument, LegalAct
from apps.legal.projection import project, reachable

Atoms = dict[frozenset[int], MultiPolygon | None]
_Key = tuple[Any, ...]


def lock_law() -> None:
    """Until the end of the transaction no other act is recorded; readers and foreign keys are not held up."""
    list(Instrument.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def group_of(instrument: int) -> frozenset[int]:
    """The instruments joined to this one by replacements, in either direction, and itself."""
    edges = set(LegalAct.objects.filter(kind=ActKind.REPLACE).values_list("instrument_id", "replaced_by_id"))
    both = [{before, after} for before, after in edges if after is not None]
    found = {instrument}
    while more := {i for pair in both if pair & found for i in pair} - found:
        found |= more
    return frozenset(found)


def all_groups() -> list[frozenset[int]]:
    """Every group that has acts; they share no instrument."""
    left = set(LegalAct.objects.order_by().values_list("instrument_id", flat=True).distinct())
    groups = []
    while left:
        group = group_of(min(left))
        groups.append(group)
        left -= group
    return groups


def records_of(group: Collection[int]) -> tuple[ActRecord, ...]:
    """The acts of these instruments as the rules see them, in the order of recording."""
    acts = LegalAct.objects.filter(instrument__in=group).defer("scope").order_by("recorded_at")
    scoped = set(acts.filter(scope__isnull=False).values_list("pk", flat=True))
    return tuple(record_of(act, scoped=act.pk in scoped) for act in acts)


def record_of(act: LegalAct, *, scoped: bool) -> ActRecord:
    """One stored act as the rules see it."""
    return ActRecord(
        id=act.pk,
        instrument=act.instrument_id,
        kind=ActKind(act.kind),
        act_date=act.act_date,
        effective_on=act.effective_on,
        recorded_at=act.recorded_at,
        scope=act.pk if scoped else None,
        lifts=act.lifts_id,
        replaced_by=act.replaced_by_id,
    )


def scopes_of(acts: Iterable[ActRecord]) -> dict[int, MultiPolygon]:
    """The scope polygons of those of the acts that have one, by id."""
    wanted = [a.scope for a in acts if a.scope is not None]
    found = LegalAct.objects.filter(pk__in=wanted, scope__isnull=False).values_list("pk", "scope")
    return {pk: scope for pk, scope in found if scope is not None}


def periods_of(group: Collection[int]) -> list[InForcePeriod]:
    """What the acts of a whole group say, as unsaved rows."""
    records = records_of(group)
    scopes = scopes_of(records)
    atoms = {instrument: _atoms(records, scopes, instrument) for instrument in group}
    return [
        InForcePeriod(
            instrument_id=period.instrument,
            scope_key=period.scope_key,
            scope=atoms[period.instrument][period.inside],
            status=period.status.value,
            legal=DateRange(period.legal_from, period.legal_to, "[)"),
            known=DateTimeTZRange(period.known_from, period.known_to, "[)"),
            act_id=period.act,
        )
        for period in project(records, atoms)
    ]


def reproject(group: Collection[int]) -> int:
    """Make the stored periods of a whole group equal to its acts; how many rows changed. Call under `lock_law`.

    Rows that stay true keep their ids, so that a reader who holds one is not led astray by an act elsewhere.
    """
    wanted = {_key(row): row for row in periods_of(group)}
    stored = {_key(row): row for row in InForcePeriod.objects.filter(instrument__in=group)}
    closing = _closing(wanted, stored)
    gone = [row.pk for key, row in stored.items() if key not in wanted and key not in closing]
    new = [row for key, row in wanted.items() if key not in stored and key not in closing.values()]
    InForcePeriod.objects.filter(pk__in=gone).delete()
    for old_key, new_key in closing.items():
        InForcePeriod.objects.filter(pk=stored[old_key].pk).update(known=wanted[new_key].known)
    InForcePeriod.objects.bulk_create(new)
    return len(gone) + len(closing) + len(new)


def differs(group: Collection[int]) -> bool:
    """Whether the stored periods of a group are other than what its acts say; writes nothing."""
    stored = InForcePeriod.objects.filter(instrument__in=group)
    return sorted(map(_key, periods_of(group)), key=repr) != sorted(map(_key, stored), key=repr)


def _key(row: InForcePeriod) -> _Key:
    return (
        row.instrument_id,
        row.scope_key,
        row.status,
        row.act_id,
        row.legal.lower,
        row.legal.upper,
        row.known.lower,
        bytes(row.scope.wkb) if row.scope else b"",
        row.known.upper,
    )


def _closing(wanted: Iterable[_Key], stored: Iterable[_Key]) -> dict[_Key, _Key]:
    """Stored rows that were open and only got an end: their key now → their key to be."""
    ended = {key[:-1]: key for key in wanted if key[-1] is not None}
    return {key: ended[key[:-1]] for key in stored if key[-1] is None and key[:-1] in ended}


def _atoms(records: tuple[ActRecord, ...], scopes: dict[int, MultiPolygon], instrument: int) -> Atoms:
    chain = reachable(records, instrument)
    return cut({a.scope: scopes[a.scope] for a in records if a.instrument in chain and a.scope is not None})
