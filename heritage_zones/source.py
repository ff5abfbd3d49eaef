"""The heritage rulebooks as a rule source (registered in settings.RULE_SOURCES)."""

from apps.legal.answers import Question, RulebookInForce, SourceAnswer
from apps.legal.subjects import SUBJECTS
from apps.legal.tables.pieces import pieced
from apps.legal.tables.reads import TableReads, table_reads
from apps.legal.tables.spots import Spot
from apps.legal.tables.table import Table
from heritage_zones import rules

_LIMITS = ("max_storeys", "max_height", "max_coverage", "max_coverage_ground", "max_density", "min_plot")
_SUBJECTS = tuple(code for code in _LIMITS if code in SUBJECTS)


class HeritageSource:
    """Cores, buffers, historic fabric and starred plots."""

    name = "heritage_zones"

    def subjects(self) -> tuple[str, ...]:
        """What heritage may limit: all of it is 'not known' when its rules cannot be read."""
        return _SUBJECTS

    def answer(self, question: Question) -> SourceAnswer:
        """All pieces together; raises ValueError for a row that cannot be read."""
        return pieced(self, question)

    def everywhere(self, question: Question) -> SourceAnswer:
        """See rules.everywhere."""
        return rules.everywhere(question, subjects=_SUBJECTS)

    def on(self, table: Table, spot: Spot) -> SourceAnswer:
        """See rules.on_spot."""
        return rules.on_spot(table, spot)

    def reads(self, rulebooks: tuple[RulebookInForce, ...]) -> TableReads:
        """All it reads of a parcel stands in the rows of its table."""
        return table_reads(rulebooks)
