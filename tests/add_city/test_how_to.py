"""docs/how-to/add-a-city.md is followed word for word: its ```sh blocks, in order, in a copy of the code.

The template, in metres from (730000, 3790000); every number below is worked out from this drawing and the rulebook:

y
48 ┌─────┬──┊──┬──────────┐   201 LOW        202 half LOW, half HIGH      203 where the zone map does not speak
   │ 201 │ 2┊2 │   203    │   widths 10, not known (−1 in the file), 20
28 └─────┴──┊──┴──────────┘
      street┊
20 ┌─────┬──┊──┬──────────┐   101 LOW        102 half LOW, half HIGH      103 HIGH
   │ 101 │ 1┊2 │   103    │   widths 10, 10, 20
 5 │┈┈┈┈┈│┈┈┊┈┈│┈┈┈┈┈┈┈┈┈┈│   below: flood strip
 0 └─────┴──┊──┴──────────┘
   0    10 15 20         40  x
"""

import json
import re
import tomllib
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.add_city.checkout import ROOT, TEMPLATE, copy_checkout, shell

pytestmark = pytest.mark.slow
HOW_TO = ROOT / "docs" / "how-to" / "add-a-city.md"
NAME = "third_city"
BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
NOT_KNOWN = "not known"
# parcel: storeys, coverage, front setback
EXPECTED = {
    "101": (2, 60, 1.5),  # LOW; max(1.5, 0.1 * 10 = 1)
    "102": (2, 50, 1.5),  # strictest of LOW 2, HIGH on 10 * 20 = 200 < 300 m² 3; of 60 and 50
    "103": (3, 50, 2),  # HIGH on 20 * 20 = 400 m²: 4, but 3 in the flood strip; max(1.5, 0.1 * 20)
    "201": (2, 60, 1.5),
    "202": (2, 50, NOT_KNOWN),
    "203": (NOT_KNOWN, NOT_KNOWN, 2),
}


def commands() -> str:
    """Every ```sh block of the how-to, joined."""
    blocks = BLOCK.findall(HOW_TO.read_text(encoding="utf-8"))
    assert len(blocks) >= 5
    return "".join(line.removeprefix("   ") for block in blocks for line in block.splitlines(keepends=True))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Parcel → its extract, as the last command of the how-to wrote them down."""
    folder = copy_checkout(tmp_path_factory.mktemp("newcomer"))
    name = f"{NAME}_{uuid.uuid4().hex[:8]}"  # two runs may share a server
    try:
        done = shell(commands().replace(NAME, name), cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
        lines = (folder / "extracts.json").read_text(encoding="utf-8").splitlines()
    finally:
        shell(f"dropdb --force --if-exists {name}", cwd=folder)
    told = [json.loads(line) for line in lines]
    assert {t["city"]["code"] for t in told} == {name}
    return {t["parcel"]["code"]: t for t in told}


def toml_of(name: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATE / f"{name}.toml").read_text(encoding="utf-8"))


def subject(extract: dict[str, Any], code: str) -> dict[str, Any]:
    return next(s for s in extract["subjects"] if s["code"] == code)


def value(extract: dict[str, Any], code: str) -> object:
    found = subject(extract, code)
    return NOT_KNOWN if found["outcome"] == "not_known" else found["value"]


def test_it_answers_what_the_drawing_says(answers: dict[str, Any]) -> None:
    told = {
        code: tuple(value(extract, s) for s in ("max_storeys", "max_coverage", "front_setback"))
        for code, extract in answers.items()
    }
    assert told == EXPECTED


def test_a_parcel_in_two_zones_has_its_parts(answers: dict[str, Any]) -> None:
    coverage = subject(answers["102"], "max_coverage")
    assert {p["zone"]["code"]: (p["value"], p["zone"]["share_pct"]) for p in coverage["parts"]} == {
        "LOW": (60, 50),
        "HIGH": (50, 50),
    }
    assert coverage["policy"]["name"] == "by_part"


def test_facts_come_from_the_keys_of_the_city(answers: dict[str, Any]) -> None:
    told = {f["name"]: f["value"] for f in answers["103"]["facts"]}
    # 400 m² less the strip of 20 × 5; only `corner` is kept of what the house knows of a parcel's record
    assert told == {
        "plot_m2": 400,
        "permit_kind": "NEW",
        "corner": True,
        "lot_width": 20,
        "flood": True,
        "dry_m2": 300,
    }
    assert [s["code"] for s in answers["103"]["subjects"]] == [
        "max_storeys",
        "max_coverage",
        "front_setback",
        "min_parking",
    ]


def test_what_the_zone_map_leaves_out_is_not_known_and_an_office_is_named(answers: dict[str, Any]) -> None:
    away = answers["203"]
    assert [t["theme"] for t in away["themes"]["not_known"]] == ["zone"]
    assert [t["theme"] for t in away["themes"]["does_not_apply"]] == ["flood"]
    asked = [(u["why"], u["office"]["code"]) for u in subject(away, "max_storeys")["unknown"]]
    assert asked == [("outside_coverage", "planning")]
    asked = [(u["why"], u["office"]["code"]) for u in subject(answers["202"], "front_setback")["unknown"]]
    assert asked == [("fact_unknown", "district")]


def test_it_says_that_it_is_invented(answers: dict[str, Any]) -> None:
    assert all(e["synthetic"] and e["sample_rules"] for e in answers.values())
    assert {e["city"]["name"]["en"] for e in answers.values()} == {"Third City"}


def test_the_table_of_the_how_to_is_the_one_worked_by_hand() -> None:
    rows = re.findall(r"^ *\| (\d{3}) \|[^|]*\| ([^|]+) \|", HOW_TO.read_text(encoding="utf-8"), re.MULTILINE)
    assert {code: storeys.split(",")[0] for code, storeys in rows} == {c: str(e[0]) for c, e in EXPECTED.items()}


def test_no_database_is_left_behind(answers: dict[str, Any], tmp_path: Path) -> None:
    code = answers["101"]["city"]["code"]
    listed = shell('psql -tAc "SELECT datname FROM pg_database" postgres', cwd=tmp_path)
    assert "postgres" in listed.stdout.split()
    assert code not in listed.stdout.split()


def test_the_template_is_no_city_that_is_offered() -> None:
    told = toml_of("city")
    assert TEMPLATE.name.startswith("_")
    assert told["synthetic"]
    assert told["sample_rules"]
    entries = [e for n in ("edition", "rulebook") for e in toml_of(f"{n}s")[n]]
    assert all(e["sample"] for e in entries)


def test_every_key_of_the_template_is_explained() -> None:
    said = HOW_TO.read_text(encoding="utf-8")
    keys = toml_of("city")
    assert [k for k in keys if f"`{k}`" not in said and f"[{k}" not in said] == []
    assert [k for k in keys["files"] if f"[files.{k}]" not in said] == []
    for name, kind in (("themes", "theme"), ("editions", "edition"), ("rulebooks", "rulebook"), ("acts", "act")):
        missing = {k for entry in toml_of(name)[kind] for k in entry if f"`{k}`" not in said and f"{k} = " not in said}
        assert missing - {"style"} == set(), name
