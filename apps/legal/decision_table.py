"""Condition cells of decision tables, judged with three truth values. Pure.

A cell is '' (no condition), '100..150' (half-open: from ≤ x < to), '..150', '150..', 'yes', 'no', 'A|B' or 'not A|B'.
A fact that is missing or None is unknown, and an unknown fact never makes a row hold.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from apps.common.text import latin_digits
from apps.legal.answers import Fact, FactValue, Provision

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
NOT = "not "
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Between:
    """low ≤ fact < high; None = no bound on that side."""

    low: Decimal | None
    high: Decimal | None

    def holds(self, value: FactValue) -> bool:
        """Whether a number lies in the range. Raises TypeError for a fact that is no number."""
        if not isinstance(value, Decimal):
            raise TypeError(f"The range {self} was asked of {value!r}, which is not a Decimal")
        return (self.low is None or self.low <= value) and (self.high is None or value < self.high)


@dataclass(frozen=True, slots=True)
class YesNo:
    """A fact that must be true, or must be false."""

    wanted: bool

    def holds(self, value: FactValue) -> bool:
        """Whether the fact is as wanted. Raises TypeError for a fact that is not yes or no."""
        if not isinstance(value, bool):
            raise TypeError(f"A yes/no condition was asked of {value!r}")
        return value is self.wanted


@dataclass(frozen=True, slots=True)
class OneOf:
    """A fact that must be one of these codes, or (`negated`) none; a number meets the options that are numbers."""

    options: frozenset[str]
    numbers: frozenset[Decimal]
    negated: bool = False

    def holds(self, value: FactValue) -> bool:
        """Whether the fact is among the options. Raises TypeError for a number when no option is one."""
        if isinstance(value, str):
            return (value in self.options) is not self.negated
        if isinstance(value, Decimal) and self.numbers:
            return (value in self.numbers) is not self.negated
        raise TypeError(f"The options {sorted(self.options)} were asked of {value!r}")


Condition = Between | YesNo | OneOf


@lru_cache(maxsize=4096)
def parse_condition(cell: str) -> Condition | None:
    """The condition a cell holds; None for an empty one. Raises ValueError that says what is readable."""
    text = latin_digits(cell.strip())
    if not text:
        return None
    if text in _YES_NO:
        return YesNo(wanted=_YES_NO[text])
    if ".." in text:
        return _range(text)
    return _options(text)


def _options(text: str) -> OneOf:
    options = tuple(part.strip() for part in text.removeprefix(NOT).split("|"))
    if not all(options) or text == NOT.strip():
        raise ValueError(f"“{text}” has an empty option: write A|B or not A|B")
    return OneOf(
        options=frozenset(options),
        numbers=frozenset(Decimal(o) for o in options if _NUMBER.fullmatch(o)),
        negated=text.startswith(NOT),
    )


def matches(provision: Provision, facts: Mapping[str, Fact]) -> bool | None:
    """Whether all conditions of the row hold: any False → False; else any unknown → None; else True.

    Raises ValueError for an unreadable cell, TypeError for a fact of another kind than the cell asks for.
    """
    answer: bool | None = True
    for name, cell in provision.when.items():
        verdict = _judge(cell, _value(facts, name))
        if verdict is False:
            return False
        if verdict is None:
            answer = None
    return answer


def unknown_facts(provision: Provision, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Names of the facts that this row asks for and that are not known, in the order of the table's columns."""
    return tuple(name for name, cell in provision.when.items() if cell.strip() and _value(facts, name) is None)


def _value(facts: Mapping[str, Fact], name: str) -> FactValue:
    fact = facts.get(name)
    return None if fact is None else fact.value


def _judge(cell: str, value: FactValue) -> bool | None:
    condition = parse_condition(cell)
    if condition is None:
        return True
    return None if value is None else condition.holds(value)


def _range(text: str) -> Between:
    low, _, high = (part.strip() for part in text.partition(".."))
    if not (low or high):
        raise ValueError(f"“{text}” bounds nothing: write 100..150, ..150 or 150..")
    bounds = Between(low=_bound(low, text), high=_bound(high, text))
    if bounds.low is not None and bounds.high is not None and bounds.low >= bounds.high:
        raise ValueError(f"“{text}” holds for no number: the first bound must be below the second")
    return bounds


def _bound(part: str, text: str) -> Decimal | None:
    if not part:
        return None
    if not _NUMBER.fullmatch(part):
        raise ValueError(f"“{text}” is not a range: write 100..150, ..150 or 150..")
    return Decimal(part)
