"""Small decision tables for tests (sample rules, all numbers invented)."""

from dataclasses import dataclass, field
from pathlib import Path

from apps.legal.models import Instrument, Rulebook
from apps.legal.rulebook_csv import COLUMNS
from apps.legal.rulebooks import load_rulebook

ROW = {
    "row": "H5",
    "article": "8-1",
    "category": "ISF-08",
    "subject": "max_storeys",
    "effect": "set",
    "value": "5",
    "theme": "height_code",
    "zone": "H5",
    "text_fa": "پنج طبقه (نمونه)",
    "text_en": "Five storeys (sample)",
}


@dataclass
class Table:
    path: Path
    columns: list[str] = field(default_factory=lambda: list(COLUMNS))
    rows: list[dict[str, str]] = field(default_factory=list)

    def write(self) -> Path:
        lines = [self.columns, *([row.get(c, "") for c in self.columns] for row in self.rows)]
        self.path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
        return self.path

    def load(self, instrument: Instrument) -> Rulebook:
        return load_rulebook(instrument=instrument, path=self.write(), source="detailed_plan")


def table(folder: Path, *rows: dict[str, str], when: tuple[str, ...] = ()) -> Table:
    """A table with these rows, each a change of the sample row; one sample row when none is given."""
    return Table(
        path=folder / "heights.csv",
        columns=[*COLUMNS, *(f"when:{fact}" for fact in when)],
        rows=[{**ROW, **row} for row in rows or ({},)],
    )
