"""Whether a decision table makes sense as a whole, in the words of one city. Pure: no Django, no database."""

from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import Table
from apps.legal.rulebook_lint import conflicts, gaps, lonely, names
from apps.legal.rulebook_lint.vocabulary import Vocabulary


def lint(table: Table, words: Vocabulary, *, whole: bool = True) -> tuple[Fault, ...]:
    """Every fault of the rows. `whole` False: some rows could not be read, so what is missing proves nothing."""
    wrong = tuple(names.faults(table, words))
    lines = {fault.line for fault in wrong}
    sound = Table(
        table.file,
        table.header,
        tuple(r for r in table.rows if r.line not in lines and r.when.keys() <= words.facts.keys()),
    )
    found = [*wrong, *conflicts.faults(sound, words)]
    if whole and not wrong:
        found.extend((*gaps.faults(sound, words), *lonely.faults(sound, words)))
    return tuple(found)
