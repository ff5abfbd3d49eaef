"""The decision-table CSV: UTF-8, comma separated, header first. Reading, and writing in one canonical form.

Rows are counted as a spreadsheet counts them: the header is row 1, a line break inside quotes makes no new row.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from apps.common.text import Text
from apps.legal.rulebook_cells import checked
from apps.legal.rulebook_faults import Fault, refusal
from apps.legal.rulebook_grid import COLUMNS, EFFECTS, WHEN, Grid, Line, Row
from apps.legal.subjects import SUBJECTS

__all__ = ["COLUMNS", "EFFECTS", "WHEN", "Row", "read_csv", "read_rows", "write_csv"]


def read_rows(raw: bytes, *, file: str) -> tuple[Row, ...]:
    """The rows of a CSV, their cells checked, the table as a whole not. Raises IntakeError with every faulty cell."""
    table, faults = checked(read_csv(raw, file=file), SUBJECTS)
    if faults:
        raise refusal(faults)
    return table.rows


def read_csv(raw: bytes, *, file: str) -> Grid:
    """The grid of a CSV; lines of another length than the header are faults. Raises IntakeError if unreadable."""
    text = _decoded(raw, file)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: tuple[str, ...] | None = None
    lines, faults, number = [], [], 0
    try:
        for number, cells in enumerate(reader, start=1):
            if header is None:
                header = tuple(name.strip() for name in cells)
            elif any(cell.strip() for cell in cells):
                wrong = _length(file, number, header, cells)
                faults.extend(wrong)
                lines.extend([] if wrong else [Line(number, tuple(cells))])
    except csv.Error as error:
        words = Text(f"سطر خوانا نیست ({error}).", f"unreadable: {error}.")
        raise refusal([Fault(file, number + 1, "?", 0, words)]) from error
    return Grid(file, header or (), tuple(lines), tuple(faults))


def write_csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """The canonical bytes: UTF-8 without a mark, LF, quotes only where needed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *lines])
    return out.getvalue().encode()


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        words = Text(
            "متن یونی‌کد UTF-8 نیست؛ با قالب «CSV UTF-8» ذخیره کنید.", "the text is not UTF-8; save it as “CSV UTF-8”."
        )
        raise refusal([Fault(file, line, "?", 0, words)]) from error


def _length(file: str, number: int, header: tuple[str, ...], cells: Sequence[str]) -> list[Fault]:
    if len(cells) == len(header):
        return []
    words = Text(
        "شمار خانه‌ها با سرستون نمی‌خواند؛ متن دارای ویرگول را در گیومه بگذارید.",
        "the number of cells differs from the header; put text with commas in quotes.",
    )
    place = min(len(cells), len(header))
    return [Fault(file, number, header[place] if place < len(header) else "?", place, words)]
