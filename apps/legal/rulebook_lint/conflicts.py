"""Rows that give one subject two values at one spot, or the same value twice. Pure.

Two `set` rows (or two `derive` rows) must never hold together: the engine would have to choose. The rows of a
schedule stand side by side, so their conditions on the proposal must tell them apart. Caps may: the strictest binds.
"""

from collections.abc import Hashable, Iterator
from decimal import Decimal, InvalidOperation

from apps.common.text import Text
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import Row, Table
from apps.legal.rulebook_lint import wording
from apps.legal.rulebook_lint.pairs import same_spot, together
from apps.legal.rulebook_lint.space import Box, axes
from apps.legal.rulebook_lint.vocabulary import Vocabulary
from apps.legal.subject_list import Direction
from apps.legal.tables import expressions

_ALONE = ("set", "derive")


def faults(table: Table, words: Vocabulary) -> Iterator[Fault]:
    """For every row the first row above it that it contradicts or repeats."""
    for effect in _ALONE:
        rows = [row for row in table.rows if row.effect == effect]
        for position, row in enumerate(rows):
            found = next(_meeting(row, rows[:position], words), None)
            if found is not None:
                yield _fault(table, row, *found, words)


def _meeting(row: Row, above: list[Row], words: Vocabulary) -> Iterator[tuple[Row, Box]]:
    for other in above:
        where = together(row, other, words) if same_spot(row, other) else None
        if where is not None:
            yield other, where


def _fault(table: Table, row: Row, other: Row, where: Box, words: Vocabulary) -> Fault:
    at, named = table.at(other, "value"), other.cells["row"]
    place = wording.place(where, axes((row, other), words.facts))
    both = Text(
        fa=f"هر دو برقرارند اگر {place.fa}" if place.fa else "هر دو همیشه با هم برقرارند",
        en=f"both hold where {place.en}" if place.en else "both always hold",
    )
    if _said(row, words) == _said(other, words):
        return table.fault(
            row,
            "value",
            fa=f"تکرار خانهٔ \u2068{at}\u2069 («{named}»): {both.fa}. شرط‌ها را جدا کنید یا یکی را بردارید.",
            en=f"overlaps {at} (“{named}”): {both.en}. Part the conditions or take one row out.",
        )
    mine, its = row.cells["value"], other.cells["value"]
    return table.fault(
        row,
        "value",
        fa=f"با خانهٔ \u2068{at}\u2069 («{named}») تناقض دارد: {both.fa}، اینجا «{mine}» و آنجا «{its}». "
        "شرط‌ها را جدا کنید یا یکی را بردارید.",
        en=f"contradicts {at} (“{named}”): {both.en}, “{mine}” here and “{its}” there. "
        "Part the conditions or take one row out.",
    )


def _said(row: Row, words: Vocabulary) -> Hashable:
    """The value, so that 5 and 5.00, A|B and B|A, fact:x and =x are the same."""
    value = row.cells["value"]
    if words.subjects[row.subject].direction is Direction.SET:
        return frozenset(value.split("|"))
    if expressions.is_expression(value):
        return "".join(expressions.parse(value).text.split())
    try:
        return Decimal(value)
    except InvalidOperation:
        return value.removeprefix("fact:")
