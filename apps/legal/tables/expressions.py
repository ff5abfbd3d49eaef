"""Value cells that are computed: `=max(5, 0.1*lot_width)`. Exact decimals over facts, by simpleeval. Pure.

Allowed: + - * / ( ), min and max of two or more, numbers, names of facts. Nothing else is read.
"""

import ast
import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from simpleeval import InvalidExpression, SimpleEval

from apps.common.text import latin_digits

MARK = "="
_LONGEST = 200
_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
}
_NAME, _TIMES = re.compile(r"[a-z][a-z0-9_]*"), re.compile(r" ?[*] ?")
_FUNCTIONS = {"min": min, "max": max}
_READ = (ast.Expression, ast.Expr, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Constant, ast.Load, *_OPERATORS)


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: its text without the mark, and the names of the facts it asks, sorted."""

    text: str
    names: tuple[str, ...]


def is_expression(cell: str) -> bool:
    """Whether a value cell is to be computed."""
    return cell.strip().startswith(MARK)


@lru_cache(maxsize=1024)
def parse(cell: str) -> Expression:
    """The expression of a cell. Raises ValueError that says what cannot be read."""
    text = latin_digits(cell.strip().removeprefix(MARK).strip())
    if not text or len(text) > _LONGEST:
        raise ValueError(f"“{cell}”: an expression has 1 to {_LONGEST} characters")
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise ValueError(f"“{cell}” cannot be read: {error.msg}") from error
    for node in ast.walk(tree):
        _check(node, cell)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return Expression(text=text, names=tuple(sorted(names - called)))


def evaluate(expression: Expression, facts: Mapping[str, Decimal]) -> Decimal:
    """The exact value. Raises ValueError where it cannot be computed (division by zero, a fact missing)."""
    reader = SimpleEval(operators=_OPERATORS, functions=_FUNCTIONS, names=dict(facts))
    reader.nodes[ast.Constant] = _exact
    try:
        found = reader.eval(expression.text)
    except (InvalidExpression, InvalidOperation, ZeroDivisionError, TypeError) as error:
        raise ValueError(f"“{expression.text}” cannot be computed: {error}") from error
    if not isinstance(found, Decimal) or not found.is_finite():
        raise ValueError(f"“{expression.text}” gives {found!r}, which is no number")
    return found


def only_grows(expression: Expression) -> bool:
    """Whether it only adds, multiplies and compares: it then never falls while its facts rise from 0 on."""
    tree = ast.parse(expression.text, mode="eval")
    return not any(isinstance(node, ast.Sub | ast.Div | ast.USub) for node in ast.walk(tree))


def spelled(text: str, names: Mapping[str, str]) -> str:
    """A formula for people: facts by their names, a sign of multiplication. '4*units' → '4 × dwelling units'."""
    return _NAME.sub(lambda found: names.get(found[0], found[0]), _TIMES.sub(" × ", text))


def _exact(node: Any) -> Decimal:
    return Decimal(str(node.value))


def _check(node: ast.AST, cell: str) -> None:
    fault = _fault(node)
    if fault:
        raise ValueError(f"“{cell}”: {fault}")


def _fault(node: ast.AST) -> str:
    """What is wrong with one node of the tree; '' for nothing."""
    if not isinstance(node, _READ):
        return "only + - * / ( ), min, max, numbers and facts can be read"
    if isinstance(node, ast.Constant) and (isinstance(node.value, bool) or not isinstance(node.value, int | float)):
        return f"{node.value!r} is no number"
    if isinstance(node, ast.Call) and not _callable(node):
        return "only min(a, b, …) and max(a, b, …) can be called"
    return ""


def _callable(node: ast.Call) -> bool:
    named = isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS
    return named and len(node.args) > 1 and not node.keywords
