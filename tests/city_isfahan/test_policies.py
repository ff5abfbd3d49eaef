"""Parcels in several zones, judged by the policies of the sample rulebook."""

from decimal import Decimal

import pytest

from apps.extracts.rules import Governing, govern_all
from apps.legal.answers import ZoneHit
from tests.city_isfahan.build import heritage, hit, plan


def governed(*hits: ZoneHit, **facts) -> dict[str, Governing]:
    """What governs each subject when both rooms are asked."""
    answers = (plan(*hits, **facts), heritage(*hits, **facts))
    return {
        g.subject.code: g
        for g in govern_all(
            [c for a in answers for c in a.candidates],
            [u for a in answers for u in a.unknowns],
            [p for a in answers for p in a.policies],
        )
    }


def two_uses(first: str, share: float, second: str) -> tuple[ZoneHit, ...]:
    return hit("land_use", first, share=share), hit("land_use", second, feature=2, share=1 - share)


@pytest.mark.parametrize(("residential", "least"), [(0.6, 150), (0.5, 150), (0.4, 60)])
def test_the_least_plot_is_that_of_the_use_which_holds_more_than_half(residential, least):
    found = governed(*two_uses("RES", residential, "COM"))["min_plot"]
    assert found.value == least
    assert found.policy is not None
    assert found.policy.provision.article == "3-5"


def test_a_majority_lifts_no_heritage_cap():
    found = governed(*two_uses("RES", 0.3, "COM"), hit("historic_fabric", "FABRIC"), plot_m2=420)
    assert found["min_plot"].value == 420


def test_the_frontage_is_the_strictest_whatever_the_majority():
    assert governed(*two_uses("RES", 0.3, "COM"))["min_frontage"].value == 8


def test_each_part_has_its_own_use():
    found = governed(*two_uses("MIX", 0.7, "COM"))["permitted_use"]
    assert found.value == ("COM", "OFF")
    assert {p.zone.code: set(p.value or ()) for p in found.parts} == {
        "MIX": {"RES", "COM", "OFF"},
        "COM": {"COM", "OFF"},
    }


def test_each_part_has_its_own_density_and_the_whole_the_smallest():
    zones = hit("density", "D180", share=0.4), hit("density", "D240", feature=2, share=0.6), hit("height_code", "H5")
    found = governed(*zones)["max_density"]
    assert found.value == 180
    assert {p.zone.code: p.value for p in found.parts} == {"D180": 180, "D240": 240}


def test_storeys_and_height_are_the_strictest_throughout():
    zones = hit("height_code", "H5", share=0.9), hit("height_code", "H3", feature=2, share=0.1)
    found = governed(*zones)
    assert (found["max_storeys"].value, found["max_height"].value) == (3, Decimal("12.30"))
    assert {p.zone.code: p.value for p in found["max_storeys"].parts} == {"H5": 5, "H3": 3}


def test_parking_shows_the_rows_of_every_part():
    found = governed(*two_uses("RES", 0.5, "OFF"))["min_parking"]
    assert {j.candidate.provision.row for j in found.candidates} == {
        "RES-parking-1", "RES-parking-2", "RES-parking-3", "OFF-parking"
    }  # fmt: skip
    assert found.outcome == "value"
