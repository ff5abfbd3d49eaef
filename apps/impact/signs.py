"""What each theme says of many parcels at once, as numbers of signs; equal signs are equal findings but for areas.

Where a parcel is held whole, the outcome is worked out in columns, with the very comparisons of `extracts.findings`,
on the very sums. Every other parcel (cut by a coverage, under a quarantined row, touched by a scope, within a rounding
of a tolerance) goes through `findings.find` itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from apps.extracts.findings import find
from apps.extracts.ground import EXACT_SHARE
from apps.extracts.law_day import EditionDay, ThemeDay
from apps.impact.ground_table import Flags, GroundTable
from apps.impact.walks import Walks
from apps.legal.answers import Outcome, ThemeFinding, WhyNot
from gis_layers.postgis_impact import Ints

NOBODY = -1
_NEAR_M2, _NEAR = 1e-6, 1e-9


@dataclass(frozen=True, slots=True)
class Sign:
    """A finding without areas: outcome, (edition, code) of the zones that hold, reasons of a 'not known'."""

    outcome: Outcome
    zones: tuple[tuple[str, str], ...] = ()
    why: tuple[str, ...] = ()


@dataclass(slots=True)
class Register:
    """Signs by number, the same numbers for all themes and parcels."""

    signs: list[Sign] = field(default_factory=list)
    _ids: dict[Sign, int] = field(default_factory=dict)

    def id_of(self, sign: Sign) -> int:
        """The sign's number."""
        known = self._ids.get(sign)
        if known is None:
            known = self._ids[sign] = len(self.signs)
            self.signs.append(sign)
        return known


@dataclass(frozen=True, slots=True)
class ThemeSigns:
    """One theme over all parcels. `single`: overlay row of the only zone that holds, NOBODY elsewhere.

    `several`: overlay rows of the zones that hold, where they are more than one, by position. `findings`: of the
    parcels that went through `find`, by position.
    """

    theme: ThemeDay
    ids: Ints
    single: Ints
    several: Mapping[int, Sequence[int]]
    findings: Mapping[int, ThemeFinding]

    def occupied(self) -> Ints:
        """Positions of the parcels on which some zone may hold."""
        return np.unique(
            np.concatenate([np.flatnonzero(self.single != NOBODY), np.array(self.crowded(), dtype=np.int64)])
        )

    def crowded(self) -> list[int]:
        """Positions of the parcels on which more than one zone may hold."""
        return [*self.several, *self.findings]


def sign_of(finding: ThemeFinding) -> Sign:
    """The sign of a finding."""
    return Sign(
        outcome=finding.outcome,
        zones=tuple(sorted({(hit.edition, hit.code) for hit in finding.hits})),
        why=tuple(sorted({u.why.value for u in finding.unknowns})),
    )


def theme_signs(theme: ThemeDay, table: GroundTable, register: Register, walks: Walks) -> ThemeSigns:
    """What the theme says of every parcel of the table."""
    work = _Work(theme, table, register)
    if not theme.unread:
        work.whole()
    slow = np.flatnonzero(work.ids == NOBODY).tolist()
    named = {e.edition_id: e.instrument for e in theme.in_force}
    grounds = {at: table.ground(at, [(theme, named)]) for at in slow}
    walks.prepare(theme, grounds, table)
    findings = {at: find(theme, ground, walker=walks.walker(at)) for at, ground in grounds.items()}
    for at, finding in findings.items():
        work.ids[at] = register.id_of(sign_of(finding))
    return ThemeSigns(theme, work.ids, work.single, work.several, findings)


