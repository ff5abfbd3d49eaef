"""What a source says of a parcel, by its rulebooks in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle.cells import Facts
from tests.oracle.ground import NOT_KNOWN, Finding
from tests.oracle.package import Row
from tests.oracle.said import RefusedError, Said
from tests.oracle.speaker import DUTIES, Speaker
from tests.oracle.spots import LIMITS, spots
from tests.oracle.subjects import DIRECTIONS, spoken_for

TAKEN = {"heritage_zones": frozenset({"cap", "undecided", "policy", *DUTIES})}
STEPPED = ("max", "schedule")


def ask(
    source: str, rows: Sequence[Row], findings: Mapping[str, Finding], facts: Facts, city: Mapping[str, Any]
) -> Said:
    """One source. Without rows, or with a table that it refuses, all its subjects are not known."""
    owed = spoken_for(source, city)
    try:
        _check(source, rows)
    except RefusedError as error:
        return Said(silent={s: [str(error)] for s in owed})
    said = Said(policies=[r for r in rows if r.effect == "policy"])
    _silences(said, rows, findings, owed)
    speaking = [r for r in rows if r.effect != "policy"]
    for spot in spots(speaking, findings, facts):
        Speaker(said, spot, speaking, frozenset(city.get("inputs", {}))).speak()
    return said


def _check(source: str, rows: Sequence[Row]) -> None:
    if not rows:
        raise RefusedError("no rulebook in force")
    for row in rows:
        if row.effect not in TAKEN.get(source, {row.effect}):
            raise RefusedError(f"{row.row}: {row.effect} in {source}")
        if row.effect in ("reduce", "raise") and DIRECTIONS[row.subject] not in STEPPED:
            raise RefusedError(f"{row.row}: {row.effect} on {row.subject}")


def _silences(said: Said, rows: Sequence[Row], findings: Mapping[str, Finding], owed: Sequence[str]) -> None:
    limiting = [r for r in rows if r.effect in LIMITS]
    for subject in owed:
        if not any(r.subject == subject for r in limiting):
            said.silent[subject].append("no row limits it")
    for row in limiting:
        if row.theme and (row.theme not in findings or findings[row.theme].answer == NOT_KNOWN):
            said.silent[row.subject].append(f"theme {row.theme}")
