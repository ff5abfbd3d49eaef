"""The words in which a source answers."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from tests.oracle.package import Row

Offered = Decimal | frozenset[str] | str


class RefusedError(Exception):
    """A table that its source does not take; the source then fails as a whole."""


@dataclass(frozen=True)
class Candidate:
    """A value offered: a number, a set of codes, or the words of a schedule's row. `theme` '' = the whole parcel."""

    subject: str
    value: Offered
    row: Row
    cap: bool = False
    theme: str = ""
    code: str = ""


@dataclass
class Said:
    """Everything that sources say. `silent`: subject to the reasons why it is not known."""

    candidates: list[Candidate] = field(default_factory=list)
    silent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    duties: set[tuple[str, str, str]] = field(default_factory=set)
    policies: list[Row] = field(default_factory=list)

    def add(self, other: "Said") -> None:
        """Another source's words beside these."""
        self.candidates += other.candidates
        self.duties |= other.duties
        self.policies += other.policies
        for subject, reasons in other.silent.items():
            self.silent[subject] += reasons
