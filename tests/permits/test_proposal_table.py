"""Tables that cannot be true, each with the sentence that says so."""

from dataclasses import replace
from decimal import Decimal

import pytest

from apps.common.errors import BadInputError
from apps.permits.proposal import Proposal, Storey, StoreyKind, totals
from apps.permits.proposal_document import Origin, decimal_of, document_of, proposal_of, storey_of, whole_of
from apps.permits.proposal_kinds import needs_proposal
from apps.permits.proposal_table import MOST_ROWS, problems
from tests.permits.proposing import house, row

D = Decimal
FLAT = row("TYPICAL", 1, gross=200, use="RES", units=2, height=3.2, parking=4)
BASE = row("PILOTIS", 0, gross=200, height=2.7, parking=4)


def said(*rows, **more):
    edges = {name: more.pop(name) for name in ("plinth_m", "parapet_m") if name in more}
    return " ".join(t.en for t in problems(Proposal(rows, **edges), **more))


def test_a_table_that_can_be_true_has_no_fault():
    assert said(*house().storeys) == ""
    assert said() == ""
    assert said(row("BASEMENT", -1, gross=300, height=3, parking=8), *house().storeys, row("STAIR_HEAD", 5)) == ""
    assert said(*house().storeys, footprint_m2=D(200)) == ""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([BASE, replace(FLAT, number=0)], "Storey 0: number and kind do not fit"),
        ([replace(BASE, number=1)], "Pilotis 1: number and kind do not fit"),
        ([row("BASEMENT", 0)], "Basement 0: number and kind do not fit"),
        ([BASE, replace(FLAT, number=500)], "number and kind do not fit"),
        ([BASE, replace(FLAT, gross_m2=D(-1))], "Storey 1: an area lies between 0 and 500,000 m²"),
        ([BASE, replace(FLAT, gross_m2=D(500_001))], "an area lies between"),
        ([BASE, replace(FLAT, countable_m2=D(201))], "the countable area is larger than the gross area"),
        ([BASE, replace(FLAT, height_m=D(0))], "a height is more than 0"),
        ([BASE, replace(FLAT, height_m=D("30.01"))], "at most 30 m"),
        ([BASE, replace(FLAT, units=-1)], "units and stalls lie between"),
        ([BASE, replace(FLAT, parking=2001)], "units and stalls lie between"),
        ([BASE, replace(FLAT, use="")], "it has units or countable area but no use"),
        ([BASE, replace(FLAT, countable_m2=D(0))], "it has units but no area"),
        ([BASE, replace(FLAT, number=2)], "Storey 1 is missing"),
        ([FLAT], "nothing under them"),
        ([BASE, FLAT, replace(FLAT, height_m=D(3))], "rows of one storey have different heights"),
        ([BASE, FLAT, row("STAIR_HEAD", 1)], "its number is above the topmost storey"),
        ([BASE, FLAT, row("STAIR_HEAD", 2, gross=80, units=1, use="RES")], "What is lived in is a storey"),
        ([BASE, FLAT, row("STAIR_HEAD", 2, gross=80, use="RES")], "What is lived in is a storey"),
        ([replace(BASE, parking=None), replace(FLAT, parking=None)], "no row says its parking stalls"),
    ],
)
def test_faults(rows, expected):
    assert expected in said(*rows)


def test_a_storey_is_not_larger_than_its_footprint_but_a_basement_may_be():
    assert "Storey 1: 200 m² is larger than the footprint that is drawn (199 m²)" in said(
        BASE, FLAT, footprint_m2=D(199)
    )
    assert said(replace(BASE, gross_m2=D(199)), replace(FLAT, gross_m2=D("199.25"), countable_m2=None),
                footprint_m2=D(199)) == ""  # fmt: skip
    halves = [replace(FLAT, gross_m2=D(120)), replace(FLAT, gross_m2=D(120), countable_m2=D(100), use="COM")]
    assert "240 m² is larger" in said(BASE, *halves, footprint_m2=D(200))
    assert said(row("BASEMENT", -1, gross=400, height=3), BASE, footprint_m2=D(200)) == ""


