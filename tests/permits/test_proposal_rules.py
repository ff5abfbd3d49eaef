"""Checks of a proposal, as tables: numbers in, three answers out."""

from dataclasses import replace
from decimal import Decimal

import pytest

from apps.legal.subject_list import ALL
from apps.permits.proposal import LevelFit, Measured, Proposal, Taken
from apps.permits.proposal_check import Outcome, Why
from apps.permits.proposal_rules import RULES, check_all
from tests.permits.answering import EVERYTHING, VOCABULARY, answer, candidate, fine, subject
from tests.permits.proposing import house, row

D = Decimal
FITS = Measured(
    footprint_m2=D(225), plot_m2=D(400), outside_parcel_m2=D(0), envelope="value", outside_m2=D(0),
    outside_sure_m2=D(0), levels=(LevelFit(D(0), D(225)),) * 5, ground_storey=True,
)  # fmt: skip


def check(code, value, proposal=None, measured=FITS, **more):
    """The check of one subject with this value."""
    document = answer(subject(code, value, **more))
    found = check_all(proposal or house(), measured, document, VOCABULARY)
    return next(c for c in found.checks if c.code == code)


def said(*args, **more):
    return check(*args, **more).outcome.value


def test_no_subject_of_the_vocabulary_is_left_out():
    assert set(RULES) == {s.code for s in ALL}
    found = check_all(house(), FITS, answer(), {s.code: s for s in ALL})
    assert {c.code for c in found.checks} >= {s.code for s in ALL}


@pytest.mark.parametrize("code", sorted(RULES))
def test_what_is_not_known_is_never_accepted(code):
    found = check(code, None, outcome="not_known")
    assert (found.outcome, found.why) == (Outcome.CANNOT, Why.NOT_KNOWN)
    assert found.text.en == "Nobody knows."
    assert found.office is not None


@pytest.mark.parametrize("code", sorted(RULES))
def test_silence_is_no_limit_only_in_a_complete_answer(code):
    whole = check_all(house(), FITS, answer(), VOCABULARY)
    partly = check_all(house(), FITS, {**answer(), "complete": False}, VOCABULARY)
    outcomes = [next(c for c in r.checks if c.code == code).outcome for r in (whole, partly)]
    assert outcomes == [Outcome.PASS, Outcome.CANNOT]
    assert partly.outcome is not Outcome.PASS


@pytest.mark.parametrize("code", sorted(RULES))
def test_nothing_in_force_is_no_limit(code):
    assert said(code, None, outcome="none") == "pass"


@pytest.mark.parametrize("code", sorted(RULES))
def test_an_empty_proposal_is_accepted_by_nothing_that_limits_it(code):
    assert said(code, EVERYTHING[code], Proposal(), Measured(plot_m2=D(100))) != "pass"


def test_a_rule_that_raises_says_so(caplog):
    def broken(_asked):
        raise ZeroDivisionError

    document = answer(subject("max_storeys", 4))
    found = check_all(house(), FITS, document, VOCABULARY, rules={**RULES, "max_storeys": broken})
    one = next(c for c in found.checks if c.code == "max_storeys")
    assert (one.outcome, one.why) == (Outcome.CANNOT, Why.FAILED)
    assert "incident" in one.text.en
    assert "check max_storeys failed" in caplog.text


def test_a_unit_that_nobody_knows_says_so():
    found = check("max_height", 5, unit="cubit")
    assert (found.outcome, found.why) == (Outcome.CANNOT, Why.UNIT)
    assert "cubit" in found.text.en


def test_feet_and_metres_are_held_against_each_other():
    """15.5 m are 50.85 ft."""
    flat = replace(house(), parapet_m=D(0))
    assert said("max_height", 51, flat, unit="ft") == "pass"
    found = check("max_height", 50, flat, unit="ft")
    assert (found.outcome, found.proposed.en, found.limit.en) == (Outcome.FAIL, "50.85 ft", "50 ft")


