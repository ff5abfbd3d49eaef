"""Two laws of one day side by side: as it is, and as it would be with acts that nobody has signed.

Read under the law's lock, for milliseconds; scopes are taken along as shapes, because those of a rehearsal are gone
when it ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from apps.common import clock
from apps.extracts import law_reader
from apps.extracts.law_day import EditionDay, LawDay, ThemeDay
from apps.legal.models import InForcePeriod
from apps.legal.projecting import lock_law
from apps.legal.rehearsal import rehearsed


@dataclass(frozen=True, slots=True)
class Law:
    """The law of a day with the shapes of its scopes (EWKB, city CRS) by period id."""

    day: LawDay
    scopes: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Laws:
    """What is compared: the same day, without and with the acts. `version`: of the law they were rehearsed on."""

    on: date
    known_at: datetime
    version: int
    before: Law
    after: Law

    @property
    def editions(self) -> tuple[int, ...]:
        """Editions in force on either side."""
        both = (e.edition_id for law in (self.before, self.after) for t in law.day.themes for e in t.in_force)
        return tuple(sorted(set(both)))

    @property
    def scopes(self) -> Mapping[int, bytes]:
        """Scopes of either side."""
        return {**self.before.scopes, **self.after.scopes}

    @property
    def same_books(self) -> bool:
        """Whether the same rulebooks bind on both sides."""
        return dict(self.before.day.rulebooks) == dict(self.after.day.rulebooks)

    @property
    def pairs(self) -> tuple[tuple[ThemeDay, ThemeDay], ...]:
        """Each theme before and after, in the city's order."""
        after = {theme.code: theme for theme in self.after.day.themes}
        return tuple((theme, after[theme.code]) for theme in self.before.day.themes)


def read_laws(*, acts: Sequence[Mapping[str, Any]], on: date) -> Laws:
    """Both laws of the day. `acts`: as for `legal.rehearsal.rehearsed`, which says what may be raised."""
    with transaction.atomic():
        lock_law()
        before = _law(on)
        with rehearsed(acts):
            after = _law(on)
    return Laws(on=on, known_at=clock.now(), version=before.day.version, before=before, after=after)


def _law(on: date) -> Law:
    day = law_reader.law_day(on=on, known_at=None)
    wanted = {p for theme in day.themes for e in theme.in_force for p in e.scope_periods}
    rows = InForcePeriod.objects.filter(pk__in=wanted, scope__isnull=False)
    return Law(day=day, scopes={pk: bytes(scope.ewkb) for pk, scope in rows.values_list("pk", "scope") if scope})


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a change can touch. `everywhere`: every parcel; else those under these editions or touching these scopes."""

    everywhere: bool
    editions: frozenset[int]
    scopes: frozenset[int]


def reach_of(laws: Laws) -> Reach:
    """The parcels outside the reach get the same answer from both laws: nothing that they are asked about differs."""
    found = [_reach(before, after) for before, after in laws.pairs]
    return Reach(
        everywhere=any(r.everywhere for r in found) or not laws.same_books,
        editions=frozenset(e for r in found for e in r.editions),
        scopes=frozenset(s for r in found for s in r.scopes),
    )


def _reach(before: ThemeDay, after: ThemeDay) -> Reach:
    if before.unread != after.unread or bool(before.in_force) != bool(after.in_force):
        return Reach(everywhere=True, editions=frozenset(), scopes=frozenset())
    old, new = ({e.edition_id: e for e in theme.in_force} for theme in (before, after))
    editions: set[int] = set()
    scopes: set[int] = set()
    for edition in old.keys() | new.keys():
        one, other = old.get(edition), new.get(edition)
        if one is None or other is None or not _alike(one, other):
            editions.add(edition)
        elif (one.only, one.minus) != (other.only, other.minus):
            scopes.update(one.scope_periods, other.scope_periods)
    unplaced = any(e.unplaced for e in (*before.in_force, *after.in_force) if e.edition_id in editions)
    everywhere = unplaced and not before.partition
    return Reach(everywhere=everywhere, editions=frozenset(editions), scopes=frozenset(scopes))


def _alike(one: EditionDay, other: EditionDay) -> bool:
    """Whether an edition holds a parcel outside all scopes in the same way on both sides."""
    same_order = one.precedence == other.precedence and one.unplaced == other.unplaced
    return same_order and one.speaks_elsewhere == other.speaks_elsewhere
