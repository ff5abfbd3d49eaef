"""Steps on a value that is nowhere given: `reduce`, `raise` and `floor` without a `set` to act on. Pure."""

from collections.abc import Iterator

from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import Table
from apps.legal.rulebook_lint.pairs import same_spot, together
from apps.legal.rulebook_lint.vocabulary import Vocabulary

_STEPS = frozenset({"reduce", "raise", "floor"})


def faults(table: Table, words: Vocabulary) -> Iterator[Fault]:
    """Steps that no `set` row of this table meets, in the same theme and zone and under the same conditions."""
    bases = [row for row in table.rows if row.effect == "set"]
    for row in (row for row in table.rows if row.effect in _STEPS):
        if not any(same_spot(row, base) and together(row, base, words) is not None for base in bases):
            yield table.fault(
                row,
                "effect",
                fa=f"این جدول اینجا مقداری (set) برای {row.subject} ندارد که «{row.effect}» آن را تغییر دهد.",
                en=f"this table has no `set` of {row.subject} here that “{row.effect}” could act on.",
            )
