"""Rulebook tables for the lint, in the words of a small made-up city."""

from decimal import Decimal

from apps.common.text import Text
from apps.legal.rulebook_csv import COLUMNS, write_csv
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import Table
from apps.legal.rulebook_lint.vocabulary import Kind, KnownFact, KnownTheme, Vocabulary, Where
from apps.legal.rulebook_reading import judged, read_grid
from apps.legal.subject_list import ALL

FILE = "made-up.csv"
ASKED = ("plot_m2", "corner", "use", "edition", "storeys", "consolidated", "zone_share", "unit_m2")
HEADER = (*COLUMNS[:8], *(f"when:{name}" for name in ASKED), *COLUMNS[8:])
NAME = Text("نام", "name")
WORDS = Vocabulary(
    subjects={subject.code: subject for subject in ALL},
    themes={
        "height_code": KnownTheme("height_code", partition=True, label=NAME),
        "heritage": KnownTheme("heritage", partition=False, label=NAME),
    },
    facts={
        fact.name: fact
        for fact in (
            KnownFact("plot_m2", Kind.NUMBER, NAME, "m²"),
            KnownFact("passage_m", Kind.NUMBER, NAME, "m"),
            KnownFact("corner", Kind.YES_NO, NAME),
            KnownFact("use", Kind.CODE, NAME),
            KnownFact("edition", Kind.CODE, NAME, where=Where.ZONE),
            KnownFact("storeys", Kind.NUMBER, NAME, where=Where.STOREYS, whole=True),
            KnownFact("consolidated", Kind.NUMBER, NAME, whole=True),
            KnownFact("zone_share", Kind.NUMBER, NAME, where=Where.ZONE, top=Decimal(1)),
            KnownFact("unit_m2", Kind.NUMBER, NAME, "m²", where=Where.PROPOSAL),
        )
    },
    categories={},
)
_USUAL = {
    "article": "8-1",
    "category": "ISF-08",
    "subject": "max_coverage",
    "effect": "set",
    "value": "60",
    "theme": "height_code",
    "text_fa": "متن",
    "text_en": "text",
}


def lines(*rows: dict[str, str]) -> list[list[str]]:
    """Rows as cells under HEADER, each a change of the usual row; facts may be named without `when:`."""
    filled = [{"row": f"r{n}", **_USUAL, **row} for n, row in enumerate(rows, start=1)]
    return [[row.get(column, row.get(column.removeprefix("when:"), "")) for column in HEADER] for row in filled]


def found(*rows: dict[str, str], words: Vocabulary = WORDS) -> tuple[Fault, ...]:
    """All faults of a table of these rows."""
    return read(*rows, words=words)[1]


def read(*rows: dict[str, str], words: Vocabulary = WORDS) -> tuple[Table, tuple[Fault, ...]]:
    """The table of these rows and its faults."""
    return judged(read_grid(write_csv(HEADER, lines(*rows)), file=FILE), words)


def cells(*rows: dict[str, str], words: Vocabulary = WORDS) -> list[str]:
    """Addresses of the faulty cells."""
    return [fault.cell for fault in found(*rows, words=words)]
