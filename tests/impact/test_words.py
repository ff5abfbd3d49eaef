"""What tables and files say: values, codes, schedules, duties, in Persian and English; reasons beside them."""

from decimal import Decimal

import pytest

from apps.common.text import Text
from apps.impact.changes_json import change_json, digest
from apps.impact.differences import Change
from apps.impact.export import _plain
from apps.impact.said import Place, Told
from apps.impact.words import Names, name_of, told

KNOWN = Names(themes={"height_code": Text("کد ارتفاعی", "Height code")}, offices={"fire": Text("آتش‌نشانی", "Fire")})
TOLD = {
    "number": ({"outcome": "value", "value": 3}, "۳ طبقه", "3 storeys"),
    "bound": (
        {"outcome": "not_known", "value": None, "bound": 4},
        "نامعلوم (در هر حال ۴ طبقه)", "not known (in any case 4 storeys)",
    ),
    "open": ({"outcome": "not_known", "value": None}, "نامعلوم", "not known"),
    "none": ({"outcome": "none", "value": None}, "ضابطه‌ای نیست", "no rule"),
    "parts": (
        {"outcome": "value", "value": 3, "parts": [["A", 3], ["B", 4]]},
        "۳ طبقه (A: ۳ طبقه، B: ۴ طبقه)", "3 storeys (A: 3 storeys, B: 4 storeys)",
    ),
}  # fmt: skip
LISTS = {
    "codes": (["RES", "COM"], "RES, COM"),
    "nothing in common": ([], "nothing"),
    "a schedule": ([[1, [["unit_m2", "..75"]]], [2, []]], "1, 2"),
    "a long one": (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
}


@pytest.mark.parametrize(("value", "fa", "en"), TOLD.values(), ids=TOLD.keys())
def test_values(value, fa, en):
    assert told("subject", "max_storeys", value) == Text(fa, en)


@pytest.mark.parametrize(("value", "en"), LISTS.values(), ids=LISTS.keys())
def test_lists(value, en):
    assert told("subject", "permitted_use", {"outcome": "value", "value": value}).en == en


def test_themes_and_duties_by_name():
    assert told("theme", "height_code", {"outcome": "applies", "codes": ["H3", "H5"]}).en == "H3 + H5"
    assert told("theme", "height_code", {"outcome": "not_known", "codes": ["H3"]}).en == "not known (H3)"
    assert told("theme", "height_code", {"outcome": "does_not_apply", "codes": []}).en == "none"
    assert name_of("theme", "height_code", KNOWN).en == "Height code"
    assert name_of("open", "theme:height_code", KNOWN).en == "Height code"
    assert name_of("duty", "consultation:fire", KNOWN) == Text("استعلام از آتش‌نشانی", "Consultation: Fire")
    assert name_of("duty", "forbidden:NEW", KNOWN).en == "Forbidden work: NEW"


def test_a_change_as_json_and_its_digest():
    was = Told("value", (("2", (("units", "..3"),)), Decimal("1.50")), None, (("A", Decimal(3)),))
    would_be = Told("not_known", None, Decimal(3), (), (("no_rule", "planning"),))
    change = Change(
        "NEW", (("t", Place("applies", ("A",)), Place("not_known", (), ("gap_in_layer",))),), (("s", was, would_be),)
    )
    told_json = change_json(change)
    assert told_json["subjects"]["s"] == [
        {"outcome": "value", "value": [["2", [["units", "..3"]]], 1.5], "parts": [["A", 3]]},
        {"outcome": "not_known", "value": None, "bound": 3, "why": [["no_rule", "planning"]]},
    ]
    assert told_json["themes"]["t"][1] == {"outcome": "not_known", "codes": [], "why": ["gap_in_layer"]}
    assert digest("NEW", told_json) != digest("REPAIR", told_json)


@pytest.mark.parametrize("cell", ["=1+1", "+98", "-2", "@x"])
def test_no_cell_is_a_formula(cell):
    assert _plain(cell) == f"'{cell}"
    assert _plain("H3") == "H3"
