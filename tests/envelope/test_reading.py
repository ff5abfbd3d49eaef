"""From an extract document to limits in metres, and what a city package says about envelopes."""

from decimal import Decimal

import pytest

from apps.common.units import Units
from apps.envelope.city_rules import CutTheme, envelope_rules
from apps.envelope.reading import read
from apps.envelope.zones import Piece

ACT = {"kind": "promulgate", "number": "7"}
BOOK = {"code": "book", "title": {"fa": "کتاب", "en": "Book"}, "act": ACT}
TABLE = {
    "envelope": {
        "storey_height": 10,
        "plot_fact": "net",
        "ground_storey": True,
        "base": {"height": 8, "label": {"fa": "پا", "en": "Base"}, "counted": True},
        "cut_outs": [{"theme": "widening", "subject": "front_setback", "ceded": True}],
    }
}


def both(text):
    return {"fa": f"ف {text}", "en": text}


def zone(feature, theme="height", code="H4"):
    return {"theme": theme, "code": code, "label": both(code), "feature": feature, "area_m2": 1, "edition": "older"}


def candidate(value, *, at=None, row="r"):
    return {
        "value": value,
        "won": True,
        "explain": both("because"),
        "rulebook": BOOK,
        "article": "8-1",
        "row": row,
        "zone": at,
    }


def subject(code, value, *, unit="m", outcome="value", bound=None, candidates=None, unknown=(), **more):
    return {
        "code": code, "label": both(code), "unit": unit, "outcome": outcome, "value": value, "bound": bound,
        "candidates": [candidate(value)] if candidates is None else candidates, "unknown": list(unknown), **more,
    }  # fmt: skip


def document(*subjects, themes=None, facts=(("net", 180.5),), duties=()):
    lists = {"applies": [], "does_not_apply": [{"theme": "widening", "zones": [], "unknown": []}], "not_known": []}
    return {
        "subjects": list(subjects),
        "themes": {**lists, **(themes or {})},
        "facts": [{"name": name, "value": value} for name, value in facts],
        "duties": list(duties),
    }


RULES = envelope_rules(TABLE, Units())


def test_lengths_are_brought_into_metres():
    law = read(document(subject("max_height", 35, unit="ft"), subject("max_storeys", 2.5, unit="storey")), RULES).law
    assert law.limit("max_height").value == Decimal("10.668")
    assert law.limit("max_storeys").value == Decimal("2.5")
    assert law.limit("front_setback").state == "none"


def test_the_table_of_the_city_is_in_the_citys_unit():
    rules = envelope_rules(TABLE, Units(length="ft", area="ac"))
    assert rules.building.storey_height == Decimal("3.0480")
    assert (rules.building.base.height, rules.building.base.counted) == (Decimal("2.4384"), True)
    assert rules.cut_outs == (CutTheme("widening", "front_setback", ceded=True),)
    bare = envelope_rules({}, Units())
    assert (bare.building.storey_height, bare.building.base, bare.plot_fact) == (None, None, "plot_m2")
    with pytest.raises(KeyError):
        envelope_rules({"envelope": {"base": {"height": 3}}}, Units())


def test_a_limit_knows_its_provision():
    made = read(document(subject("max_height", 9)), RULES).law.limit("max_height").provision
    assert (made.rulebook, made.article, made.row, made.text.en, made.act) == ("book", "8-1", "r", "because", ACT)


def test_what_is_not_known_keeps_its_bound_and_its_office():
    why = {"why": "fact_unknown", "text": both("no width"), "office": {"code": "district"}}
    unknown = subject("max_storeys", None, unit="storey", outcome="not_known", bound=3, candidates=[], unknown=[why])
    limit = read(document(unknown), RULES).law.limit("max_storeys")
    assert (limit.state, limit.value, limit.provision) == ("not_known", Decimal(3), None)
    assert (limit.doubts[0].text.en, limit.doubts[0].office["code"]) == ("max_storeys: no width", "district")


@pytest.mark.parametrize("value", [None, True, ["RES"], "words"])
def test_what_is_no_number_is_no_limit(value):
    assert read(document(subject("max_storeys", value)), RULES).law.limit("max_storeys").value is None


