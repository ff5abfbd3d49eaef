"""Columns of two laws side by side; where they say the same they are blank, and rows that are alike are one change."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

from apps.impact.contents import DutySets, numbered
from apps.impact.differences import Change, tells_other
from apps.impact.facts_at import Facts
from apps.impact.formulas import Formula
from apps.impact.said import Duties, Place, Told
from apps.impact.signs import Register, Sign, ThemeSigns
from apps.impact.sorting import groups, ranked
from apps.impact.telling import Teller
from gis_layers.postgis_impact import Ints

_BLANK = -1
_Side = TypeVar("_Side")


@dataclass(frozen=True, slots=True)
class Pair(Generic[_Side]):
    """The same thing under both laws."""

    before: _Side
    after: _Side


@dataclass(slots=True)
class Compared:
    """Columns by (kind, name): what was and what would be, blank where it is the same."""

    count: int
    permit_kind: str
    _columns: list[tuple[str, str, Ints, Ints]] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)
    _place_ids: dict[Place, int] = field(default_factory=dict)
    _tolds: list[Told | Formula] = field(default_factory=list)
    _duties: list[Duties] = field(default_factory=list)

    def theme(self, code: str, signs: Pair[ThemeSigns], register: Register) -> None:
        """A theme: it differs where outcome or codes do."""
        if signs.before is signs.after:
            return
        before, after = (self._placed(one.ids, register) for one in (signs.before, signs.after))
        bare = np.array([self._bare(place) for place in self._places], dtype=np.int64)
        self._add("theme", code, before, after, bare[before] != bare[after])

    def subject(self, code: str, told: Pair[Ints], facts: Pair[Facts], teller: Teller) -> None:
        """A subject: verdicts differ, or formulas, or facts of a formula."""
        self._tolds = teller.tolds.listed
        before, after = told.before.copy(), told.after.copy()
        differ = np.zeros(self.count, dtype=bool)
        for mine in groups([before.copy(), after.copy()]):
            one, other = self._tolds[before[mine[0]]], self._tolds[after[mine[0]]]
            if isinstance(one, Told) and isinstance(other, Told):
                differ[mine] = tells_other(one, other)
                continue
            for alike in _alike(_open(mine, one, other, facts), one, other, facts):
                was = _worked_out(one, facts.before, alike, teller)
                would_be = _worked_out(other, facts.after, alike, teller)
                if tells_other(was, would_be):
                    differ[alike] = True
                    before[alike], after[alike] = teller.tolds.id_of(was), teller.tolds.id_of(would_be)
        self._add("subject", code, before, after, differ)

    def duties(self, sets: Pair[Ints], duty_sets: DutySets) -> None:
        """Duties: they differ where the sets do."""
        self._duties = duty_sets.listed
        self._add("duties", "", sets.before, sets.after, sets.before != sets.after)

    def changes(self) -> Iterator[tuple[Ints, Change]]:
        """Each change with the parcels that it happens to."""
        if not self._columns:
            return
        sides = [side for _, _, before, after in self._columns for side in (before, after)]
        touched = np.flatnonzero(np.logical_or.reduce([side != _BLANK for side in sides]))
        rows = [side[touched] for side in sides]
        for mine in groups(rows):
            yield touched[mine], self._change([int(side[mine[0]]) for side in rows])

    def _change(self, row: list[int]) -> Change:
        themes, subjects = [], []
        gone: Duties = ()
        new: Duties = ()
        for (kind, code, _, _), was, would_be in zip(self._columns, row[::2], row[1::2], strict=True):
            if was == _BLANK:
                continue
            if kind == "theme":
                themes.append((code, self._places[was], self._places[would_be]))
            elif kind == "subject":
                subjects.append((code, _verdict(self._tolds[was]), _verdict(self._tolds[would_be])))
            else:
                old_set, new_set = self._duties[was], self._duties[would_be]
                gone = tuple(d for d in old_set if d not in new_set)
                new = tuple(d for d in new_set if d not in old_set)
        return Change(self.permit_kind, tuple(sorted(themes, key=_name)), tuple(sorted(subjects, key=_name)), gone, new)

    def _add(
        self, kind: str, code: str, before: Ints, after: Ints, differ: np.ndarray[tuple[int], np.dtype[np.bool_]]
    ) -> None:
        if differ.any():
            self._columns.append((kind, code, np.where(differ, before, _BLANK), np.where(differ, after, _BLANK)))

    def _placed(self, signs: Ints, register: Register) -> Ints:
        found, sort = ranked(signs)
        return numbered([self._place(register.signs[n]) for n in found.tolist()], sort)

    def _place(self, sign: Sign) -> int:
        place = Place(sign.outcome.value, tuple(sorted({code for _, code in sign.zones})), sign.why)
        known = self._place_ids.get(place)
        if known is None:
            known = self._place_ids[place] = len(self._places)
            self._places.append(place)
        return known

    def _bare(self, place: Place) -> int:
        """The number of the first place with the same outcome and codes."""
        return next(n for n, p in enumerate(self._places) if (p.outcome, p.codes) == (place.outcome, place.codes))


def _name(entry: tuple[str, object, object]) -> str:
    return entry[0]


def _verdict(told: Told | Formula) -> Told:
    if isinstance(told, Formula):
        raise TypeError(f"{told.subject}: a formula was left open")
    return told


def _open(mine: Ints, one: Told | Formula, other: Told | Formula, facts: Pair[Facts]) -> Ints:
    """Parcels on which a computed subject may differ: all, or under one formula those of which a fact differs."""
    if not isinstance(one, Formula) or one != other:
        return mine
    moved = np.zeros(len(mine), dtype=bool)
    for name in one.names:
        if name in facts.before.ids:
            moved |= facts.before.ids[name][mine] != facts.after.ids[name][mine]
    return mine[moved]


def _alike(mine: Ints, one: Told | Formula, other: Told | Formula, facts: Pair[Facts]) -> Iterator[Ints]:
    """Groups of these parcels with the same values of all facts that either formula asks for."""
    columns = [
        side.ids[name][mine]
        for told, side in ((one, facts.before), (other, facts.after))
        for name in (told.names if isinstance(told, Formula) else ())
        if name in side.ids
    ]
    if len(mine):
        yield from (mine[group] for group in groups([*columns, np.zeros_like(mine)]))


def _worked_out(told: Told | Formula, facts: Facts, alike: Ints, teller: Teller) -> Told:
    if isinstance(told, Told):
        return told
    return teller.formulas.told(told, tuple(facts.value(name, int(alike[0])) for name in told.names))
