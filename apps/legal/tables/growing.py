"""Expressions that only add, multiply and compare, made ready to be worked out for very many parcels. Pure.

The same value as `values.valued` gives (a property test holds them together), without its sentence.
"""

import ast
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from apps.legal.answers import FactValue
from apps.legal.subject_list import Direction
from apps.legal.tables import expressions
from apps.legal.tables.values import CENT, FACT

Working = Callable[[Mapping[str, FactValue]], Decimal | None]


@lru_cache(maxsize=1024)
def working(cell: str, direction: Direction) -> Working:
    """Facts → the value of the cell; None where a fact is not a number. For cells that `reads` finds contained."""
    if cell.startswith(FACT):
        name = cell.removeprefix(FACT)
        return lambda facts: _number(facts.get(name))
    expression = expressions.parse(cell)
    value = _made(ast.parse(expression.text, mode="eval").body)
    rounding = ROUND_FLOOR if direction is Direction.MAX else ROUND_CEILING

    def worked_out(facts: Mapping[str, FactValue]) -> Decimal | None:
        if any(not isinstance(facts.get(name), Decimal) for name in expression.names):
            return None
        return value(facts).quantize(CENT, rounding).normalize() + 0

    return worked_out


def _number(value: FactValue) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _known(value: FactValue) -> Decimal:
    if not isinstance(value, Decimal):
        raise TypeError(f"{value!r} is no number")
    return value


def _made(node: ast.AST) -> Callable[[Mapping[str, FactValue]], Decimal]:
    if isinstance(node, ast.Constant):
        fixed = Decimal(str(node.value))
        return lambda _facts: fixed
    if isinstance(node, ast.Name):
        name = node.id
        return lambda facts: _known(facts[name])
    if isinstance(node, ast.BinOp):
        left, right = _made(node.left), _made(node.right)
        if isinstance(node.op, ast.Add):
            return lambda facts: left(facts) + right(facts)
        if isinstance(node.op, ast.Mult):
            return lambda facts: left(facts) * right(facts)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        parts, chosen = [_made(argument) for argument in node.args], {"min": min, "max": max}[node.func.id]
        return lambda facts: chosen(part(facts) for part in parts)
    raise ValueError(f"{ast.dump(node)} does not only grow")
