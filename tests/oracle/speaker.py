"""The rows of one spot, effect by effect, into what is said."""

from collections.abc import Sequence
from decimal import Decimal

from tests.oracle.cells import Facts, UnknownFactError, holds, names_in, number
from tests.oracle.package import Row
from tests.oracle.said import Candidate, Offered, Said
from tests.oracle.spots import LIMITS, Spot
from tests.oracle.strata import Stratum, stratum
from tests.oracle.subjects import DIRECTIONS

DUTIES = {"require": "consultation", "forbid": "forbidden", "duty": "duty", "document": "document", "warn": "warning"}
STOREYS = "storeys"


class Speaker:
    """One spot. `rows`: all rows of the source; `inputs`: the facts of a proposal."""

    def __init__(self, said: Said, spot: Spot, rows: Sequence[Row], inputs: frozenset[str]) -> None:
        self._said, self._spot, self._rows, self._inputs = said, spot, rows, inputs
        self._storeys = stratum(spot, "max_storeys") if spot.of("max_storeys", "set") else Stratum()
        self._unknown_here: set[str] = set()

    def speak(self) -> None:
        """All effects, lower strata first."""
        self._silent_rows()
        for subject in sorted({r.subject for r in self._spot.rows if r.effect == "set"}):
            {"schedule": self._schedule, "set": self._codes}.get(DIRECTIONS[subject], self._numbers)(subject)
        for subject in sorted({r.subject for r in self._spot.rows if r.effect == "derive"}):
            self._derive(subject)
        for row in self._spot.rows:
            if row.effect in ("cap", "undecided"):
                self._cap(row)
            elif row.effect in DUTIES and any(holds(row.when, f) is not False for f in self._possible(row)):
                self._said.duties.add((DUTIES[row.effect], row.value, row.article))

    def _silent_rows(self) -> None:
        spot = self._spot
        of_theme = [r for r in self._rows if r.theme == spot.theme]
        if spot.theme and not any(r.zone == spot.code for r in spot.rows):
            for row in of_theme:
                if row.effect in LIMITS:
                    self._unknown(row.subject, f"no row names {spot.code}")
            return
        owed = {r.subject for r in of_theme if r.effect == "set"}
        if spot.theme:
            owed |= {r.subject for r in spot.rows if r.effect in ("cap", "undecided")}
        for subject in owed:
            if all(holds(r.when, spot.facts) is False for r in spot.of(subject, "set", "cap", "undecided")):
                self._unknown(subject, f"no row for this case on {spot.theme} {spot.code}")

    def _numbers(self, subject: str) -> None:
        found = stratum(self._spot, subject)
        if found.doubt:
            self._unknown(subject, f"first stratum on {self._spot.theme} {self._spot.code}")
        for base in found.bases:
            self._offer(base.row, base.most)

    def _codes(self, subject: str) -> None:
        for row in self._spot.of(subject, "set"):
            answer = holds(row.when, self._spot.facts)
            if answer is None:
                self._unknown(subject, row.row)
            elif answer:
                self._offer(row, frozenset(code.strip() for code in row.value.split("|")))

    def _schedule(self, subject: str) -> None:
        for row in self._spot.of(subject, "set"):
            if holds(row.when, self._spot.facts) is not False:
                try:
                    self._offer(row, self._words(row))
                except UnknownFactError as error:
                    self._unknown(subject, f"{row.row} asks {error}")

    def _words(self, row: Row) -> Decimal | str:
        """A schedule's value: a number, free words, or a formula that waits for the proposal."""
        unknown = {n for n in names_in(row.value) if self._spot.facts.get(n) is None}
        if unknown - self._inputs:
            raise UnknownFactError(", ".join(sorted(unknown - self._inputs)))
        if unknown:
            return row.value.removeprefix("=").strip()
        try:
            return number(row.value, self._spot.facts, strict="schedule")
        except ArithmeticError:
            return row.value

    def _derive(self, subject: str) -> None:
        facts = {**self._spot.facts, STOREYS: self._storeys.most}
        rows = self._spot.of(subject, "derive")
        held = [r for r in rows if holds(r.when, facts)]
        offered = [self._number(r, facts) for r in held]
        doubt = any(holds(r.when, facts) is None for r in rows) or not all(offered)
        if doubt or not held or self._storeys.doubt or "max_storeys" in self._unknown_here:
            self._unknown(subject, f"second stratum on {self._spot.theme} {self._spot.code}")

    def _cap(self, row: Row) -> None:
        facts = {**self._spot.facts, STOREYS: None if self._storeys.doubt else self._storeys.most}
        answer = holds(row.when, facts)
        if answer is False:
            return
        if answer is None or row.effect == "undecided" or not self._number(row, facts, cap=True):
            self._unknown(row.subject, row.row)

    def _possible(self, row: Row) -> list[Facts]:
        """The facts for every number of storeys that there may be here."""
        least, most = self._storeys.least, self._storeys.most
        if STOREYS not in row.when or least is None or most is None:
            return [self._spot.facts]
        return [{**self._spot.facts, STOREYS: Decimal(n)} for n in range(int(least), int(most) + 1)]

    def _number(self, row: Row, facts: Facts, *, cap: bool = False) -> bool:
        try:
            value = number(row.value, facts, strict=DIRECTIONS[row.subject])
        except UnknownFactError:
            return False
        self._offer(row, value, cap=cap)
        return True

    def _offer(self, row: Row, value: Offered, *, cap: bool = False) -> None:
        self._said.candidates.append(Candidate(row.subject, value, row, cap, self._spot.theme, self._spot.code))

    def _unknown(self, subject: str, why: str) -> None:
        self._unknown_here.add(subject)
        self._said.silent[subject].append(why)
