"""Limits that mislead side by side: a density beyond what storeys and coverage give."""

from dataclasses import replace
from decimal import Decimal

import pytest

from apps.common.text import Text
from apps.extracts.answers import resolve
from apps.extracts.rules import govern_all
from apps.extracts.together import honest
from apps.legal.answers import Candidate, RulebookInForce, SourceAnswer, Unknown, WhyNot
from tests.extracts.build import candidate


def limits(storeys: int | None, coverage: int | None, density: int):
    """The three limits after the second look; None = not known."""
    values = {"max_storeys": storeys, "max_coverage": coverage, "max_density": density}
    found = [candidate(v, subject=s) for s, v in values.items() if v is not None]
    missing = [
        Unknown(WhyNot.FACT_UNKNOWN, Text.of("?"), "district", subject=s) for s, v in values.items() if v is None
    ]
    return {g.subject.code: g for g in honest(govern_all(found, missing))}


@pytest.mark.parametrize(
    ("storeys", "coverage", "density", "said"),
    [
        (2, 60, 240, "2 storeys over pilotis at 60 % coverage make 120 %"),
        (0, 60, 240, "coverage makes 60 %"),
        (4, 50, 240, "make 200 %"),
        (5, 60, 180, "would make 300 %, and the density is less"),
        (None, 60, 240, "alone allows nothing"),
        (2, None, 120, "alone allows nothing"),
    ],
)
def test_what_cannot_be_reached_is_said_before_the_plan_s_own_sentence(storeys, coverage, density, said):
    reason = limits(storeys, coverage, density)["max_density"].reason
    assert said in reason.en
    assert reason.en.endswith("R1 says so")
    assert reason.fa.endswith("R1 می‌گوید")
    assert reason.fa != "R1 می‌گوید"


@pytest.mark.parametrize(("storeys", "coverage", "density"), [(4, 60, 240), (0, 60, 60), (0, 0, 0)])
def test_what_can_be_reached_is_left_alone(storeys, coverage, density):
    assert limits(storeys, coverage, density)["max_density"].reason.en == "R1 says so"


def test_the_value_itself_stays_what_the_law_says():
    assert limits(2, 60, 240)["max_density"].value == Decimal(240)


def test_every_answer_gets_the_second_look():
    class Plan:
        name = "plan"

        def subjects(self):
            return ("max_density",)

        def answer(self, _question):
            pairs = (("max_storeys", 2), ("max_coverage", 60), ("max_density", 240))
            return SourceAnswer(candidates=tuple(candidate(v, subject=s) for s, v in pairs))

    book = RulebookInForce("book", "book", "plan", Text.of("book"), "1", ())
    found = resolve(facts={}, findings={}, rulebooks={"plan": (book,)}, sources=(Plan(),))
    assert "120 %" in next(g for g in found.governing if g.subject.code == "max_density").reason.en


def heights(*candidates, storeys: int):
    """The sentence of the governing height."""
    found = honest(govern_all([*candidates, candidate(storeys, subject="max_storeys", cap=True),
                               candidate(9, subject="max_storeys")], []))  # fmt: skip
    return next(g for g in found if g.subject.code == "max_height").reason.en


def metres(value: int, *, storeys: str) -> Candidate:
    """What the plan gives for some number of storeys."""
    plain = candidate(value, subject="max_height")
    return replace(plain, provision=replace(plain.provision, when={"storeys": storeys}))


def test_a_plan_height_under_a_heritage_cap_names_the_cap():
    """9.10 m to the roof and 3 m of stair head would stand above a cap of 10.50 m to the highest point."""
    said = heights(metres(9, storeys="2..3"), candidate(10, row="CAP", cap=True, subject="max_height"), storeys=2)
    assert said == "This limit stands in any case: CAP says so R1 says so"


def test_a_plan_height_for_more_storeys_than_govern_says_so():
    assert "2 storeys over pilotis govern here" in heights(metres(12, storeys="3..4"), storeys=2)
    assert heights(metres(9, storeys="2..3"), storeys=2) == "R1 says so"


def test_a_cap_that_governs_needs_no_second_sentence():
    said = heights(metres(9, storeys="2..3"), candidate(5, row="CAP", cap=True, subject="max_height"), storeys=2)
    assert said == "CAP says so"