@pytest.mark.parametrize(
    ("limit", "proposal", "expected"),
    [
        (4, house(4), "pass"),
        (3, house(4), "fail"),
        (0, Proposal((row("GROUND", 0, gross=100, use="RES", height=3),)), "pass"),  # one on the ground instead
        (0, house(1), "fail"),
        (0, Proposal((row("GROUND", 0, use="RES"), row("TYPICAL", 1, use="RES"))), "fail"),
        (1, Proposal((row("PILOTIS", 0, gross=100),)), "pass"),
        (1, Proposal((row("PILOTIS", 0, gross=100, use="RES", units=1), row("TYPICAL", 1, use="RES"))), "fail"),
        (2, Proposal((row("BASEMENT", -1), row("PILOTIS", 0), *house(2).storeys[1:], row("STAIR_HEAD", 3))), "pass"),
    ],
    ids=["as many", "one more", "ground instead", "over pilotis", "two", "pilotis alone", "unit below", "cellar, head"],
)
def test_storeys(limit, proposal, expected):
    assert said("max_storeys", limit, proposal) == expected


def test_no_ground_storey_where_the_city_grants_none():
    ground = Proposal((row("GROUND", 0, gross=100, use="RES", height=3),))
    assert said("max_storeys", 0, ground, replace(FITS, ground_storey=False)) == "fail"


HEAD = row("STAIR_HEAD", 5, gross=20, height=3)
ROOF = (subject("stair_head_height", 3), subject("parapet_height", "1.1"))


@pytest.mark.parametrize(
    ("limit", "strength", "proposal", "roof", "expected"),
    [
        (15.5, "ordinary", house(), ROOF, "pass"),  # 2.70 + 4 × 3.20
        (15.49, "ordinary", house(), ROOF, "fail"),
        (15.5, "ordinary", Proposal((*house().storeys, HEAD), parapet_m=D(1)), ROOF, "pass"),
        (15.5, "ordinary", Proposal((*house().storeys, replace(HEAD, height_m=D(4))), parapet_m=D(1)), ROOF, "fail"),
        (15.5, "ordinary", Proposal((*house().storeys, HEAD), parapet_m=D(1)), (), "cannot_evaluate"),
        (20, "ordinary", Proposal((*house().storeys, HEAD), parapet_m=D(1)), (), "pass"),
        (15.5, "cap", house(), ROOF, "fail"),  # the parapet counts against a hard cap
        (16.6, "cap", house(), ROOF, "pass"),
        (19, "cap", replace(house(), parapet_m=None), ROOF, "cannot_evaluate"),
        (15.5, "ordinary", replace(house(), parapet_m=None), ROOF, "cannot_evaluate"),
        (15.5, "ordinary", house(plinth_m=D("0.3")), ROOF, "fail"),
        (15.5, "ordinary", house(height=None), ROOF, "cannot_evaluate"),
        (2.6, "ordinary", house(height=None), ROOF, "fail"),  # the pilotis alone is more
    ],
    ids=["full", "1 cm", "head within", "head too high", "roof open", "roof open but low", "cap", "cap kept",
         "cap, parapet unsaid", "parapet unsaid", "plinth", "missing", "missing but over"],
)  # fmt: skip
def test_height(limit, strength, proposal, roof, expected):
    own = subject("max_height", limit, candidates=[candidate(limit, strength=strength)])
    found = check_all(proposal, FITS, answer(own, *roof), VOCABULARY)
    assert next(c for c in found.checks if c.code == "max_height").outcome.value == expected


def test_a_hard_cap_beside_the_winner_is_kept_too():
    """The plan's 15.5 m is stricter on paper, but the cap of 16 m counts the parapet: 16.6 m."""
    own = subject("max_height", 15.5, candidates=[candidate(15.5), candidate(16, strength="cap", won=False)])
    found = check_all(house(), FITS, answer(own, *ROOF), VOCABULARY)
    one = next(c for c in found.checks if c.code == "max_height")
    assert (one.outcome, one.proposed.en, one.margin.en) == (Outcome.FAIL, "16.6 m", "With 0.6 m less it would pass.")


