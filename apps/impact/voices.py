"""The rule sources of a law, as they can be asked piece by piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.extracts.answers import registered_sources
from apps.extracts.law_day import LawDay
from apps.legal.answers import RulebookInForce, RuleSource
from apps.legal.tables.pieces import Piecewise
from apps.legal.tables.reads import TableReads, reads_of


@dataclass(frozen=True, slots=True)
class Voice:
    """One source with its rulebooks in force and what their rows read."""

    source: Piecewise
    rulebooks: tuple[RulebookInForce, ...]
    reads: TableReads


@dataclass(frozen=True, slots=True)
class Voices:
    """All sources under one set of rulebooks. `silent`: sources without a rulebook: they say the same everywhere.

    `whole`: some source is not put together from pieces: every parcel is composed by itself.
    """

    listed: tuple[Voice, ...]
    silent: tuple[RuleSource, ...]
    whole: bool

    @property
    def taken(self) -> frozenset[str]:
        """Subjects that have computed values."""
        return frozenset(subject for voice in self.listed for subject in reads_of(voice.reads.table.rows).taken)

    @property
    def loose(self) -> frozenset[str]:
        """Subjects whose computed values may reach more than their own value, whichever source gives them."""
        tables = ((voice, reads_of(voice.reads.table.rows).taken) for voice in self.listed)
        return frozenset(s for voice, taken in tables for s in taken if s not in voice.reads.contained)

    def cells(self) -> dict[str, set[str]]:
        """Every condition of every row by fact; a fact that is only taken as a value has none."""
        found: dict[str, set[str]] = {}
        for voice in self.listed:
            reads = reads_of(voice.reads.table.rows)
            taken = {name for names in reads.taken.values() for name in names}
            for name, cells in (*reads.cells.items(), *((name, ()) for name in taken)):
                found.setdefault(name, set()).update(cells)
        return found

    def subjects_of(self, themes: frozenset[str]) -> frozenset[str]:
        """Subjects of which rows of these themes speak."""
        rows = (row for voice in self.listed for theme in themes for row in voice.reads.table.of_theme(theme))
        return frozenset(row.provision.subject for row in rows if row.provision.subject)


def voices_of(law: LawDay, sources: Sequence[RuleSource] | None = None) -> Voices:
    """The voices that the city asks."""
    asked = registered_sources() if sources is None else sources
    books: Mapping[str, tuple[RulebookInForce, ...]] = law.rulebooks
    speaking = [source for source in asked if books.get(source.name)]
    return Voices(
        listed=tuple(
            Voice(source, books[source.name], source.reads(books[source.name]))
            for source in speaking
            if isinstance(source, Piecewise)
        ),
        silent=tuple(source for source in asked if source not in speaking),
        whole=not all(isinstance(source, Piecewise) for source in speaking),
    )