def test_the_plot_is_the_fact_that_the_city_names():
    assert read(document(), RULES).plot_m2 == Decimal("180.5")
    assert read(document(facts=(("net", None),)), RULES).plot_m2 is None
    assert read(document(facts=(("plot_m2", 200),)), RULES).plot_m2 is None  # never another one instead


def test_zones_that_are_cut_out_name_the_row_that_speaks_of_them():
    here = zone(5, "widening", "W")
    themes = {"does_not_apply": [], "applies": [{"theme": "widening", "zones": [here], "unknown": []}]}
    own = subject("front_setback", 2, candidates=[candidate(1), candidate(2, at=here, row="own")])
    cuts = read(document(own, themes=themes), RULES).cuts
    assert [(c.feature, c.ceded, c.provision.row) for c in cuts] == [(5, True, "own")]
    duty = {
        "code": "cede",
        "text": both("is ceded"),
        "rulebook": BOOK,
        "article": "10-2",
        "zone": zone(5, "widening", "W"),
    }
    cuts = read(document(themes=themes, duties=[duty]), RULES).cuts
    assert (cuts[0].provision.article, cuts[0].provision.text.en) == ("10-2", "is ceded")
    silent = read(document(subject("front_setback", 0), themes=themes, duties=[{**duty, "zone": None}]), RULES)
    assert silent.cuts[0].provision is None
    assert silent.features == (5,)


def test_a_cut_theme_that_is_not_known_leaves_a_doubt():
    why = {"why": "gap_in_layer", "text": both("a gap"), "office": {"code": "district"}}
    open_theme = {"theme": "widening", "label": both("Widening"), "zones": [zone(9, "widening", "W")], "unknown": [why]}
    found = read(document(themes={"does_not_apply": [], "not_known": [open_theme]}), RULES)
    assert [d.text.en for d in found.law.doubts] == ["Widening: a gap"]
    assert [c.feature for c in found.cuts] == [9]


def test_a_cut_theme_that_nobody_heard_of_leaves_a_doubt():
    found = read(document(themes={"does_not_apply": []}), RULES)
    assert [d.why for d in found.law.doubts] == ["theme_missing"]


def test_parts_have_their_own_values_where_the_policy_says_so():
    zones = [zone(1), {**zone(2), "edition": "newer"}, zone(3, code="H2")]
    editions = [{"instrument": "newer"}, {"instrument": "older"}]
    heights = {"theme": "height", "zones": zones, "editions": editions, "unknown": []}
    themes = {"applies": [heights, {"theme": "use", "zones": [zone(8, "use", "H4")], "editions": [], "unknown": []}]}
    said = {
        "candidates": [candidate(2, at=zone(3, code="H2"), row="H2"), candidate(4, at=zone(1), row="H4")],
        "policy": {"name": "by_part"},
        "parts": [
            {"zone": zone(1), "value": 4},
            {"zone": zone(3, code="H2"), "value": 2},
            {"zone": zone(9, code="X"), "value": None},
        ],
    }  # fmt: skip
    parts = read(document(subject("max_storeys", 2, **said), themes=themes), RULES).parts
    assert [(p.value, p.pieces, p.provision.row) for p in parts] == [
        (4, (Piece(1, (2,)), Piece(2)), "H4"),  # what the newer edition holds is not the older one's
        (2, (Piece(3, (2,)),), "H2"),
    ]
    assert read(document(subject("max_storeys", 2, **said), themes=themes), RULES).features == (1, 2, 3)
    strictest = {**said, "policy": {"name": "strictest"}}
    assert read(document(subject("max_storeys", 2, **strictest), themes=themes), RULES).parts == ()
    assert read(document(subject("max_storeys", None, outcome="not_known", **said), themes=themes), RULES).parts == ()
    other = {**said, "candidates": [candidate(4), candidate(9, at=zone(1))]}
    assert read(document(subject("max_storeys", 2, **other), themes=themes), RULES).parts[0].provision is None