class _Work:
    """The columns of one theme while they are being worked out; `ids` NOBODY = left to `find`."""

    def __init__(self, theme: ThemeDay, table: GroundTable, register: Register) -> None:
        self.theme, self.table, self.register = theme, table, register
        count = len(table.versions)
        self.ids = np.full(count, NOBODY, dtype=np.int64)
        self.single = np.full(count, NOBODY, dtype=np.int64)
        self.several: dict[int, list[int]] = {}
        self.area = table.area_m2

    def whole(self) -> None:
        """Decide all parcels that no scope, no quarantined row and no border of a coverage makes special."""
        if not self.theme.in_force:
            self._put(np.ones(len(self.ids), dtype=bool), Sign(Outcome.NOT_KNOWN, why=(WhyNot.NO_EDITION.value,)))
            return
        plain = self.area > 0
        for edition in self.theme.in_force:
            for scope in edition.scope_periods:
                plain &= ~self.table.touched[scope]
            for at in self.table.quarantined.get(edition.edition_id, ()):
                plain[at] = False
        here = [e for e in self.theme.in_force if e.speaks_elsewhere]
        if not here:
            self._put(plain, Sign(Outcome.NOT_KNOWN, why=(WhyNot.OUTSIDE_COVERAGE.value,)))
            return
        computed = np.logical_and.reduce([self.table.lays[e.edition_id].complete for e in here])
        self._put(plain & ~computed, Sign(Outcome.NOT_KNOWN, why=(WhyNot.COMPUTING.value,)))
        plain &= computed
        if self.theme.partition:
            self._partition(plain, here)
        else:
            self._cumulative(plain, here)

    def _partition(self, left: Flags, here: Sequence[EditionDay]) -> None:
        """Walk down by precedence: the first edition that holds the whole parcel speaks alone."""
        for edition in here:
            share = self.table.lays[edition.edition_id].share
            left = left & ~((share > EXACT_SHARE) & (share < 1 - EXACT_SHARE))
            holds = left & (share >= 1 - EXACT_SHARE)
            count, row = self._rows([edition])
            one = holds & (count == 1)
            self._judge_part(one, row, edition)
            self._judge_parts(holds & (count > 1), edition)
            left = left & ~holds
        self._put(left, Sign(Outcome.NOT_KNOWN, why=(WhyNot.OUTSIDE_COVERAGE.value,)))

    def _judge_part(self, mine: Flags, row: Ints, edition: EditionDay) -> None:
        """One zone under one edition: it holds, and what it leaves of the parcel is a gap if it matters."""
        held = self.table.hits.area_m2[row] if len(self.table.hits.area_m2) else np.zeros(len(row))
        gap = self.area - held
        with np.errstate(divide="ignore", invalid="ignore"):
            gap_share = gap / self.area
        open_ = (gap > 0) & ((gap >= self.theme.tolerance_m2) | (gap_share >= self.theme.tolerance_share))
        self._put_zones(mine & ~open_, row, Outcome.APPLIES, (), [edition])
        self._put_zones(mine & open_, row, Outcome.NOT_KNOWN, (WhyNot.GAP.value,), [edition])

    def _judge_parts(self, mine: Flags, edition: EditionDay) -> None:
        """Several zones under one edition: slivers do not count, unless there is nothing else."""
        hits, theme = self.table.hits, self.theme
        at = np.searchsorted(self.table.versions, hits.version)
        rows = np.flatnonzero(mine[at] & (hits.edition == edition.edition_id)) if len(at) else at
        if not len(rows):
            return
        parcels, place = np.unique(at[rows], return_inverse=True)
        names, code = np.unique([self.table.codes[f] for f in hits.feature[rows].tolist()], return_inverse=True)
        # bincount adds in the order of the rows, as `findings` does: the sums are the same to the last bit.
        _, pair = np.unique(place * len(names) + code, return_inverse=True)
        area = np.bincount(pair, weights=hits.area_m2[rows])[pair]
        share = np.bincount(pair, weights=hits.share[rows])[pair]
        big = (area >= theme.tolerance_m2) | (share >= theme.tolerance_share)
        kept = big | (np.bincount(place, weights=big)[place] == 0)
        gap = self.area[parcels] - np.bincount(place, weights=hits.area_m2[rows])
        gap_share = gap / self.area[parcels]
        # Later Pythons add floats more exactly: what lies within a rounding of a tolerance is left to `find`.
        clear = (np.abs(gap - theme.tolerance_m2) > _NEAR_M2) & (np.abs(gap_share - theme.tolerance_share) > _NEAR)
        open_ = (gap > 0) & ((gap >= theme.tolerance_m2) | (gap_share >= theme.tolerance_share))
        self._put_sets(parcels, place[kept], code[kept], rows[kept], clear, open_, [str(n) for n in names], edition)

    def _put_sets(
        self, parcels: Ints, place: Ints, code: Ints, rows: Ints, clear: Flags, open_: Flags, names: list[str],
        edition: EditionDay,
    ) -> None:  # fmt: skip
        """Signs of parcels in several zones: `place`, `code`, `rows` side by side, one for each zone that holds."""
        zones: list[list[int]] = [[] for _ in parcels]
        held: list[list[int]] = [[] for _ in parcels]
        for one, which, row in zip(place.tolist(), code.tolist(), rows.tolist(), strict=True):
            zones[one].append(which)
            held[one].append(row)
        known: dict[tuple[frozenset[int], bool], int] = {}
        for one, at in enumerate(parcels.tolist()):
            if clear[one]:
                key = (frozenset(zones[one]), bool(open_[one]))
                if key not in known:
                    outcome, why = (Outcome.NOT_KNOWN, (WhyNot.GAP.value,)) if key[1] else (Outcome.APPLIES, ())
                    pairs = tuple(sorted((edition.instrument, names[n]) for n in key[0]))
                    known[key] = self.register.id_of(Sign(outcome, pairs, why))
                self.ids[at], self.several[at] = known[key], held[one]

    def _cumulative(self, plain: Flags, here: Sequence[EditionDay]) -> None:
        """Everything in force together: at most one zone, and either all of the parcel is covered or nothing."""
        shares = [self.table.lays[e.edition_id].share for e in here]
        for share in shares:
            plain = plain & ~((share > EXACT_SHARE) & (share < 1 - EXACT_SHARE))
        covered = np.maximum.reduce(shares) >= 1 - EXACT_SHARE
        # An uncovered parcel is a hole as large as itself: it matters, or (a tolerance above 100 %) `find` decides.
        plain = plain & (covered | (self.area >= self.theme.tolerance_m2) | (self.theme.tolerance_share <= 1))
        unplaced = (WhyNot.QUARANTINE.value,) if any(e.unplaced for e in here) else ()
        count, row = self._rows(here)
        big = self._big(row) & (count == 1)
        for inside, outside in ((covered, ()), (~covered, (WhyNot.OUTSIDE_COVERAGE.value,))):
            why = tuple(sorted((*outside, *unplaced)))
            nothing = Outcome.NOT_KNOWN if why else Outcome.DOES_NOT_APPLY
            self._put(plain & inside & ((count == 0) | ((count == 1) & ~big)), Sign(nothing, why=why))
            self._put_zones(plain & inside & big, row, Outcome.NOT_KNOWN if why else Outcome.APPLIES, why, here)

    def _big(self, row: Ints) -> Flags:
        """Whether a zone is no sliver."""
        hits = self.table.hits
        if not len(hits.area_m2):
            return np.zeros(len(row), dtype=bool)
        reaches = (hits.area_m2[row] >= self.theme.tolerance_m2) | (hits.share[row] >= self.theme.tolerance_share)
        return np.asarray(reaches, dtype=bool)

    def _rows(self, editions: Sequence[EditionDay]) -> tuple[Ints, Ints]:
        """(number of overlay rows of these editions, one of them or 0) by parcel."""
        hits, versions = self.table.hits, self.table.versions
        mine = np.flatnonzero(np.isin(hits.edition, [e.edition_id for e in editions]))
        at = np.searchsorted(versions, hits.version[mine])
        row = np.zeros(len(versions), dtype=np.int64)
        row[at] = mine
        return np.bincount(at, minlength=len(versions)), row

    def _put(self, mine: Flags, sign: Sign) -> None:
        self.ids[mine] = self.register.id_of(sign)

    def _put_zones(
        self, mine: Flags, row: Ints, outcome: Outcome, why: tuple[str, ...], editions: Sequence[EditionDay]
    ) -> None:
        names = {e.edition_id: e.instrument for e in editions}
        rows = row[mine]
        features, back = np.unique(self.table.hits.feature[rows], return_inverse=True)
        owner = dict(zip(self.table.hits.feature[rows].tolist(), self.table.hits.edition[rows].tolist(), strict=True))
        signs = [
            self.register.id_of(Sign(outcome, ((names[owner[f]], self.table.codes[f]),), why))
            for f in features.tolist()
        ]
        self.ids[mine] = np.array(signs, dtype=np.int64)[back.reshape(-1)] if len(rows) else 0
        self.single[mine] = rows
