"""Which rows of a table can speak at one spot together. Pure; the spots themselves: apps.legal.tables.spots."""

from apps.legal.decision_table import OneOf, parse_condition
from apps.legal.rulebook_grid import Row
from apps.legal.rulebook_lint.space import Box, axes, box, meet
from apps.legal.rulebook_lint.vocabulary import Vocabulary
from apps.legal.tables.table import EDITION, ORDINARY


def names_editions(row: Row) -> bool:
    """Whether the row is confined to named editions, and so displaces those that name none."""
    asked = parse_condition(row.when.get(EDITION, ""))
    return isinstance(asked, OneOf) and not asked.negated


def same_spot(a: Row, b: Row) -> bool:
    """Same subject and theme, zones that overlap ('' = every zone), and neither displaces the other."""
    if (a.subject, a.cells["theme"]) != (b.subject, b.cells["theme"]):
        return False
    zones = {a.cells["zone"], b.cells["zone"]} - {""}
    return len(zones) < 2 and not _displaced(a, b)  # noqa: PLR2004 - two zones are never one


def together(a: Row, b: Row, words: Vocabulary) -> Box | None:
    """Where both rows of one spot hold; None = nowhere."""
    along = axes((a, b), words.facts)
    return meet(box(a, along), box(b, along))


def _displaced(a: Row, b: Row) -> bool:
    return {a.effect, b.effect} <= ORDINARY and names_editions(a) is not names_editions(b)
