"""The decision-table CSV: columns, effects, kinds of value; every fault named by file, row and column.

Columns: row, article, category, subject, effect, value, theme, zone, text_fa, text_en and `when:<fact>` conditions.
UTF-8, comma separated, header first. `row` in a message is the line of the file (the header is line 1).
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apps.common.errors import IntakeError
from apps.legal.decision_table import parse_condition
from apps.legal.models import ProvisionRow
from apps.legal.subjects import SUBJECTS, Direction

COLUMNS = ("row", "article", "category", "subject", "effect", "value", "theme", "zone", "text_fa", "text_en")
WHEN = "when:"
# What `value` must be. measure: as the subject asks; number; code; free: may be empty.
EFFECTS: Mapping[str, str] = {
    "set": "measure",
    "derive": "measure",
    "cap": "measure",
    "floor": "number",
    "reduce": "number",
    "raise": "number",
    "require": "code",
    "forbid": "code",
    "undecided": "code",
    "document": "code",
    "duty": "code",
    "warn": "free",
}
_NEEDED = ("row", "article", "category", "effect", "text_fa", "text_en")
# A value is written out, or taken from a fact of the parcel: fact:existing_height_m.
_NUMBER = re.compile(r"\d+(\.\d+)?|fact:[a-z][a-z0-9_]*")
_CODES = re.compile(r"[A-Za-z0-9_.-]+(\|[A-Za-z0-9_.-]+)*")
_FACT = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One checked row: its cells by column, and its conditions by fact name (empty ones left out)."""

    cells: Mapping[str, str]
    when: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int

    def fault(self, column: str, fa: str, en: str) -> IntakeError:
        """The error at this row and column."""
        return IntakeError(
            fa=f"«{self.file}»، سطر {self.line}، ستون {column}: {fa}",
            en=f"“{self.file}”, row {self.line}, column {column}: {en}",
            file=self.file,
            row=self.line,
            column=column,
        )


def read_rows(raw: bytes, *, file: str) -> tuple[Row, ...]:
    """The checked rows of a table. Raises IntakeError at the first fault."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _Place(file, line).fault("?", "متن یونی‌کد UTF-8 نیست.", "the text is not UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        _check_header(tuple(reader.fieldnames or ()), _Place(file, 1))
        rows = tuple(_rows(reader, file))
    except csv.Error as error:
        raise _Place(file, reader.line_num).fault("?", f"سطر خوانا نیست ({error}).", f"unreadable: {error}.") from error
    if not rows:
        raise _Place(file, 1).fault("row", "جدول سطری ندارد.", "the table has no rows.")
    return rows


def _rows(reader: "csv.DictReader[str]", file: str) -> Iterator[Row]:
    seen: set[str] = set()
    for raw in reader:
        place = _Place(file, reader.line_num)
        cells = _cells(raw, place)
        if cells["row"] in seen:
            raise place.fault("row", f"شناسهٔ «{cells['row']}» تکراری است.", f"“{cells['row']}” is there twice.")
        seen.add(cells["row"])
        _check_cells(cells, place)
        _check_value(cells, place)
        yield Row(cells={c: cells[c] for c in COLUMNS}, when=_when(cells, place))


def _check_header(names: tuple[str, ...], place: _Place) -> None:
    for column in COLUMNS:
        if column not in names:
            raise place.fault(column, f"این ستون نیست. ستون‌ها: {names}", f"missing. Columns found: {names}")
    for name in names:
        fact = name.removeprefix(WHEN)
        if names.count(name) > 1:
            raise place.fault(name, "ستون دو بار آمده است.", "the column is there twice.")
        if name not in COLUMNS and not (name.startswith(WHEN) and _FACT.fullmatch(fact)):
            raise place.fault(name, "ستون ناشناس؛ شرط را when:نام بنویسید.", "unknown; write conditions as when:fact.")


def _cells(raw: Mapping[str | None, str | None], place: _Place) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, cell in raw.items():
        if name is None or cell is None:
            raise place.fault(
                name or "?",
                "شمار خانه‌ها با سرستون نمی‌خواند؛ متن دارای ویرگول را در گیومه بگذارید.",
                "the number of cells differs from the header; put text with commas in quotes.",
            )
        cells[name] = cell.strip()
    return cells


def _check_cells(cells: Mapping[str, str], place: _Place) -> None:
    for column in _NEEDED:
        if not cells[column]:
            raise place.fault(column, "این خانه نباید خالی باشد.", "must not be empty.")
    for column in COLUMNS:
        limit = getattr(ProvisionRow._meta.get_field(column), "max_length", None)
        if limit is not None and len(cells[column]) > limit:
            raise place.fault(column, f"بیش از {limit} نویسه است.", f"longer than {limit} characters.")
    if cells["effect"] not in EFFECTS:
        raise place.fault("effect", f"اثر ناشناس. یکی از: {list(EFFECTS)}", f"unknown. One of: {list(EFFECTS)}")
    if cells["subject"] not in SUBJECTS and (cells["subject"] or _needs_subject(cells["effect"])):
        raise place.fault("subject", f"موضوع ناشناس. یکی از: {list(SUBJECTS)}", f"unknown. One of: {list(SUBJECTS)}")
    if cells["zone"] and not cells["theme"]:
        raise place.fault("theme", "پهنه بدون لایه آمده است.", "a zone is named without its theme.")


def _check_value(cells: Mapping[str, str], place: _Place) -> None:
    kind, value = EFFECTS[cells["effect"]], cells["value"]
    if kind == "measure":
        kind = {Direction.SET: "codes", Direction.SCHEDULE: "text"}.get(SUBJECTS[cells["subject"]].direction, "number")
    if kind == "number" and not _NUMBER.fullmatch(value):
        raise place.fault(
            "value", f"«{value}» عدد نیست (4.5 یا fact:نام).", f"“{value}” is no number (4.5 or fact:name)."
        )
    if kind in {"code", "codes"} and not _CODES.fullmatch(value):
        raise place.fault("value", f"«{value}» کد نیست (A یا A|B).", f"“{value}” is no code (A or A|B).")
    if kind == "text" and not value:
        raise place.fault("value", "این خانه نباید خالی باشد.", "must not be empty.")


def _needs_subject(effect: str) -> bool:
    return EFFECTS[effect] in {"measure", "number"} or effect == "undecided"


def _when(cells: Mapping[str, str], place: _Place) -> dict[str, str]:
    when = {}
    for column in (c for c in cells if c.startswith(WHEN) and cells[c]):
        try:
            parse_condition(cells[column])
        except ValueError as error:
            raise place.fault(column, f"شرط خوانا نیست: {error}", f"unreadable condition: {error}") from error
        when[column.removeprefix(WHEN)] = cells[column]
    return when
