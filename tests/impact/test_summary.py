"""Sums of an impact table against the parcels themselves, and lines that lead back to exactly these."""

from hypothesis import given
from hypothesis import strategies as st

from apps.impact.summary import MOST_LINES, Counted, summarize
from apps.impact.transitions import lines

PLACES = st.sampled_from(
    [{"outcome": "applies", "codes": ["A"]}, {"outcome": "not_known", "codes": [], "why": ["gap_in_layer"]}]
)
TOLDS = st.sampled_from(
    [{"outcome": "value", "value": n} for n in (2, 3, 4.5)]
    + [
        {"outcome": "not_known", "value": None, "bound": 3, "why": [["no_rule", "planning"]]},
        {"outcome": "none", "value": None},
    ]
)
DUTIES = st.lists(st.sampled_from([["consultation", "fire"], ["forbidden", "NEW"]]), max_size=2, unique_by=tuple)
CHANGES = st.fixed_dictionaries(
    {
        "themes": st.dictionaries(st.sampled_from(["height", "use"]), st.tuples(PLACES, PLACES)),
        "subjects": st.dictionaries(st.sampled_from(["max_storeys", "max_height"]), st.tuples(TOLDS, TOLDS)),
        "gone": DUTIES,
        "new": DUTIES,
    }
)
PARCELS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([None, 1, 3]), st.integers(1, 10**6)), max_size=30)


@given(changes=st.lists(CHANGES, min_size=6, max_size=6), parcels=PARCELS)
def test_every_number_is_the_number_of_its_parcels(changes, parcels):
    numbered = {n: ("NEW" if n % 2 else "REPAIR", change) for n, change in enumerate(changes)}
    counts = [Counted(change, district, 1, dm2) for change, district, dm2 in parcels]
    found = summarize(numbered, counts)
    assert sum(kind["parcels"] for kind in found.values()) == len(parcels)
    for kind, whole in found.items():
        for group in whole["groups"]:
            for line in group["lines"]:
                behind = [p for p in parcels if numbered[p[0]][0] == kind and _counts(line["key"], *numbered[p[0]])]
                assert line["parcels"] == len(behind)
                assert line["area_m2"] == sum(dm2 for _, _, dm2 in behind) / 100
                assert sum(d["parcels"] for d in line["districts"].values()) == len(behind)
            assert sum(c["parcels"] for c in group["courses"].values()) == sum(n["parcels"] for n in group["lines"])


def _counts(key: str, kind: str, change: dict) -> bool:
    return any(line.key == key for line in lines(kind, change))


def test_what_is_computed_from_every_plot_is_added_up():
    changes = {
        n: (
            "NEW",
            {"themes": {}, "subjects": {"light_well_main_area": [_told(n), _told(n + 1)]}, "gone": [], "new": []},
        )
        for n in range(MOST_LINES + 5)
    }
    (group,) = summarize(changes, [Counted(n, 3, 2, 100) for n in changes])["NEW"]["groups"]
    assert (len(group["lines"]), group["more_lines"]) == (MOST_LINES, 5)
    assert group["courses"] == {
        "more": {"parcels": 2 * (MOST_LINES + 5), "area_m2": MOST_LINES + 5, "lines": MOST_LINES + 5}
    }


def _told(value: int) -> dict:
    return {"outcome": "value", "value": value}


def test_a_consultation_is_not_gone_where_the_layer_is_not_known_any_more():
    """A suspended plan takes its rules along: nobody can say that the fire department need not be asked."""
    known, unknown = {"outcome": "applies", "codes": ["H4"]}, {"outcome": "not_known", "codes": []}
    change = {
        "themes": {"height_code": (known, unknown)},
        "subjects": {},
        "gone": [["consultation", "fire"]],
        "new": [],
    }
    courses = {line.name: line.course for line in lines("NEW", change)}
    assert courses["consultation:fire"] == "doubt"
    other = {**change, "themes": {"height_code": (known, {"outcome": "applies", "codes": ["H2"]})}}
    assert {line.name: line.course for line in lines("NEW", other)}["consultation:fire"] == "gone"
