"""Which candidate governs."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.text import Text
from apps.extracts.rules import govern, govern_all
from apps.legal.answers import Unknown, WhyNot
from apps.legal.subjects import SUBJECTS
from tests.extracts.build import candidate, hit

STOREYS = SUBJECTS["max_storeys"]
SETBACK = SUBJECTS["front_setback"]
USE = SUBJECTS["permitted_use"]
PARKING = SUBJECTS["min_parking"]


def unknown(subject="max_storeys"):
    return Unknown(why=WhyNot.FACT_UNKNOWN, text=Text("عرض گذر", "passage width"), office="district", subject=subject)


def test_the_smaller_maximum_governs_and_the_loser_is_told_why():
    answer = govern(STOREYS, [candidate(5, row="A"), candidate(4, row="B")], [])
    assert (answer.outcome, answer.value) == ("value", Decimal(4))
    assert [(j.candidate.provision.row, j.won) for j in answer.candidates] == [("B", True), ("A", False)]
    assert "B" in answer.candidates[1].why.en


def test_the_larger_minimum_governs():
    answer = govern(SETBACK, [candidate(2, subject="front_setback"), candidate(3, subject="front_setback")], [])
    assert answer.value == Decimal(3)


def test_a_cap_beats_a_larger_code():
    answer = govern(STOREYS, [candidate(5), candidate(1, cap=True, row="CAP")], [])
    assert answer.value == Decimal(1)
    assert answer.candidates[0].candidate.provision.row == "CAP"


def test_a_cap_never_loosens():
    assert govern(STOREYS, [candidate(2), candidate(3, cap=True)], []).value == Decimal(2)


def test_only_a_cap_is_no_permission():
    answer = govern(STOREYS, [candidate(3, cap=True)], [])
    assert (answer.outcome, answer.value, answer.bound) == ("not_known", None, Decimal(3))


def test_one_unknown_makes_it_not_known_and_keeps_the_bound():
    answer = govern(STOREYS, [candidate(4), candidate(5)], [unknown()])
    assert (answer.outcome, answer.value, answer.bound) == ("not_known", None, Decimal(4))
    assert not any(j.won for j in answer.candidates)
    assert "passage width" in answer.reason.en


def test_zero_is_settled_whatever_else_is_unknown():
    answer = govern(STOREYS, [candidate(0, cap=True)], [unknown()])
    assert (answer.outcome, answer.value) == ("value", Decimal(0))


def test_an_unknown_minimum_of_zero_is_not_settled():
    zero = candidate(0, subject="front_setback")
    assert govern(SETBACK, [zero], [unknown("front_setback")]).outcome == "not_known"


def test_uses_only_what_every_part_allows():
    parts = [candidate(("RES", "OFF"), row="A", subject="permitted_use"),
             candidate(("RES", "COM"), row="B", subject="permitted_use")]  # fmt: skip
    assert govern(USE, parts, []).value == ("RES",)


def test_every_schedule_row_is_shown():
    rows = [candidate(n, row=f"P{n}", subject="min_parking") for n in (1, 2, 3)]
    answer = govern(PARKING, rows, [])
    assert [c.provision.row for c in answer.value] == ["P1", "P2", "P3"]


def test_a_subject_outside_the_vocabulary_is_refused():
    with pytest.raises(ValueError, match="max_balloons"):
        govern_all([candidate(1, subject="max_balloons")], [])


def test_only_spoken_subjects_in_vocabulary_order():
    found = govern_all([candidate(12, subject="max_height"), candidate(4)], [unknown("max_density")])
    assert [g.subject.code for g in found] == ["max_storeys", "max_height", "max_density"]


values = st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=5)


@given(values, st.integers(0, 9), st.booleans())
def test_one_more_candidate_never_loosens(pairs, value, cap):
    """Adding a rule can only lower a maximum."""
    base = [candidate(v, cap=c, row=f"R{i}") for i, (v, c) in enumerate([(9, False), *pairs])]
    before = govern(STOREYS, base, []).value
    after = govern(STOREYS, [*base, candidate(value, cap=cap, row="NEW")], []).value
    assert after <= before


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=4))
def test_order_of_rows_never_matters(pairs):
    rows = [candidate(v, cap=c, row=f"R{i}") for i, (v, c) in enumerate(pairs)]
    answers = {repr(govern(STOREYS, list(order), [])) for order in permutations(rows)}
    assert len(answers) == 1


def test_a_limit_from_a_part_of_the_parcel_says_which_part():
    """Whose text speaks of 23 of 100 m² must not read as if the whole parcel lay there."""
    small = replace(candidate(1, row="CAP", cap=True), zone=hit(1, "BUFFER_2", 23))
    wide = replace(candidate(2, row="H2"), zone=hit(2, "H2", 100))
    assert "23 m² of the parcel (23 %); yet its limit governs the whole" in only([small, wide]).reason.en
    assert only([wide]).reason.en == "H2 says so"


def test_two_pieces_of_one_zone_are_one_part():
    pieces = [replace(candidate(2, row="H2"), zone=hit(n, "H2", area)) for n, area in ((1, 40), (2, 60))]
    assert only(pieces).reason.en == "H2 says so"


def test_uses_that_have_nothing_in_common_are_sent_to_the_planning_office():
    found = only([candidate(("RES",), subject="permitted_use"), candidate(("COM",), row="R2", subject="permitted_use")])
    assert found.value == ()
    assert "none is allowed on all" in found.reason.en


def only(candidates):
    """The one answer of the one subject spoken of."""
    (found,) = govern_all(candidates, [])
    return found
