"""What the heritage rulebooks say of a parcel: hard caps, decisions left open, duties. Pure.

Heritage only takes: its tables hold caps and duties, and no row of them can grant anything. A table that tries
('set', 'raise', …) is refused, so that nobody mistakes a cap for a right.
"""

from apps.legal.answers import Question, SourceAnswer
from apps.legal.tables import not_known, said
from apps.legal.tables.spots import Spot
from apps.legal.tables.table import Table, table_of

_EFFECTS = frozenset({"cap", "undecided", said.POLICY}) | frozenset(said.DUTY_KINDS)


def everywhere(question: Question, *, subjects: tuple[str, ...]) -> SourceAnswer:
    """What hangs on no zone: policies, themes not known, subjects without rows. `subjects`: all they may limit.

    Raises ValueError for a row that cannot be read: then the whole source is 'not known'.
    """
    table = table_of(question.rulebooks)
    said.check_effects(table, _EFFECTS)
    parts = (said.policies(table), not_known.theme_unknowns(table, question), not_known.unspoken(table, subjects))
    return said.merged(parts)


def on_spot(table: Table, spot: Spot) -> SourceAnswer:
    """Caps, unknowns and duties on one spot. Raises ValueError for a row that cannot be read."""
    return said.merged(
        (not_known.rule_gaps(table, spot), said.caps(spot), said.open_decisions(spot), said.duties(spot))
    )
