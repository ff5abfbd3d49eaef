"""The house stays small: files p95 ≤ 150 lines, functions p95 ≤ 30 lines (4-style, habit 9)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("apps", "gis_layers", "detailed_plan", "heritage_zones", "frontend", "tools")
FILES = sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py") if "migrations" not in p.parts)


def p95(lengths: list[int]) -> int:
    return sorted(lengths)[int(len(lengths) * 0.95)]


def functions(path: Path) -> list[int]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, kinds)]
    return [(n.end_lineno or n.lineno) - n.lineno + 1 for n in nodes]


def test_files_are_short():
    lengths = [len(p.read_text(encoding="utf-8").splitlines()) for p in FILES]
    assert p95(lengths) <= 150
    assert max(lengths) <= 300


def test_functions_are_short():
    lengths = [n for p in FILES for n in functions(p)]
    assert len(lengths) > 500
    assert p95(lengths) <= 30


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "misc.py", "utils2.py"])
def test_no_drawer_for_odds_and_ends(name):
    assert not [p for p in FILES if p.name == name]
