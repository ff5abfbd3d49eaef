"""Cases that random cities meet too seldom, each held against composing every parcel twice.

x   -2  0     5     8 10 12 15          use:    A for x < 5, B from 5 on
    ├─ P1 ──────────┤                   P1: 70 % A · P2: 30 % A · P3: half and half · P4: all B
          ├──── P3 ──────┤
            ├─ P2 (2..12) ───┤
"""

from typing import Any

import pytest

from tests.impact import brute, fast
from tests.impact.random_city import DAY, Plan, build

ALL = (-100, 200)
PLACES = {"P1": -2, "P2": 2, "P3": 0, "P4": 20}
ONE = {"rows": [("A", *ALL)], "covers": ALL}
TWO = {"rows": [("A", -100, 5), ("B", 5, 200)], "covers": ALL}
OTHER = {"rows": [("B", -100, 5), ("C", 5, 200)], "covers": ALL}


def row(
    subject: str, value: str, *, zone: str = "", effect: str = "set", theme: str = "use", **when: str
) -> dict[str, Any]:
    name = f"{effect}-{subject}-{zone}-{value}-{'-'.join(when.values())}"[:40]
    return {
        "row": name,
        "subject": subject,
        "effect": effect,
        "theme": theme,
        "zone": zone,
        "value": value,
        "when": when,
    }


def heritage() -> list[dict[str, Any]]:
    subjects = ("max_storeys", "max_height", "max_density", "max_coverage", "max_coverage_ground", "min_plot")
    return [row(s, "9", zone="Z", effect="cap", theme="fabric") for s in subjects]


def plan(
    *rows: dict[str, Any],
    acts: list[tuple[str, str, bool]],
    layers: dict[str, Any] | None = None,
    size: int = 10,
    **parcel: Any,
) -> Plan:
    facts = {
        "deed_area_dm2": None,
        "passage_width_cm": 800,
        "corner": False,
        "existing_height_cm": 450,
        "consolidated": 1,
    }
    parcels = [{"at": (x, y), "size": size, **facts, **parcel} for y in (0, 1000) for x in PLACES.values()]
    for other in parcels[::2]:  # so that values computed from the passage differ between parcels alike in all else
        other["passage_width_cm"] = 600
    editions = {"height-1": ONE, "height-2": ONE, "use-1": TWO, "use-2": OTHER, "fabric-1": ONE, "fabric-2": ONE}
    editions |= layers or {}
    books = {"plan-1": list(rows), "plan-2": [row("max_density", "1")], "heritage-1": heritage()}
    return Plan(parcels, editions, books, acts)


MAJORITY = row("max_coverage", "majority", effect="policy")
TO_OTHER = [("use-2", "promulgate", False)]
CASES = {
    "the larger part decides": plan(
        MAJORITY, *(row("max_coverage", v, zone=z) for z, v in (("A", "2"), ("B", "3"), ("C", "4"))), acts=TO_OTHER
    ),
    "the larger part decides, values computed": plan(
        MAJORITY, row("max_coverage", "=0.06*plot_m2", zone="A"), row("max_coverage", "3", zone="B"),
        row("max_coverage", "fact:existing_height_m", zone="C"), acts=TO_OTHER,
    ),
    "the larger part of a part of the city": plan(
        MAJORITY, *(row("max_coverage", v, zone=z) for z, v in (("A", "2"), ("B", "3"), ("C", "4"))),
        acts=[("use-2", "promulgate", True)],
    ),
    "each part has its own": plan(
        row("max_coverage", "by_part", effect="policy"),
        *(row("max_coverage", v, zone=z) for z, v in (("A", "2"), ("B", "3"), ("C", "4"))), acts=TO_OTHER,
    ),
    "the share of a zone": plan(
        row("max_height", "3", zone="B", zone_share="0.5.."), row("max_height", "2", zone="B", zone_share="..0.5"),
        row("max_height", "4", zone="A"), row("max_height", "=10*zone_share", zone="C"), acts=TO_OTHER,
    ),
    "computed storeys, and what hangs on them": plan(
        row("max_storeys", "=0.5*passage_m"), row("max_storeys", "1", effect="reduce", plot_m2="..100"),
        row("max_height", "9", effect="derive", storeys="..4"), row("max_height", "15", effect="derive", storeys="4.."),
        {**row("", "fire", effect="require", storeys="4.."), "subject": ""},
        acts=[("plan-1", "replace", False), ("plan-2", "promulgate", False)],
    ),
    "one subject's computed value is another's fixed one": plan(
        row("max_storeys", "=max(2, 0.5*passage_m)"),
        *(row(s, v, zone=z) for s in ("min_frontage",) for z, v in
          (("A", "3"), ("B", "3"), ("C", "=0.06*plot_m2"))),
        acts=[("plan-1", "repeal", False)],
    ),
    "a formula that fails on some plots": plan(
        row("max_height", "=plot_m2-100"), row("max_storeys", "3", zone="A"), row("max_storeys", "2", zone="B"),
        acts=TO_OTHER, deed_area_dm2=9999,
    ),
    "the same code in two editions": plan(
        MAJORITY, row("max_coverage", "2", zone="A"), row("max_coverage", "3", zone="B", edition="use-1"),
        row("max_coverage", "5", zone="B", edition="use-2"), acts=[("use-2", "promulgate", True)],
    ),
    "zones beyond what their layer covers": plan(
        row("max_storeys", "2"), acts=[("fabric-2", "promulgate", False)],
        layers={"fabric-2": {"rows": [("B", *ALL)], "covers": (150, 200)}},
    ),
    "a gap that matters by its area alone": plan(
        row("max_storeys", "2"), acts=[("use-2", "promulgate", False)], size=20,
        layers={"use-2": {"rows": [("A", -100, 5), ("B", 5.1, 200)], "covers": ALL}},
    ),
    "a gap beside one zone that matters by its area alone": plan(
        row("max_storeys", "2"), acts=[("use-2", "promulgate", False)], size=20,
        layers={"use-2": {"rows": [("A", -100, 17.9)], "covers": ALL}},
    ),
    "law of a theme that had none": plan(row("max_storeys", "2", zone="A"), acts=[("use-1", "annul", False)]),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_equals_composing_every_parcel_twice(case):
    acts = build(case)
    found = fast.changes(acts=acts, on=DAY)
    assert found == brute.changes(acts=acts, on=DAY)
    assert found
