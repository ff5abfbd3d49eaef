"""A parcel in several zones: strictest, by part, majority."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.text import Text
from apps.extracts.rules import govern
from apps.legal.answers import Policy, PolicyName, Unknown, WhyNot
from apps.legal.subjects import SUBJECTS
from tests.extracts.build import candidate, hit, provision

DENSITY = SUBJECTS["max_density"]
USE = SUBJECTS["permitted_use"]


def on(code: str, value, share: float, *, theme: str = "density", cap: bool = False, subject: str = "max_density"):
    """A candidate on a zone that holds `share` of the parcel."""
    zone = hit(1, code, share * 100, theme_code=theme)
    return replace(candidate(value, row=code, cap=cap, subject=subject), zone=zone)


def policy(name: str, *, theme: str = "density", subject: str = "max_density") -> Policy:
    return Policy(subject, PolicyName(name), theme, "book", provision("P", subject))


def shown(governing):
    return [(p.zone.code, round(p.zone.share, 2), p.value) for p in governing.parts]


TWO = [on("D60", 60, 0.3), on("D2400", 240, 0.7)]


@pytest.mark.parametrize(
    ("declared", "value"),
    [([], 60), ([policy("strictest")], 60), ([policy("by_part")], 60), ([policy("majority")], 240),
     ([policy("majority"), policy("by_part")], 60), ([policy("majority", theme="land_use")], 60)],
)  # fmt: skip
def test_what_governs_and_the_parts_in_every_case(declared, value):
    answer = govern(DENSITY, TWO, [], declared)
    assert (answer.outcome, answer.value) == ("value", Decimal(value))
    expected = [] if declared and declared[0].theme == "land_use" else [("D2400", 0.7, 240), ("D60", 0.3, 60)]
    assert shown(answer) == expected
    assert len(answer.candidates) == 2


def test_the_outvoted_part_stays_on_the_list_and_is_told_by_article():
    answer = govern(DENSITY, TWO, [], [policy("majority")])
    assert [(j.candidate.provision.row, j.won) for j in answer.candidates] == [("D2400", True), ("D60", False)]
    assert "8-3" in answer.candidates[1].why.en


@pytest.mark.parametrize(("share", "value"), [(0.5, 60), (0.51, 240)])
def test_half_is_no_majority(share, value):
    answer = govern(DENSITY, [on("D60", 60, 1 - share), on("D2400", 240, share)], [], [policy("majority")])
    assert answer.value == value


def test_pieces_of_one_code_count_together():
    pieces = [on("D60", 60, 0.4), on("D2400", 240, 0.3), replace(on("D2400", 240, 0.3), zone=replace(
        hit(1, "D2400", 30, theme_code="density"), feature_id=999))]  # fmt: skip
    answer = govern(DENSITY, pieces, [], [policy("majority")])
    assert answer.value == 240
    assert shown(answer) == [("D2400", 0.6, 240), ("D60", 0.4, 60)]


def test_a_cap_and_an_unknown_are_never_outvoted():
    cap = on("FABRIC", 100, 0.1, theme="historic_fabric", cap=True)
    capped = govern(DENSITY, [*TWO, cap], [], [policy("majority")])
    assert capped.value == 100
    assert shown(capped) == [("D2400", 0.7, 100), ("D60", 0.3, 60)]
    doubt = Unknown(WhyNot.NO_RULE, Text("؟", "?"), "planning", subject="max_density", share=0.01)
    doubted = govern(DENSITY, TWO, [doubt], [policy("majority")])
    assert (doubted.outcome, doubted.bound, doubted.parts) == ("not_known", 240, ())


def test_uses_by_part():
    parts = [on("RES", ("RES",), 0.4, subject="permitted_use"), on("MIX", ("COM", "RES"), 0.6, subject="permitted_use")]
    answer = govern(USE, parts, [], [policy("by_part", subject="permitted_use")])
    assert answer.value == ("RES",)
    assert shown(answer) == [("MIX", 0.6, ("COM", "RES")), ("RES", 0.4, ("RES",))]


def test_one_zone_has_no_parts():
    assert govern(DENSITY, [on("D60", 60, 1.0)], [], [policy("by_part")]).parts == ()


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 9)), min_size=1, max_size=5, unique_by=lambda v: v[0]))
def test_strictest_and_by_part_never_say_more_than_any_part(values):
    total = sum(weight for _, weight in values)
    found = [on("D" * (i + 1), value, weight / total) for i, (value, weight) in enumerate(values)]
    least = min(value for value, _ in values)
    for name in ("strictest", "by_part"):
        assert govern(DENSITY, found, [], [policy(name)]).value == least
    assert govern(DENSITY, found, [], [policy("majority")]).value >= least
