"""The whole answer for a parcel, a day, an instant and a permit kind, from files alone."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tests.oracle import law
from tests.oracle.cells import Value
from tests.oracle.facts import facts_of
from tests.oracle.governing import Governing, govern
from tests.oracle.ground import Finding, Ground
from tests.oracle.layers import Layer, Plot, layers
from tests.oracle.package import Package, Row, load
from tests.oracle.said import Said
from tests.oracle.tables import ask


@dataclass(frozen=True)
class Question:
    """A legal day, an instant of knowledge, a kind of permit."""

    on: date
    known_at: datetime
    permit_kind: str = "NEW"


@dataclass(frozen=True)
class Answer:
    """What the oracle says of one parcel."""

    findings: dict[str, Finding]
    facts: dict[str, Value | None]
    subjects: dict[str, Governing]
    duties: set[tuple[str, str, str]]
    silent: dict[str, list[str]]


class Oracle:
    """A city read from its package and its files."""

    def __init__(self, package: Package, files: dict[str, Layer]) -> None:
        self.package = package
        self.ground = Ground(package, files)

    @classmethod
    def of(cls, root: Path, folder: Path) -> "Oracle":
        """The package in `root` and the layers in `folder`."""
        package = load(root)
        return cls(package, layers(package, folder))

    def with_rules(self, package: Package) -> "Oracle":
        """The same ground under other rulebooks."""
        twin = Oracle.__new__(Oracle)
        twin.package, twin.ground = package, self.ground
        return twin

    def answer(self, plot: Plot, question: Question) -> Answer:
        """Everything that is compared."""
        findings = self.ground.findings(plot, on=question.on, known_at=question.known_at)
        facts = facts_of(plot, findings, self.package.city, self._kind(question))
        said = Said()
        for source in self.package.sources:
            said.add(ask(source, self._rows(source, question), findings, facts, self.package.city))
        return Answer(findings, facts, govern(said, findings), said.duties, said.silent)

    def _kind(self, question: Question) -> str | None:
        """A kind that no row of the day names, where rows tell kinds apart, is not known to the law."""
        cells = [
            row.when.get("permit_kind", "") for source in self.package.sources for row in self._rows(source, question)
        ]
        named = {kind.strip() for cell in cells for kind in cell.removeprefix("not ").split("|") if kind.strip()}
        return None if named and question.permit_kind not in named else question.permit_kind

    def _rows(self, source: str, question: Question) -> list[Row]:
        acts = law.known(self.package.acts, question.known_at)
        return [
            row
            for book, rows in self.package.rows.items()
            if self.package.source_of[book] == source and law.status(acts, book, question.on) == law.IN_FORCE
            for row in rows
        ]
