"""Clauses of an act about requests that are open when it works. Data on the act, read here. Pure.

The first clause that fits a request holds for it. Where none fits, the request is composed anew under what governs
then, or withdrawn.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Choice(StrEnum):
    """What the owner of a held request may choose."""

    CONTINUE = "continue"  # go on under the frozen extract
    RECOMPOSE = "recompose"  # a fresh extract takes its place
    WITHDRAW = "withdraw"


DEFAULT_CHOICES = (Choice.RECOMPOSE, Choice.WITHDRAW)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `filed_before`: only requests filed before this day (None = whenever filed, drafts too).

    `kinds`: only these permit kinds (() = all). `until`: last day on which CONTINUE may be chosen (None = no end).
    """

    choices: tuple[Choice, ...] = (Choice.CONTINUE, Choice.RECOMPOSE, Choice.WITHDRAW)
    filed_before: date | None = None
    kinds: tuple[str, ...] = ()
    until: date | None = None

    def fits(self, *, kind: str, filed_on: date | None) -> bool:
        """Whether the clause speaks of a request of this kind, filed on this day (None = a draft, not filed)."""
        if self.kinds and kind not in self.kinds:
            return False
        return self.filed_before is None or (filed_on is not None and filed_on < self.filed_before)

    def as_json(self) -> dict[str, Any]:
        """As it stands on the act."""
        return {
            "choices": [choice.value for choice in self.choices],
            "filed_before": self.filed_before.isoformat() if self.filed_before else None,
            "kinds": list(self.kinds),
            "until": self.until.isoformat() if self.until else None,
        }


def clause_of(raw: Mapping[str, Any]) -> Clause:
    """A clause from its JSON. Raises ValueError or KeyError for what is none."""
    return Clause(
        choices=tuple(Choice(choice) for choice in raw["choices"]),
        filed_before=date.fromisoformat(raw["filed_before"]) if raw.get("filed_before") else None,
        kinds=tuple(raw.get("kinds", ())),
        until=date.fromisoformat(raw["until"]) if raw.get("until") else None,
    )


def choices_for(clauses: Iterable[Clause], *, kind: str, filed_on: date | None, today: date) -> tuple[Choice, ...]:
    """What a request of this kind, filed on this day, may choose today."""
    for clause in clauses:
        if clause.fits(kind=kind, filed_on=filed_on):
            over = clause.until is not None and today > clause.until
            return tuple(c for c in clause.choices if not (over and c is Choice.CONTINUE))
    return DEFAULT_CHOICES
