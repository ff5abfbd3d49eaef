"""The plan's rulebooks as a rule source (registered in settings.RULE_SOURCES)."""

from apps.legal.answers import Question, RulebookInForce, SourceAnswer
from apps.legal.subjects import SUBJECTS
from apps.legal.tables.pieces import pieced
from apps.legal.tables.reads import TableReads, table_reads
from apps.legal.tables.spots import Spot
from apps.legal.tables.table import Table
from detailed_plan import rules


class DetailedPlanSource:
    """Land use, height code, density and the building rules that go with them; it may limit every subject."""

    name = "detailed_plan"

    def subjects(self) -> tuple[str, ...]:
        """The whole vocabulary: a plan that cannot be read leaves nothing certain."""
        return tuple(SUBJECTS)

    def answer(self, question: Question) -> SourceAnswer:
        """All pieces together; raises ValueError for a row that cannot be read."""
        return pieced(self, question)

    def everywhere(self, question: Question) -> SourceAnswer:
        """See rules.everywhere."""
        return rules.everywhere(question, subjects=self.subjects())

    def on(self, table: Table, spot: Spot) -> SourceAnswer:
        """See rules.on_spot."""
        return rules.on_spot(table, spot)

    def reads(self, rulebooks: tuple[RulebookInForce, ...]) -> TableReads:
        """All it reads of a parcel stands in the rows of its table."""
        return table_reads(rulebooks, feeding=frozenset({rules.STOREYS_SUBJECT}))
