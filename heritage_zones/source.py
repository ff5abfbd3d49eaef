"""The heritage rulebooks as a rule source (registered in settings.RULE_SOURCES)."""

from apps.legal.answers import Question, SourceAnswer
from apps.legal.subjects import SUBJECTS
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
        """See rules.resolve_question; raises ValueError for a row that cannot be read."""
        return rules.resolve_question(question, subjects=_SUBJECTS)
