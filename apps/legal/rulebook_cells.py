"""The cells of a decision table, one by one: header, effects, kinds of value, conditions. All faults of them."""

import re
from collections.abc import Iterator, Mapping

from apps.common.text import Text, has_controls
from apps.legal.answers import PolicyName
from apps.legal.decision_table import parse_condition
from apps.legal.models import ProvisionRow
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import COLUMNS, EFFECTS, HEADER, NUMBER, WHEN, Grid, Line, Row, Table, folded
from apps.legal.subject_list import Direction, Subject
from apps.legal.tables import expressions

_NEEDED = ("row", "article", "category", "effect", "text_fa", "text_en")
# A value is written out, taken from a fact of the parcel (fact:existing_height_m), or computed (=max(5, 0.1*width)).
_FACT_VALUE = re.compile(r"fact:[a-z][a-z0-9_]*")
_CODES = re.compile(r"[A-Za-z0-9_.-]+(\|[A-Za-z0-9_.-]+)*")
_FACT = re.compile(r"[a-z][a-z0-9_]*")
_LIMITS = {c: getattr(ProvisionRow._meta.get_field(c), "max_length", None) for c in COLUMNS}
_Found = tuple[str, str, str]
"""Column, and what is wrong in Persian and in English."""


def checked(grid: Grid, subjects: Mapping[str, Subject]) -> tuple[Table, tuple[Fault, ...]]:
    """The rows whose cells can be read, and every fault of the others. A bad header lets nothing be read."""
    wrong = (*grid.faults, *_header_faults(grid))
    if len(wrong) > len(grid.faults) or not grid.lines:
        return Table(grid.file, grid.header, ()), wrong or (
            _fault(grid, HEADER, ("row", "جدول سطری ندارد.", "the table has no rows.")),
        )
    rows, faults, seen = list[Row](), list(wrong), dict[str, int]()
    for line in grid.lines:
        row = _row(grid, line)
        found = [*_row_faults(row, subjects), *_twice(row, seen)]
        seen.setdefault(row.cells["row"], line.number)
        faults.extend(_fault(grid, line.number, f) for f in found)
        if not found:
            rows.append(row)
    return Table(grid.file, grid.header, tuple(rows)), tuple(faults)


def needs_subject(effect: str) -> bool:
    """Whether a row of this effect speaks about a subject's value."""
    return EFFECTS[effect] in {"measure", "amount", "policy"} or effect == "undecided"


def _fault(grid: Grid, line: int, found: _Found) -> Fault:
    column, fa, en = found
    place = grid.header.index(column) if column in grid.header else 0
    return Fault(grid.file, line, column, place, Text(fa=fa, en=en))


def _header_faults(grid: Grid) -> Iterator[Fault]:
    names = grid.header
    for column in COLUMNS:
        if column not in names:
            listed = "، ".join(names)
            found = (column, f"این ستون نیست. ستون‌ها: {listed}", f"missing. Columns found: {', '.join(names)}")
            yield _fault(grid, HEADER, found)
    for place, name in enumerate(names):
        fact = name.removeprefix(WHEN)
        if name in names[:place]:
            text = Text("ستون دو بار آمده است؛ یکی را بردارید.", "the column is there twice; take one out.")
            yield Fault(grid.file, HEADER, name, place, text)
        elif name not in COLUMNS and not (name.startswith(WHEN) and _FACT.fullmatch(fact)):
            text = Text("ستون ناشناس؛ شرط را when:نام بنویسید.", "unknown; write conditions as when:fact.")
            yield Fault(grid.file, HEADER, name, place, text)


def _row(grid: Grid, line: Line) -> Row:
    cells = {name: folded(name, cell) for name, cell in zip(grid.header, line.cells, strict=True)}
    when = {n.removeprefix(WHEN): cell for n, cell in cells.items() if n.startswith(WHEN) and cell}
    return Row(cells={c: cells[c] for c in COLUMNS}, when=when, line=line.number)


def _twice(row: Row, seen: Mapping[str, int]) -> Iterator[_Found]:
    name = row.cells["row"]
    if name and name in seen:
        yield "row", f"شناسهٔ «{name}» تکراری است (سطر {seen[name]}).", f"“{name}” is there twice (row {seen[name]})."


def _row_faults(row: Row, subjects: Mapping[str, Subject]) -> Iterator[_Found]:
    yield from _filled(row.cells)
    yield from _conditions(row)
    effect, subject = row.effect, row.subject
    if effect not in EFFECTS:
        if effect:
            yield "effect", f"اثر ناشناس. یکی از: {'، '.join(EFFECTS)}", f"unknown. One of: {', '.join(EFFECTS)}"
    elif subject not in subjects and (subject or needs_subject(effect)):
        yield "subject", f"موضوع ناشناس. یکی از: {'، '.join(subjects)}", f"unknown. One of: {', '.join(subjects)}"
    else:
        yield from _value(row.cells, subjects)


def _filled(cells: Mapping[str, str]) -> Iterator[_Found]:
    for column in _NEEDED:
        if not cells[column]:
            yield column, "این خانه نباید خالی باشد.", "must not be empty."
    for column, limit in _LIMITS.items():
        if limit is not None and len(cells[column]) > limit:
            yield column, f"بیش از {limit} نویسه است.", f"longer than {limit} characters."
    for column, cell in cells.items():
        if has_controls(cell):
            yield column, "نویسهٔ کنترلی دارد؛ متن را ساده بنویسید.", "has control characters; write plain text."
    if cells["zone"] and not cells["theme"]:
        yield "theme", "پهنه بدون لایه آمده است.", "a zone is named without its theme."


def _conditions(row: Row) -> Iterator[_Found]:
    for fact, cell in row.when.items():
        try:
            parse_condition(cell)
        except ValueError as error:
            yield f"{WHEN}{fact}", f"شرط خوانا نیست: {error}", f"unreadable condition: {error}"


def _value(cells: Mapping[str, str], subjects: Mapping[str, Subject]) -> Iterator[_Found]:
    kind, value = EFFECTS[cells["effect"]], cells["value"]
    if kind == "measure":
        kind = {Direction.SET: "codes", Direction.SCHEDULE: "text"}.get(subjects[cells["subject"]].direction, "number")
    if kind in {"number", "text"} and expressions.is_expression(value):
        yield from _computed(value)
    elif kind == "number" and not (NUMBER.fullmatch(value) or _FACT_VALUE.fullmatch(value)):
        hint = "4.5, fact:name, =2*name"
        yield "value", f"«{value}» عدد نیست ({hint}).", f"“{value}” is no number ({hint})."
    elif kind == "amount" and not NUMBER.fullmatch(value):
        yield "value", f"«{value}» عدد نیست؛ مانند 4.5 بنویسید.", f"“{value}” is no number; write one like 4.5."
    elif kind in {"code", "codes"} and not _CODES.fullmatch(value):
        yield "value", f"«{value}» کد نیست (A یا A|B).", f"“{value}” is no code (A or A|B)."
    elif kind == "policy" and value not in {name.value for name in PolicyName}:
        names = "|".join(PolicyName)
        yield "value", f"«{value}» یکی از این‌ها نیست: {names}", f"“{value}” is none of {names}."
    elif kind == "text" and not value:
        yield "value", "این خانه نباید خالی باشد.", "must not be empty."


def _computed(value: str) -> Iterator[_Found]:
    try:
        expressions.parse(value)
    except ValueError as error:
        yield "value", f"عبارت خوانا نیست: {error}", f"unreadable expression: {error}"