@pytest.mark.parametrize(("limit", "expected"), [(200, "pass"), (199.99, "fail")])
def test_density(limit, expected):
    """4 × 200 m² on 400 m²: 200 %."""
    assert said("max_density", limit) == expected


@pytest.mark.parametrize(
    ("limit", "outcome", "why"),
    [(200, "pass", None), (199, "cannot_evaluate", Why.MISSING), (160, "cannot_evaluate", Why.MISSING),
     (159, "fail", None)],
)  # fmt: skip
def test_what_the_owner_leaves_out_of_a_storey_is_not_taken_at_their_word(limit, outcome, why):
    """4 × 200 m² on 400 m², of which the table counts 4 × 160: 160 % for sure, 200 % at most."""
    flats = tuple(replace(r, countable_m2=Decimal(160)) if r.use else r for r in house().storeys)
    found = check("max_density", limit, replace(house(), storeys=flats))
    assert (found.outcome.value, found.why) == (outcome, why or found.why)
    assert found.proposed.en == "160 %"
    assert outcome != "cannot_evaluate" or "left out of the gross area" in found.text.en


@pytest.mark.parametrize("code", ["max_density", "max_height", "max_coverage_ground", "permitted_use", "min_parking"])
def test_a_missing_figure_says_which(code):
    found = check(code, EVERYTHING[code], Proposal())
    assert found.why is (Why.MISSING if code != "max_coverage_ground" else Why.NOTHING)
    unsaid = check("max_density", 500, house(gross=None))
    assert (unsaid.why, unsaid.text.en) == (
        Why.MISSING, "The table does not say: countable area. Write it, then it is checked.",
    )  # fmt: skip


def test_what_would_make_it_pass_is_said():
    found = check("max_density", 150)
    assert (found.proposed.en, found.limit.en, found.margin.en) == ("200 %", "150 %", "With 50 % less it would pass.")
    assert (found.source.article, found.source.title.en) == ("8-1", "Book")


def test_shares_need_a_plot():
    for code in ("max_density", "max_coverage", "max_coverage_ground", "min_lot_for_use", "min_plot"):
        assert said(code, EVERYTHING[code], measured=replace(FITS, plot_m2=None)) == "cannot_evaluate"


@pytest.mark.parametrize(
    ("ground", "upper", "gross", "expected"),
    [
        (None, 60, 200, "pass"),  # the footprint of 225 m² is 56.25 %
        (None, 56.2, 200, "pass"),  # 0.2 m² is what a drawing may be off
        (None, 56.1, 200, "fail"),
        (60, 50, 200, "pass"),  # the ground has a limit of its own: storeys of 200 m² are 50 %
        (60, 49.9, 200, "fail"),
        (60, 50, None, "cannot_evaluate"),
    ],
)
def test_coverage(ground, upper, gross, expected):
    others = () if ground is None else (subject("max_coverage_ground", ground),)
    found = check_all(house(gross=gross), FITS, answer(subject("max_coverage", upper), *others), VOCABULARY)
    assert next(c for c in found.checks if c.code == "max_coverage").outcome.value == expected


def test_parts_of_a_parcel_with_their_own_limits():
    """3 storeys in one half, 5 in the other: 3 pass, 6 fail, 4 hang on where they stand; with an open part 6 do too."""
    for count, parts, expected in [
        (3, (3, 5), "pass"), (6, (3, 5), "fail"), (4, (3, 5), "cannot_evaluate"), (6, (3, None), "cannot_evaluate"),
    ]:  # fmt: skip
        found = check("max_storeys", 3, house(count), parts=parts)
        assert found.outcome.value == expected
    assert said("max_storeys", 3, house(4), parts=(3, 5), policy="strictest") == "fail"


RES = [fine(1, unit_m2="..150", use="RES"), fine(2, unit_m2="150..300.01", use="RES"), fine(3, unit_m2="300.01..")]
SHOPS = fine("max(1, unit_m2/50)", use="COM|OFF")


