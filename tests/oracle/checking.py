"""Ask both about many parcels and gather what they differ in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from tests.oracle import black_box
from tests.oracle.compare import differences
from tests.oracle.layers import Plot
from tests.oracle.oracle import Oracle, Question
from tests.oracle.package import row_of
from tests.oracle.tables_at_random import Tables

SHOWN = 12
DRAWN_FROM = "2025-08-01"


@dataclass
class Tally:
    """How many were asked, and for each that differs: parcel, question, lines."""

    asked: int = 0
    differing: list[tuple[str, Question, list[str]]] = field(default_factory=list)

    def note(self, oracle: Oracle, plot: Plot, question: Question, extract: dict[str, Any]) -> None:
        """Compare one extract."""
        self.asked += 1
        lines = differences(oracle.answer(plot, question), extract)
        if lines:
            self.differing.append((plot.code, question, lines))

    def told(self) -> str:
        """A few of the differences, one paragraph each; empty when there is none."""
        head = f"{len(self.differing)} of {self.asked} extracts differ" if self.differing else ""
        shown = [
            f"{code} on {asked.on} known {asked.known_at:%F %T} {asked.permit_kind}\n    " + "\n    ".join(lines)
            for code, asked, lines in self.differing[:SHOWN]
        ]
        return "\n".join([head, *shown]).strip()


def check(oracle: Oracle, plots: Iterable[Plot], question: Question) -> Tally:
    """One question about many parcels."""
    tally = Tally()
    for plot in plots:
        tally.note(oracle, plot, question, black_box.extract(plot.code, question))
    return tally


def check_now(oracle: Oracle, plots: Iterable[Plot], permit_kind: str) -> Tally:
    """What the page of today says, without an instant."""
    tally, question = Tally(), replace(black_box.today(), permit_kind=permit_kind)
    for plot in plots:
        tally.note(oracle, plot, question, black_box.extract_now(plot.code, permit_kind))
    return tally


def check_drawn(oracle: Oracle, plots: Sequence[Plot], *, seed: int, sample: int) -> Tally:
    """Other rulebooks, drawn at random, in place of the city's, for a sample of parcels."""
    tables, draw, tally = Tables(seed), Random(seed), Tally()
    drawn = {
        "drawn-city": ("detailed_plan", tables.plan(18)),
        "drawn-more": ("detailed_plan", tables.plan(8)),
        "drawn-heritage": ("heritage_zones", tables.heritage(8)),
    }
    rows = {book: tuple(row_of(cells, book) for cells in table) for book, (_, table) in drawn.items()}
    with black_box.undone():
        witness = black_box.Witness()
        for book, (source, _) in drawn.items():
            witness.rulebook(rows[book], source, DRAWN_FROM)
        for book in oracle.package.rows:
            witness.repeal(book, DRAWN_FROM)
        twin = oracle.with_rules(
            replace(
                oracle.package,
                rows={**oracle.package.rows, **rows},
                source_of={**oracle.package.source_of, **{book: source for book, (source, _) in drawn.items()}},
                acts=(*oracle.package.acts, *witness.acts),
            )
        )
        for plot in draw.sample(plots, sample):
            question = replace(black_box.today(), permit_kind=draw.choice(("NEW", "REPAIR", "EXTENSION")))
            tally.note(twin, plot, question, black_box.extract(plot.code, question))
    return tally