def test_edges_of_the_roof_and_the_ground():
    assert "0 to 5 m over the passage" in said(BASE, plinth_m=D(6))
    assert "0 to 5 m over the passage" in said(BASE, parapet_m=D(11))


def test_totals_that_do_not_add_up():
    given = {"gross_m2": D(1000), "units": D(9)}
    assert (
        said(*house().storeys, declared=given)
        == "The total of number of units is given as 9, but the rows add up to 8."
    )
    assert said(*house(gross=None).storeys, declared={"gross_m2": D(5)}) == ""  # there is no sum to hold it against


def test_a_table_without_end_is_one_sentence():
    rows = (BASE, *(replace(FLAT, number=n) for n in range(1, MOST_ROWS + 2)))
    assert said(*rows) == "The table has more than 120 rows. Write storeys that are alike in one row."


def test_sums_know_what_is_missing():
    whole = totals(house())
    assert (whole.gross_m2, whole.countable_m2, whole.height_m, whole.units) == (1000, 800, D("15.5"), 8)
    assert (whole.storeys, whole.parking) == (4, 8)
    partly = totals(replace(house(), storeys=(*house().storeys, Storey(5, StoreyKind.TYPICAL))))
    assert (partly.gross_m2, partly.countable_m2, partly.height_m, partly.units, partly.parking) == (
        None, None, None, None, 8,
    )  # fmt: skip
    assert totals(Proposal()).height_m is None


def test_the_document_gives_the_table_back():
    proposal = replace(house(), plinth_m=D("0.15"))
    content = document_of(proposal, [], "EPSG:32639", Origin())
    assert proposal_of(content) == proposal
    assert content["totals"]["gross_m2"] == 1000
    assert content["footprint"] is None


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"storeys": 5}, "storeys"),
        ({"storeys": [5]}, "storeys[1]"),
        ({"storeys": [{"kind": "ATTIC", "number": 1}]}, "storeys[1].kind"),
        ({"storeys": [{"kind": "TYPICAL"}]}, "storeys[1].number"),
        ({"storeys": [{"kind": "TYPICAL", "number": 1, "use": "<b>"}]}, "storeys[1].use"),
        ({"storeys": [{"kind": "TYPICAL", "number": 1, "use": 5}]}, "storeys[1].use"),
        ({"storeys": [{"kind": "TYPICAL", "number": 1.5}]}, "storeys[1].number"),
        ({"storeys": [{"kind": "TYPICAL", "number": 1, "gross_m2": "many"}]}, "storeys[1].gross_m2"),
        ({"storeys": [{"kind": "TYPICAL", "number": 1, "gross_m2": True}]}, "storeys[1].gross_m2"),
        ({"plinth_m": "NaN"}, "plinth_m"),
        ({"plinth_m": "1e999"}, "plinth_m"),
        ({"parapet_m": [1]}, "parapet_m"),
    ],
)
def test_what_cannot_be_read_names_its_field(raw, field):
    with pytest.raises(BadInputError) as refused:
        proposal_of(raw)
    assert refused.value.details["field"] == field


def test_numbers():
    assert decimal_of("12.345", "x") == D("12.34")
    assert (decimal_of(None, "x"), whole_of(None, "x"), whole_of("3", "x")) == (None, None, 3)
    assert storey_of({"kind": "GROUND", "number": 0}, "x") == Storey(0, StoreyKind.GROUND)


def test_kinds_that_build_nothing_need_no_proposal():
    needed = [k for k in ("NEW", "EXTENSION", "REPAIR", "RENEWAL", "DUPLICATE", "UNHEARD_OF") if needs_proposal(k)]
    assert needed == ["NEW", "EXTENSION", "UNHEARD_OF"]
