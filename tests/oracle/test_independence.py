"""The oracle shares no code with the product: one file may ask it, the others may not even see it."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PRODUCT = {"apps", "gis_layers", "detailed_plan", "heritage_zones", "frontend", "tools"}
DOOR = "black_box.py"
ASKERS = {DOOR, "checking.py", "__main__.py"}
"""Who may talk to the door; the oracle itself may not."""


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative imports hide where they lead"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


FILES = sorted(HERE.glob("*.py"))


@pytest.mark.parametrize("path", [f for f in FILES if f.name != DOOR], ids=lambda f: f.name)
def test_no_file_but_the_door_imports_the_product(path: Path) -> None:
    names = imported(path)
    assert not {n for n in names if n.split(".")[0] in PRODUCT}
    assert not {n for n in names if n.startswith("tests.") and not n.startswith("tests.oracle")}
    if path.name not in ASKERS and not path.name.startswith("test_"):
        assert not {n for n in names if "black_box" in n or "checking" in n or n.startswith("django")}


def test_the_oracle_stands_on_geometry_and_the_standard_library() -> None:
    names = {n.split(".")[0] for f in FILES if f.name != DOOR and not f.name.startswith("test_") for n in imported(f)}
    assert names & {"geopandas", "shapely", "jdatetime"} == {"geopandas", "shapely", "jdatetime"}
    assert not names & {"psycopg", "sqlite3", "simpleeval", "importlib", "subprocess"}
