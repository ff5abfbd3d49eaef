"""A cap may lie where heritage is not known; and caps beat codes and bonuses."""

from decimal import Decimal

import pytest

from apps.extracts.rules import govern_all
from apps.legal.answers import Question, WhyNot
from heritage_zones.source import HeritageSource
from tests.city_isfahan.build import (
    NOT_KNOWN,
    PERMIT_KINDS,
    books,
    facts,
    findings,
    heritage,
    hit,
    plan,
    provision,
    reasons,
    table,
    value,
)

SOURCE = HeritageSource()


@pytest.mark.parametrize("theme", ["heritage_core", "heritage_buffer", "historic_fabric", "starred_plot"])
def test_a_heritage_theme_not_known_makes_height_and_storeys_not_known(theme):
    answer = heritage(unknown=[theme])
    for subject in ("max_height", "max_storeys"):
        assert reasons(answer, subject) == {WhyNot.PARTLY_OUTSIDE}


def test_a_theme_nobody_answered_is_not_known():
    found = findings()
    del found["starred_plot"]
    answer = SOURCE.answer(Question(facts(), found, books("heritage_zones")))
    assert reasons(answer, "max_height") == {WhyNot.NO_EDITION}


def test_a_code_in_no_rulebook_is_not_known():
    answer = heritage(hit("heritage_buffer", "BUFFER_3"))
    for subject in ("max_height", "max_storeys", "max_coverage"):
        assert reasons(answer, subject) == {WhyNot.NO_RULE}


def test_a_permit_kind_that_the_rows_of_a_zone_do_not_name_is_not_known():
    rulebook = table(provision("a", "max_height", "cap", "5", "heritage_buffer", "BUFFER_1", permit_kind="NEW"))
    found = findings(hit("heritage_buffer", "BUFFER_1"))
    answer = SOURCE.answer(Question(facts(permit_kind="WALL"), found, (rulebook,)))
    assert reasons(answer, "max_height") == {WhyNot.NO_RULE}


@pytest.mark.parametrize(("theme", "zone"), [("heritage_core", "CORE"), ("heritage_buffer", "BUFFER_1")])
def test_a_kind_of_request_that_the_sample_does_not_know_gets_no_new_building(theme, zone):
    """New kinds fall under “what stands is kept” or to the heritage office, never under a number for new building."""
    answer = heritage(hit(theme, zone), permit_kind="WALL")
    assert value(answer, "max_height") in (Decimal("6.40"), NOT_KNOWN)


def test_an_unknown_permit_kind_is_not_known():
    answer = heritage(hit("heritage_buffer", "BUFFER_1"), permit_kind=None)
    assert WhyNot.FACT_UNKNOWN in reasons(answer, "max_height")


def test_no_rulebook_at_all_leaves_nothing_certain():
    answer = SOURCE.answer(Question(facts(), findings(), ()))
    assert {u.subject for u in answer.unknowns} == set(SOURCE.subjects())


def test_every_subject_of_the_rows_is_declared():
    spoken = {p.subject for b in books("heritage_zones") for p in b.provisions if p.effect in ("cap", "undecided")}
    assert spoken == set(SOURCE.subjects())


@pytest.mark.parametrize("effect", ["set", "raise", "reduce", "floor", "derive"])
def test_heritage_cannot_grant(effect):
    rulebook = table(provision("a", "max_height", effect, "9", "heritage_core", "CORE"))
    with pytest.raises(ValueError, match=effect):
        SOURCE.answer(Question(facts(), findings(), (rulebook,)))


@pytest.mark.parametrize(
    ("zone", "theme", "height", "storeys"),
    [
        ("BUFFER_1", "heritage_buffer", "5.00", 0),
        ("BUFFER_2", "heritage_buffer", "7.50", 1),
        ("FABRIC", "historic_fabric", "10.50", 2),
    ],
)
def test_caps_beat_code_and_bonus_in_the_extract(zone, theme, height, storeys):
    """Even where the plan, asked alone, would give a bonus storey."""
    zones = (hit("land_use", "RES"), hit("height_code", "H5"), hit("density", "D300"), hit(theme, zone))
    answers = (plan(*zones, worn_fabric=True), heritage(*zones))
    governed = {
        g.subject.code: g
        for g in govern_all([c for a in answers for c in a.candidates], [u for a in answers for u in a.unknowns])
    }
    assert value(answers[0], "max_storeys") == 6
    assert governed["max_storeys"].value == storeys
    assert governed["max_height"].value == Decimal(height)


@pytest.mark.parametrize("kind", PERMIT_KINDS)
def test_two_zones_together_are_never_looser_than_one(kind):
    one = heritage(hit("historic_fabric", "FABRIC"), permit_kind=kind)
    two = heritage(hit("historic_fabric", "FABRIC"), hit("heritage_buffer", "BUFFER_2"), permit_kind=kind)
    if NOT_KNOWN not in (value(one, "max_height"), value(two, "max_height")):
        assert value(two, "max_height") <= value(one, "max_height")
    assert value(two, "max_height") == NOT_KNOWN or value(one, "max_height") != NOT_KNOWN
    assert value(two, "max_storeys") <= value(one, "max_storeys")
