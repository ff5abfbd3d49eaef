"""A rule source whose answer is put together from pieces: what hangs on no zone, and each zone by itself. Pure.

So that many parcels can be asked at once: a piece that stands on many parcels alike is worked out once
(docs/decisions/0019).
"""

from typing import Protocol, runtime_checkable

from apps.legal.answers import Question, RulebookInForce, SourceAnswer
from apps.legal.tables.reads import TableReads
from apps.legal.tables.said import merged
from apps.legal.tables.spots import Spot, spots
from apps.legal.tables.table import Table, table_of


@runtime_checkable
class Piecewise(Protocol):
    """A rule source whose answer is `pieced` from what it says everywhere and on each spot, and reads rows alone."""

    name: str

    def everywhere(self, question: Question) -> SourceAnswer:
        """Policies, themes that are not known, subjects without rows. Hangs on the outcomes of themes only."""
        ...

    def on(self, table: Table, spot: Spot) -> SourceAnswer:
        """What the rows that speak on one spot say. Hangs on the spot only."""
        ...

    def reads(self, rulebooks: tuple[RulebookInForce, ...]) -> TableReads:
        """What the rows read of a parcel."""
        ...

    def subjects(self) -> tuple[str, ...]:
        """Subjects this source may limit."""
        ...


def pieced(source: Piecewise, question: Question) -> SourceAnswer:
    """The whole answer to one question."""
    table = table_of(question.rulebooks)
    pieces = [source.everywhere(question)]
    pieces.extend(source.on(table, spot) for spot in spots(table, question))
    return merged(pieces)