@pytest.mark.parametrize(
    ("schedule", "proposal", "needed", "expected"),
    [
        (RES, house(gross=200, units=2, parking=8), "8", "pass"),
        (RES, house(gross=200, units=2, parking=7), "8", "fail"),
        (RES, house(gross=200, units=1, parking=8), "8", "pass"),  # 200 m² each: two stalls
        (RES, house(gross=302, units=1, parking=11), "12", "fail"),
        ([SHOPS], house(1, gross=101, units=1, parking=3, use="COM"), "3", "pass"),  # 101/50 rounded up
        ([SHOPS], house(1, gross=101, units=1, parking=2, use="COM"), "3", "fail"),
        ([fine("4*total_units")], house(2, units=1, parking=8), "8", "pass"),
        ([fine("4*total_units")], house(2, units=1, parking=7), "8", "fail"),
        ([fine(0)], house(parking=0), "0", "pass"),
    ],
    ids=["just", "one short", "larger", "largest", "shop", "shop short", "all units", "all units short", "none"],
)
def test_parking(schedule, proposal, needed, expected):
    found = check("min_parking", schedule, proposal)
    assert (found.limit.en, found.outcome.value) == (needed, expected)


@pytest.mark.parametrize(
    ("schedule", "proposal", "why"),
    [
        (RES, house(units=None), Why.MISSING),
        (RES, house(parking=None, units=2), Why.MISSING),
        (RES, house(gross=None), Why.MISSING),
        (RES, house(use=""), Why.MISSING),
        (RES, house(units=0), Why.MISSING),
        (RES, Proposal((row("BASEMENT", -1, gross=400, use="COM"), *house(parking=8).storeys)), Why.MISSING),
        ([SHOPS], house(), Why.UNCLEAR),  # no row of the schedule speaks of flats
        ([fine(1, passage_m="..8")], house(), Why.NOT_KNOWN),  # nobody knows the width of the passage
        ([fine("2*rooms")], house(), Why.NOT_KNOWN),
    ],
    ids=["units", "stalls", "area", "use", "no units", "shop below", "no row", "open condition", "open formula"],
)
def test_parking_that_cannot_be_told(schedule, proposal, why):
    if proposal.storeys[1].parking == 0 and why is Why.MISSING and proposal.storeys[0].parking is None:
        proposal = replace(proposal, storeys=tuple(replace(r, parking=None) for r in proposal.storeys))
    assert check("min_parking", schedule, proposal).why is why


def test_a_relief_leaves_the_missing_stalls_to_a_person():
    relief = candidate(1, also=[{"row": "worn", "article": "11-4", "text": {"fa": "", "en": ""}}])
    assert said("min_parking", RES, house(parking=7), candidates=[relief]) == "cannot_evaluate"
    assert said("min_parking", RES, house(parking=8), candidates=[relief]) == "pass"


@pytest.mark.parametrize(
    ("use", "expected"), [("RES", "pass"), ("COM", "fail"), ("", "cannot_evaluate")], ids=["yes", "no", "unsaid"]
)
def test_uses(use, expected):
    found = check("permitted_use", ["RES", "OFF"], house(use=use))
    assert found.outcome.value == expected
    mixed = replace(house(use="RES"), storeys=(*house().storeys[:-1], replace(house().storeys[-1], use=use)))
    assert said("permitted_use", ["RES", "OFF"], mixed) == expected


@pytest.mark.parametrize(("need", "expected"), [(400, "pass"), (401, "fail")])
def test_the_lot_that_a_use_needs(need, expected):
    found = check("min_lot_for_use", [fine(need, use="RES")], unit="m²")
    assert found.outcome.value == expected
    assert said("min_lot_for_use", [fine(need, use="COM")], unit="m²") == "cannot_evaluate"


@pytest.mark.parametrize(("code", "kept", "larger"), [("min_plot", 400, 401), ("min_frontage", 20, 21)])
def test_limits_of_subdivision(code, kept, larger):
    """A plot that reaches them keeps to them; how a smaller one came about is not in the proposal."""
    assert said(code, kept) == "pass"
    assert check(code, larger).why is Why.PERSON


