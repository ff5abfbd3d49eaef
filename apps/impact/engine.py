"""What a change of law changes, parcel by parcel: exactly what composing every parcel twice would show.

Only parcels that the changed law can reach are looked at; what no rule can tell apart is worked out once
(docs/decisions/0019).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from apps.common.city import current_city
from apps.impact.comparing import SAME, Book, Changes, Comparer
from apps.impact.contents import Contents, DutySets
from apps.impact.differences import Change
from apps.impact.fact_columns import Columns
from apps.impact.facts_at import Facts, names_of
from apps.impact.formulas import Formulas
from apps.impact.ground_table import Flags, GroundTable, read_table
from apps.impact.hearing import Hearing
from apps.impact.laws import Laws, reach_of
from apps.impact.sides import Sides, read_sides
from apps.impact.signs import Register
from apps.impact.telling import Teller, Tolds
from apps.impact.voices import voices_of
from apps.impact.wanted import wanted_subjects
from apps.impact.whole import Composer
from apps.legal.answers import RuleSource
from gis_layers.postgis_impact import Ints, Where

DEFAULT_KINDS = ("NEW",)


@dataclass(frozen=True, slots=True)
class Changed:
    """Parcels of some chunks whose answer differs, column by column. `change`: place in `Engine.changes`.

    A parcel stands here once for each permit kind whose answer differs.
    """

    version: Ints
    parcel: Ints
    district: Ints
    drawn_dm2: Ints
    change: Ints


class Engine:
    """Holds what is learned over the tables of one run. Two engines over the same laws say the same.

    `looked_at`: parcels in reach so far.
    """

    def __init__(
        self, laws: Laws, *, kinds: Sequence[str] = DEFAULT_KINDS, sources: Sequence[RuleSource] | None = None
    ) -> None:
        self.laws, self.looked_at = laws, 0
        self._city_law = current_city().law
        self._register, self._columns, self._changes = Register(), Columns(), Changes()
        self._voices = tuple(voices_of(law.day, sources) for law in (laws.before, laws.after))
        self._columns.open_for(*(voices.cells() for voices in self._voices))
        self._wanted = wanted_subjects(laws, self._voices, self._city_law)
        self._comparers = [self._comparer(kind, sources) for kind in kinds]
        self._reach = reach_of(laws)
        self._codes: dict[int, str] = {}

    def _comparer(self, kind: str, sources: Sequence[RuleSource] | None) -> Comparer:
        names, tolds, duty_sets = names_of(self._city_law, kind), Tolds(), DutySets()
        before, after = self._voices
        contained = (before.taken | after.taken) - (before.loose | after.loose)
        formulas = Formulas(contained)
        books = []
        for voices in self._voices:
            contents = Contents(contained)
            hearing = Hearing(voices, self._register, contents, duty_sets)
            books.append(Book(hearing, Teller(contents, tolds, formulas)))
        # Under equal rulebooks equal places give equal answers, whichever of the two laws they stand under.
        second = books[0] if self.laws.same_books else books[1]
        composer = Composer(kind, self._city_law, sources)
        return Comparer((books[0], second), composer, self._changes, self._register, names, self._wanted)

    @property
    def changes(self) -> Sequence[Change]:
        """The different changes met so far."""
        return self._changes.listed

    def run(self, chunks: Sequence[int], *, only: Ints | None = None) -> Changed:
        """The parcels of these chunks whose answer differs. `only`: no others than these (ids of parcels)."""
        laws = self.laws
        where = Where(chunks, laws.on, laws.known_at)
        table = read_table(where, editions=laws.editions, scopes=laws.scopes, codes=self._codes)
        wanted = (
            self._reached(table) if only is None else self._reached(table) & np.isin(table.sites["parcel_id"], only)
        )
        table = table.narrowed(wanted)
        self.looked_at += len(table.versions)
        if not len(table.versions):
            return _picked(table, [])
        sides = read_sides(table, laws, self._city_law, self._register, self._columns)
        return _picked(table, [comparer.compared(sides, self._facts(comparer, sides)) for comparer in self._comparers])

    def _facts(self, comparer: Comparer, sides: Sides) -> tuple[Facts, Facts]:
        before, after = (Facts(self._columns, side.facts, comparer.names) for side in (sides.before, sides.after))
        return before, after

    def _reached(self, table: GroundTable) -> Flags:
        """The parcels that the change can reach."""
        if self._reach.everywhere:
            return np.ones(len(table.versions), dtype=bool)
        found = np.zeros(len(table.versions), dtype=bool)
        for edition in self._reach.editions:
            lay = table.lays[edition]
            found |= (lay.share > 0) | ~lay.complete
            found[list(table.quarantined.get(edition, ()))] = True
        for scope in self._reach.scopes:
            found |= table.touched[scope]
        under = table.hits.version[np.isin(table.hits.edition, list(self._reach.editions))]
        found[np.searchsorted(table.versions, np.unique(under))] = True
        return found


def _picked(table: GroundTable, changes: Sequence[Ints]) -> Changed:
    at = np.concatenate([np.flatnonzero(c != SAME) for c in changes] or [np.zeros(0, dtype=np.int64)])
    change = np.concatenate([c[c != SAME] for c in changes] or [np.zeros(0, dtype=np.int64)])
    sites = table.sites
    return Changed(sites["id"][at], sites["parcel_id"][at], sites["district"][at], sites["drawn_area_dm2"][at], change)
