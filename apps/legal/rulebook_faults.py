"""Faults of a decision table: each with its cell in both languages, and one refusal that lists them all. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.common.errors import IntakeError
from apps.common.text import Text

SHOWN = 10
"""As many faults stand in the message; all of them stand in `details.faults`."""
_LETTERS = 26
_COUNTED, _MORE = Text("ایراد؛ چیزی ثبت نشد", "faults; nothing was taken in"), Text("ایراد دیگر", "more")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell. `line`: row of the spreadsheet, header 1; `place`: position of the column, from 0."""

    file: str
    line: int
    column: str
    place: int
    text: Text

    @property
    def cell(self) -> str:
        """The cell's address, like F12."""
        return address(self.place, self.line)

    @property
    def where(self) -> Text:
        """The address with row and column, for people."""
        return Text(
            fa=f"خانهٔ \u2068{self.cell}\u2069 (سطر {self.line}، ستون \u2068{self.column}\u2069)",
            en=f"cell {self.cell} (row {self.line}, column {self.column})",
        )

    def as_dict(self) -> dict[str, Any]:
        """{"file", "row", "column", "cell", "text": {fa, en}}."""
        place = {"file": self.file, "row": self.line, "column": self.column, "cell": self.cell}
        return {**place, "text": self.text.as_dict()}


def address(place: int, line: int) -> str:
    """Column position (from 0) and row → 'F12', 'AA3'."""
    letters = ""
    while place >= 0:
        place, rest = divmod(place, _LETTERS)
        letters = chr(ord("A") + rest) + letters
        place -= 1
    return f"{letters}{line}"


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """By row, then by column; the same fault once."""
    return tuple(sorted(dict.fromkeys(faults), key=lambda f: (f.line, f.place)))


def refusal(faults: Iterable[Fault]) -> IntakeError:
    """The error for these faults (one at least): the first ones in words, all of them in `details.faults`."""
    listed = in_order(faults)
    first = listed[0]
    return IntakeError(
        fa=_words([f"{f.where.fa}: {f.text.fa}" for f in listed], f"«{first.file}»", _COUNTED.fa, _MORE.fa),
        en=_words([f"{f.where.en}: {f.text.en}" for f in listed], f"“{first.file}”", _COUNTED.en, _MORE.en),
        **{name: value for name, value in first.as_dict().items() if name != "text"},
        faults=[fault.as_dict() for fault in listed],
    )


def _words(said: list[str], file: str, counted: str, more: str) -> str:
    if len(said) == 1:
        return f"{file}, {said[0]}"
    rest = [f"… +{len(said) - SHOWN} {more}"] if len(said) > SHOWN else []
    return "\n".join([f"{file}: {len(said)} {counted}.", *said[:SHOWN], *rest])
