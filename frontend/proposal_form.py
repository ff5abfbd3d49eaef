"""The table of storeys as a form: rows of text fields that work without scripts, numbers in Persian digits too."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.common.errors import BadInputError
from apps.common.text import latin_digits
from apps.permits.proposal import KIND_NAMES, Proposal, Storey, StoreyKind
from apps.permits.proposal_document import decimal_of, storey_of

MOST_ROWS, SPARE_ROWS = 22, 2
FIGURES = ("gross_m2", "countable_m2", "height_m", "units", "parking")
FIELDS = ("kind", "number", "use", *FIGURES)
_MOST_STOREYS = 100
_RANGE = re.compile(r"(-?\d{1,3})(?:\s*(?:-|–|تا|to)\s*(-?\d{1,3}))?")
_SIGNS = str.maketrans({"٫": ".", "−": "-", "٬": None, "٪": None, ",": None})


@dataclass(frozen=True, slots=True)
class FormRow:
    """What stands in the fields of one row, as text."""

    index: int
    values: Mapping[str, str]


def rows_of(proposal: Proposal) -> list[FormRow]:
    """The rows of a table; storeys that follow each other and are alike are one row ('1-4'), spare rows last."""
    written = [_values(run) for run in _runs(proposal.storeys)]
    return _numbered(written)


def typed_rows(data: Mapping[str, str]) -> list[FormRow]:
    """The rows as they were typed, for showing them again beside an error."""
    rows = [{name: data.get(f"{name}-{n}", "") for name in FIELDS} for n in range(MOST_ROWS)]
    return _numbered([row for row in rows if not _is_blank(row)])


def read_table(data: Mapping[str, str]) -> Proposal:
    """The table that was typed. Raises BadInputError that names the row and the field."""
    found: list[Storey] = []
    for n in range(MOST_ROWS):
        row = {name: data.get(f"{name}-{n}", "").strip() for name in FIELDS}
        if not _is_blank(row):
            found.extend(_storeys(row, n + 1))
    return Proposal(
        storeys=tuple(found),
        plinth_m=decimal_of(_number(data.get("plinth_m", "")) or "0", "plinth_m") or Proposal().plinth_m,
        parapet_m=decimal_of(_number(data.get("parapet_m", "")), "parapet_m"),
    )


def kinds() -> list[tuple[str, dict[str, str]]]:
    """Codes and names of storey kinds."""
    return [(kind.value, KIND_NAMES[kind].as_dict()) for kind in StoreyKind]


def _is_blank(row: Mapping[str, str]) -> bool:
    return not any(row[name].strip() for name in FIELDS if name not in ("kind", "use"))


def _storeys(row: Mapping[str, str], shown: int) -> Iterator[Storey]:
    read = _RANGE.fullmatch(latin_digits(row["number"]).translate(_SIGNS))
    if read is None:
        raise BadInputError(
            fa=f"ردیف {shown}: شمارهٔ طبقه را بنویسید؛ برای چند طبقهٔ همانند مانند ۱-۴.",
            en=f"Row {shown}: write the number of the storey; for several that are alike write 1-4.",
            field=f"number-{shown - 1}",
        )
    first, last = int(read[1]), int(read[2] or read[1])
    if not 0 <= last - first < _MOST_STOREYS:
        raise BadInputError(
            fa=f"ردیف {shown}: بازهٔ طبقه‌ها از پایین به بالا نوشته می‌شود، مانند ۱-۴.",
            en=f"Row {shown}: a range of storeys goes from below upwards, like 1-4.",
            field=f"number-{shown - 1}",
        )
    raw = {"kind": row["kind"], "use": row["use"], **{name: _number(row[name]) for name in FIGURES}}
    for number in range(first, last + 1):
        yield storey_of({**raw, "number": number}, f"{shown}")


def _number(raw: str) -> str | None:
    return latin_digits(raw.strip()).translate(_SIGNS).strip() or None


def _runs(storeys: Sequence[Storey]) -> list[list[Storey]]:
    """Rows that follow each other and differ in their number alone; a storey of several rows stays apart."""
    shared = {row.number for row in storeys if sum(other.number == row.number for other in storeys) > 1}
    runs: list[list[Storey]] = []
    for row in storeys:
        last = runs[-1][-1] if runs else None
        alike = last is not None and replace(last, number=row.number) == row and row.number == last.number + 1
        if alike and last is not None and not {row.number, last.number} & shared:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _values(run: Sequence[Storey]) -> dict[str, str]:
    first, last = run[0], run[-1]
    number = str(first.number) if first is last else f"{first.number}-{last.number}"
    figures = {name: _plain(getattr(first, name)) for name in FIGURES}
    return {"kind": first.kind.value, "number": number, "use": first.use, **figures}


def _plain(raw: Any) -> str:
    if raw is None:
        return ""
    text = f"{raw:f}" if not isinstance(raw, int) else str(raw)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numbered(rows: Sequence[Mapping[str, str]]) -> list[FormRow]:
    blank = dict.fromkeys(FIELDS, "")
    spare = [{**blank, "kind": StoreyKind.TYPICAL.value}] * max(0, min(SPARE_ROWS, MOST_ROWS - len(rows)))
    shown = [*rows, *spare] if rows else [*_first_rows(), *spare]
    return [FormRow(n, row) for n, row in enumerate(shown)]


def _first_rows() -> list[dict[str, str]]:
    blank = dict.fromkeys(FIELDS, "")
    return [{**blank, "kind": "PILOTIS"}, {**blank, "kind": "TYPICAL"}]