@pytest.mark.parametrize(
    ("taken", "value", "outcome"),
    [
        (None, 0, "pass"),  # no distance is asked for
        (None, 3, "cannot_evaluate"),  # the side was not found
        (Taken(D("0.25"), D("0.25")), 3, "pass"),
        (Taken(D("0.26"), D("0.26")), 3, "fail"),
        (Taken(D(0), D(5)), 3, "cannot_evaluate"),  # only if the side is of that kind
    ],
)
@pytest.mark.parametrize("code", ["front_setback", "no_build_strip", "corner_chamfer"])
def test_ground_to_be_kept_free(code, taken, value, outcome):
    measured = replace(FITS, taken={} if taken is None else {code: taken})
    assert said(code, value, measured=measured) == outcome


@pytest.mark.parametrize(
    ("code", "value", "proposal", "expected"),
    [
        ("stair_head_height", 3, Proposal((*house().storeys, HEAD)), "pass"),
        ("stair_head_height", 2.99, Proposal((*house().storeys, HEAD)), "fail"),
        ("stair_head_height", 3, Proposal((*house().storeys, replace(HEAD, height_m=None))), "cannot_evaluate"),
        ("stair_head_share", 10, Proposal((*house().storeys, HEAD)), "pass"),  # 20 of 200 m²
        ("stair_head_share", 9.9, Proposal((*house().storeys, HEAD)), "fail"),
        ("stair_head_share", 10, Proposal((*house(gross=None).storeys, HEAD)), "cannot_evaluate"),
        ("parapet_height", 1.1, house(), "pass"),
        ("parapet_height", 1.09, house(), "fail"),
        ("parapet_height", 1.1, replace(house(), parapet_m=None), "cannot_evaluate"),
        ("clear_height_storey", 3.2, house(), "pass"),
        ("clear_height_storey", 2.9, house(), "cannot_evaluate"),  # 3.20 from floor to floor may be 2.90 clear
        ("clear_height_storey", 9, house(height=None), "cannot_evaluate"),
        ("clear_height_pilotis", 2.7, house(), "pass"),
        ("clear_height_basement", 2.2, house(), "pass"),  # there is none
    ],
)
def test_roof_and_clear_heights(code, value, proposal, expected):
    assert said(code, value, proposal) == expected


def test_the_works_of_this_kind_are_forbidden_and_opinions_are_awaited():
    document = {**answer(), "duties": [
        duty("forbidden", "NEW"), duty("forbidden", "REPAIR"), duty("consultation", "heritage"), duty("duty", "stall"),
        duty("warning", "w"), duty("duty", "stall"),
    ]}  # fmt: skip
    found = {c.code: c for c in check_all(house(), FITS, document, VOCABULARY).checks if ":" in c.code}
    assert {code: c.outcome.value for code, c in found.items()} == {
        "forbidden:NEW": "fail", "consultation:heritage": "cannot_evaluate", "duty:stall": "cannot_evaluate",
    }  # fmt: skip
    assert (found["duty:stall"].why, found["consultation:heritage"].why) == (Why.PERSON, Why.NOT_KNOWN)


def duty(kind, code):
    text = {"fa": "متن", "en": "text"}
    book = {"code": "b", "title": text, "act": None}
    return {"kind": kind, "code": code, "text": text, "office": None, "rulebook": book, "article": "1", "zone": None}


def test_a_failed_source_leaves_the_whole_open():
    document = {**answer(), "failures": [{"source": "s", "incident": "1", "text": {}}]}
    found = check_all(house(), FITS, document, VOCABULARY)
    assert found.checks[0].outcome is Outcome.CANNOT
    assert found.outcome is Outcome.CANNOT


def test_all_that_pass_make_a_pass_and_json():
    found = check_all(house(), FITS, answer(), VOCABULARY)
    plain = found.as_dict()
    assert plain["outcome"] == "pass"
    assert plain["counts"]["pass"] == len(plain["checks"])
