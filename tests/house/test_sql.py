"""Raw SQL has its room, and the two clocks are asked in one way only."""

import re
from pathlib import Path

from gis_layers.postgis_clocks import HOLDS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("apps", "gis_layers", "detailed_plan", "heritage_zones", "frontend")
FILES = [p for room in ROOMS for p in (ROOT / room).rglob("*.py") if "migrations" not in p.parts]


def test_the_clocks_are_asked_by_one_condition_that_walks_no_index():
    """A bare `legal @>` lets a prepared statement read every version in the city (see postgis_clocks)."""
    asking = [p.name for p in FILES if re.search(r"\b(legal|known) @>", p.read_text(encoding="utf-8"))]
    assert asking == ["postgis_clocks.py"]
    assert HOLDS.count("IS TRUE") == HOLDS.count("@>") == 2


def test_statements_are_written_in_their_room_only():
    verbs = re.compile(r"(\"\"\"|\")\s*(WITH \w+ AS|SELECT|INSERT INTO|UPDATE|DELETE FROM) [\w(*]", re.IGNORECASE)
    outside = [p for p in FILES if not p.name.startswith("postgis") and verbs.search(p.read_text(encoding="utf-8"))]
    assert [str(p.relative_to(ROOT)) for p in outside] == []
