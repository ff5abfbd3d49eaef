"""The plan's rulebooks as a rule source (registered in settings.RULE_SOURCES)."""

from apps.legal.answers import Question, SourceAnswer
from apps.legal.subjects import SUBJECTS
from detailed_plan import rules


class DetailedPlanSource:
    """Land use, height code, density and the building rules that go with them; it may limit every subject."""

    name = "detailed_plan"

    def subjects(self) -> tuple[str, ...]:
        """The whole vocabulary: a plan that cannot be read leaves nothing certain."""
        return tuple(SUBJECTS)

    def answer(self, question: Question) -> SourceAnswer:
        """See rules.resolve_question; raises ValueError for a row that cannot be read."""
        return rules.resolve_question(question, subjects=self.subjects())
