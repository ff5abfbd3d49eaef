"""What the heritage rulebooks say of a parcel: hard caps, decisions left open, duties. Pure.

Heritage only takes: its tables hold caps and duties, and no row of them can grant anything. A table that tries
('set', 'raise', …) is refused, so that nobody mistakes a cap for a right.
"""

from apps.legal.answers import Question, SourceAnswer
from apps.legal.tables import not_known, said
from apps.legal.tables.spots import spots
from apps.legal.tables.table import table_of

_EFFECTS = frozenset({"cap", "undecided", said.POLICY}) | frozenset(said.DUTY_KINDS)


def resolve_question(question: Question, *, subjects: tuple[str, ...]) -> SourceAnswer:
    """Caps, unknowns and duties of the heritage zones. `subjects`: all they may limit.

    Raises ValueError for a row that cannot be read: then the whole source is 'not known'.
    """
    table = table_of(question.rulebooks)
    said.check_effects(table, _EFFECTS)
    parts = [said.policies(table), not_known.theme_unknowns(table, question), not_known.unspoken(table, subjects)]
    for spot in spots(table, question):
        parts.extend((not_known.rule_gaps(table, spot), said.caps(spot), said.open_decisions(spot), said.duties(spot)))
    return said.merged(parts)
