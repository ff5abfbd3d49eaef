"""Cells of a table: conditions with three truth values, and values that may ask facts. None = not known."""

import ast
import operator
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

Value = Decimal | bool | str
Facts = Mapping[str, Value | None]
"""A name that is missing is as unknown as one that is None."""

CENT = Decimal("0.01")
_MARKS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_EASTERN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


class UnknownFactError(Exception):
    """A value asks a fact that is not known; the argument is its name."""


def holds(when: Mapping[str, str], facts: Facts) -> bool | None:
    """True, False as soon as one condition fails, else None while one is open."""
    answers = [condition(cell, facts.get(name)) for name, cell in when.items()]
    if False in answers:
        return False
    return None if None in answers else True


def condition(cell: str, value: Value | None) -> bool | None:
    """One cell against one fact."""
    cell = cell.strip().translate(_EASTERN)
    if not cell:
        return True
    if value is None:
        return None
    if cell in ("yes", "no"):
        return value is (cell == "yes")
    if ".." in cell:
        return _in_range(cell, value)
    if cell.startswith("not "):
        return not _among(cell.removeprefix("not "), value)
    return _among(cell, value)


def _in_range(cell: str, value: Value) -> bool:
    low, high = (part.strip() for part in cell.split(".."))
    assert isinstance(value, Decimal), f"{value!r} is no number: {cell}"
    return (not low or Decimal(low) <= value) and (not high or value < Decimal(high))


def _among(cell: str, value: Value) -> bool:
    codes = [code.strip() for code in cell.split("|")]
    if isinstance(value, Decimal):
        return any(Decimal(code) == value for code in codes)
    return value in codes


def names_in(cell: str) -> set[str]:
    """The facts that a value cell asks."""
    if cell.startswith("fact:"):
        return {cell.removeprefix("fact:").strip()}
    if not cell.startswith("="):
        return set()
    return {n.id for n in ast.walk(_tree(cell)) if isinstance(n, ast.Name)} - {"min", "max"}


def number(cell: str, facts: Facts, *, strict: str) -> Decimal:
    """A number, `fact:NAME` or `=EXPRESSION`; `strict`: max rounds down, others up. Raises UnknownFactError."""
    for name in sorted(names_in(cell)):
        if facts.get(name) is None:
            raise UnknownFactError(name)
    if cell.startswith("fact:"):
        return _decimal(facts[cell.removeprefix("fact:").strip()])
    if not cell.startswith("="):
        return Decimal(cell.translate(_EASTERN))
    exact = _sum(_tree(cell).body, facts)
    return exact.quantize(CENT, ROUND_FLOOR if strict == "max" else ROUND_CEILING)


def _tree(cell: str) -> ast.Expression:
    return ast.parse(cell.removeprefix("=").strip().translate(_EASTERN), mode="eval")


def _sum(node: ast.expr, facts: Facts) -> Decimal:
    match node:
        case ast.Constant(value=int() | float() as plain):
            return Decimal(str(plain))
        case ast.Name(id=name):
            return _decimal(facts[name])
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_sum(inner, facts)
        case ast.BinOp(left=left, op=mark, right=right):
            both: Decimal = _MARKS[type(mark)](_sum(left, facts), _sum(right, facts))
            return both
        case ast.Call(func=ast.Name(id="min" | "max" as which), args=args):
            return (min if which == "min" else max)(_sum(arg, facts) for arg in args)
    raise ValueError(ast.dump(node))


def _decimal(value: Value | None) -> Decimal:
    if not isinstance(value, Decimal):
        raise TypeError(f"{value!r} is no number")
    return value
