"""Both laws over a table of parcels compared for one permit kind, column by column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from apps.impact.columns_compared import Compared, Pair
from apps.impact.differences import Change, difference
from apps.impact.facts_at import Facts
from apps.impact.hearing import Ground, Hearing
from apps.impact.sides import Sides
from apps.impact.signs import Register
from apps.impact.telling import Teller
from apps.impact.whole import Composer
from apps.legal.answers import Fact
from gis_layers.postgis_impact import Ints

SAME = -1
_SAMPLE = 8  # parcels of each table that are composed as a whole, to check the columns
_STEP = 7919  # a prime: the sample does not fall into step with how parcels are numbered


class MisledError(Exception):
    """A parcel composed as a whole differs otherwise than the columns say: then nothing is said at all."""


@dataclass(slots=True)
class Changes:
    """Differences by number, in the order in which they were met."""

    listed: list[Change] = field(default_factory=list)
    _ids: dict[Change, int] = field(default_factory=dict)

    def id_of(self, change: Change) -> int:
        """The difference's number; SAME where nothing differs."""
        if not change.anything:
            return SAME
        known = self._ids.get(change)
        if known is None:
            known = self._ids[change] = len(self.listed)
            self.listed.append(change)
        return known


@dataclass(frozen=True, slots=True)
class Book:
    """One set of rulebooks for one permit kind: who speaks, and who judges."""

    hearing: Hearing
    teller: Teller


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares for one permit kind. `names`: every fact of the city. `wanted`: subjects that may differ, None = all."""

    books: tuple[Book, Book]
    composer: Composer
    changes: Changes
    register: Register
    names: Mapping[str, Fact]
    wanted: frozenset[str] | None

    def compared(self, sides: Sides, facts: tuple[Facts, Facts]) -> Ints:
        """The number of the change on each parcel; SAME where the answer stays.

        Raises MisledError when one of a sample that is composed as a whole differs otherwise.
        """
        count = len(sides.table.versions)
        change = np.full(count, SAME, dtype=np.int64)
        if any(book.hearing.voices.whole for book in self.books):
            self._compose(change, range(count), sides)
            return change
        failed = self._compare(change, sides, facts)
        self._compose(change, failed.tolist(), sides)
        self._check(change, sides)
        return change

    def _compare(self, change: Ints, sides: Sides, facts: tuple[Facts, Facts]) -> Ints:
        """Fill in the changes by columns; returns the parcels on which a source failed."""
        grounds = [Ground(sides.table, s.signs, f) for s, f in zip((sides.before, sides.after), facts, strict=True)]
        heard = [book.hearing.hear(ground, self.wanted) for book, ground in zip(self.books, grounds, strict=True)]
        compared = Compared(len(change), self.composer.permit_kind)
        for theme in sides.before.signs:
            compared.theme(theme, Pair(sides.before.signs[theme], sides.after.signs[theme]), self.register)
        none = np.zeros(len(change), dtype=np.int64)
        for subject in sorted({*heard[0].by_subject, *heard[1].by_subject}):
            told = [
                book.teller.told(subject, h.by_subject.get(subject, none), book.hearing.policies.get(subject, []), g)
                for book, h, g in zip(self.books, heard, grounds, strict=True)
            ]
            compared.subject(subject, Pair(*told), Pair(*facts), self.books[0].teller)
        compared.duties(Pair(heard[0].duties, heard[1].duties), self.books[0].hearing.duty_sets)
        for at, found in compared.changes():
            change[at] = self.changes.id_of(found)
        return np.flatnonzero(heard[0].failed | heard[1].failed)

    def _compose(self, change: Ints, positions: Iterable[int], sides: Sides) -> None:
        """Fill in the changes of these parcels, each composed as a whole under both laws."""
        for at in positions:
            change[at] = self.changes.id_of(self._whole(at, sides))

    def _whole(self, at: int, sides: Sides) -> Change:
        before, after = (
            self.composer.said(at, law=side.law, table=sides.table, record=sides.record, walks=sides.walks)
            for side in (sides.before, sides.after)
        )
        return difference(self.composer.permit_kind, before, after)

    def _check(self, change: Ints, sides: Sides) -> None:
        count = len(change)
        for at in {number * _STEP % count for number in range(min(_SAMPLE, count))}:
            number = int(change[at])
            expected, whole = self.changes.listed[number] if number != SAME else None, self._whole(at, sides)
            if whole != expected and (expected is not None or whole.anything):
                raise MisledError(f"parcel version {sides.table.versions[at]}: {whole} is not {expected}")
