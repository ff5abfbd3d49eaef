"""What a theme says of a parcel: borders first.

coverage e2 ┌────────┐
            │ parcel │      e1 = city plan, e2 = newer revision, e3 = local plan (higher rank)
coverage e1 └────────┘
"""

import pytest

from apps.extracts.findings import find
from apps.extracts.ground import Walked
from apps.legal.answers import Outcome, WhyNot
from tests.extracts.build import edition, ground, hit, theme


def no_walk(_theme):
    raise AssertionError("the exact walk must not be needed here")


def whys(finding):
    return [u.why for u in finding.unknowns]


def test_without_any_edition_it_is_not_known():
    finding = find(theme(), ground(covers={}), walker=no_walk)
    assert finding.outcome is Outcome.NOT_KNOWN
    assert whys(finding) == [WhyNot.NO_EDITION]


def test_incomplete_overlay_is_not_known_even_with_rows():
    place = ground(covers={1: None}, hits=[hit(1, "H4", 100)])
    finding = find(theme(edition(1)), place, walker=no_walk)
    assert finding.outcome is Outcome.NOT_KNOWN
    assert whys(finding) == [WhyNot.COMPUTING]


def test_an_edition_without_completeness_row_is_not_known():
    finding = find(theme(edition(1)), ground(covers={}), walker=no_walk)
    assert whys(finding) == [WhyNot.COMPUTING]


def test_outside_coverage_is_not_known():
    finding = find(theme(edition(1)), ground(covers={1: 0.0}), walker=no_walk)
    assert finding.outcome is Outcome.NOT_KNOWN
    assert whys(finding) == [WhyNot.OUTSIDE_COVERAGE]


@pytest.mark.parametrize("partition", [True, False])
def test_inside_with_a_hit_applies(partition):
    place = ground(covers={1: 1.0}, hits=[hit(1, "H4", 100)])
    finding = find(theme(edition(1), partition=partition), place, walker=no_walk)
    assert finding.outcome is Outcome.APPLIES
    assert [h.code for h in finding.hits] == ["H4"]


def test_cumulative_inside_without_hit_does_not_apply():
    finding = find(theme(edition(1), partition=False), ground(covers={1: 1.0}), walker=no_walk)
    assert finding.outcome is Outcome.DOES_NOT_APPLY


def test_unplaced_quarantine_forbids_does_not_apply():
    law = theme(edition(1, unplaced=2), partition=False)
    finding = find(law, ground(covers={1: 1.0}), walker=no_walk)
    assert finding.outcome is Outcome.NOT_KNOWN
    assert whys(finding) == [WhyNot.QUARANTINE]


def test_partition_without_value_is_a_gap_not_freedom():
    finding = find(theme(edition(1)), ground(covers={1: 1.0}), walker=no_walk)
    assert finding.outcome is Outcome.NOT_KNOWN
    assert whys(finding) == [WhyNot.GAP]


def test_partition_gap_beyond_tolerance_is_not_known():
    place = ground(covers={1: 1.0}, hits=[hit(1, "H4", 95)])
    finding = find(theme(edition(1)), place, walker=no_walk)
    assert finding.outcome is Outcome.NOT_KNOWN
    assert [h.code for h in finding.hits] == ["H4"]


def test_later_edition_governs_and_the_older_is_not_asked():
    law = theme(edition(1), edition(2, since="2023-01-01"))
    place = ground(covers={1: 1.0, 2: 1.0}, hits=[hit(1, "H4", 100), hit(2, "H5", 100)])
    assert [h.code for h in find(law, place, walker=no_walk).hits] == ["H5"]


def test_local_plan_beats_a_later_city_plan():
    law = theme(edition(2, since="2023-01-01"), edition(3, rank=20, since="2011-01-01"))
    place = ground(covers={2: 1.0, 3: 1.0}, hits=[hit(2, "H5", 100), hit(3, "H2", 100)])
    assert [h.code for h in find(law, place, walker=no_walk).hits] == ["H2"]


def test_newer_edition_elsewhere_leaves_the_older_in_place():
    law = theme(edition(1), edition(2, since="2023-01-01"))
    place = ground(covers={1: 1.0, 2: 0.0}, hits=[hit(1, "H4", 100)])
    assert [h.code for h in find(law, place, walker=no_walk).hits] == ["H4"]


def test_incomplete_newer_edition_hides_the_older():
    law = theme(edition(1), edition(2, since="2023-01-01"))
    place = ground(covers={1: 1.0, 2: None}, hits=[hit(1, "H4", 100)])
    assert whys(find(law, place, walker=no_walk)) == [WhyNot.COMPUTING]


def test_partly_covered_parcel_takes_the_exact_walk():
    law = theme(edition(1), edition(2, since="2023-01-01"))
    place = ground(covers={1: 1.0, 2: 0.4}, hits=[hit(1, "H4", 100), hit(2, "H5", 40)])
    asked = []

    def walker(day):
        asked.append([e.instrument for e in day.in_force])
        return Walked(hits=(hit(2, "H5", 40), hit(1, "H4", 60)), rest_m2=0.0)

    finding = find(law, place, walker=walker)
    assert asked == [["e2", "e1"]]
    assert {h.code: h.area_m2 for h in finding.hits} == {"H5": 40, "H4": 60}
    assert finding.outcome is Outcome.APPLIES


def test_walk_that_leaves_a_rest_is_not_known():
    place = ground(covers={1: 0.4}, hits=[hit(1, "H4", 40)])
    finding = find(theme(edition(1)), place, walker=lambda _: Walked(hits=(hit(1, "H4", 40),), rest_m2=60.0))
    assert finding.outcome is Outcome.NOT_KNOWN
    assert whys(finding) == [WhyNot.PARTLY_OUTSIDE]
    assert [h.code for h in finding.hits] == ["H4"]


def test_cumulative_partly_covered_without_hit_is_not_known():
    law = theme(edition(1), partition=False)
    finding = find(law, ground(covers={1: 0.4}), walker=lambda _: Walked(hits=(), rest_m2=60.0))
    assert finding.outcome is Outcome.NOT_KNOWN


@pytest.mark.parametrize(
    ("area", "of", "is_sliver"),
    [(0.5, 100.0, True), (1.0, 200.0, False), (0.5, 40.0, False), (0.99, 1000.0, True)],
)
def test_sliver_is_below_both_tolerances(area, of, is_sliver):
    """Tolerances 1 m² and 1 %: reaching either makes it count."""
    place = ground(covers={1: 1.0}, hits=[hit(1, "BUFFER_1", area, of=of)], area=of)
    finding = find(theme(edition(1), partition=False), place, walker=no_walk)
    assert bool(finding.slivers) is is_sliver
    assert finding.outcome is (Outcome.DOES_NOT_APPLY if is_sliver else Outcome.APPLIES)
    assert all(s.sliver for s in finding.slivers)


def test_tiny_parcel_keeps_its_only_value():
    place = ground(covers={1: 1.0}, hits=[hit(1, "H4", 0.001, of=0.001)], area=0.001)
    assert [h.code for h in find(theme(edition(1)), place, walker=no_walk).hits] == ["H4"]


def test_scoped_edition_away_from_its_scope_does_not_speak():
    law = theme(edition(1), edition(2, since="2023-01-01", only=(7,), scope_periods=(7,)))
    place = ground(covers={1: 1.0, 2: 1.0}, hits=[hit(1, "H4", 100), hit(2, "H5", 100)])
    assert [h.code for h in find(law, place, walker=no_walk).hits] == ["H4"]


def test_parcel_that_touches_a_scope_takes_the_exact_walk():
    law = theme(edition(1), edition(2, since="2023-01-01", minus=(7,), scope_periods=(7,)))
    place = ground(covers={1: 1.0, 2: 1.0}, hits=[hit(1, "H4", 100), hit(2, "H5", 100)], touched=[7])
    walked = Walked(hits=(hit(1, "H4", 100),), rest_m2=0.0)
    assert [h.code for h in find(law, place, walker=lambda _: walked).hits] == ["H4"]
    free = ground(covers={1: 1.0, 2: 1.0}, hits=[hit(1, "H4", 100), hit(2, "H5", 100)])
    assert [h.code for h in find(law, free, walker=no_walk).hits] == ["H5"]


def test_a_zone_drawn_in_many_small_pieces_is_no_sliver():
    """0.9 m² each is below 1 m² and 0.1 % is below 1 %; thirty of them are 27 m²."""
    pieces = [hit(1, "BUFFER_1", 0.9, of=900.0) for _ in range(30)]
    found = find(theme(edition(1), partition=False), ground(covers={1: 1.0}, hits=pieces, area=900), walker=no_walk)
    assert (found.outcome, len(found.hits)) == (Outcome.APPLIES, 30)


def test_unplaced_rows_leave_doubt_beside_a_zone_that_is_there():
    """The row without a place may be a stricter zone over the one that is known."""
    place = ground(covers={1: 1.0}, hits=[hit(1, "BUFFER_2", 100)])
    found = find(theme(edition(1, unplaced=1), partition=False), place, walker=no_walk)
    assert found.outcome is Outcome.NOT_KNOWN
    assert whys(found) == [WhyNot.QUARANTINE]
    assert [h.code for h in found.hits] == ["BUFFER_2"]


def test_an_older_plan_does_not_fill_the_hole_of_a_quarantined_row():
    place = ground(covers={1: 1.0, 2: 0.0}, hits=[hit(1, "H5", 100)], quarantined={2: 100.0})
    found = find(theme(edition(1), edition(2, since="2023-01-01")), place, walker=no_walk)
    assert found.outcome is Outcome.NOT_KNOWN
    assert whys(found) == [WhyNot.QUARANTINE]


def test_another_list_of_zones_does_not_fill_it_either():
    place = ground(covers={1: 1.0, 2: 0.0}, quarantined={2: 100.0})
    found = find(theme(edition(1), edition(2, since="2023-01-01"), partition=False), place, walker=no_walk)
    assert found.outcome is Outcome.NOT_KNOWN


def test_a_quarantined_row_of_a_plan_that_was_superseded_here_leaves_no_doubt():
    place = ground(covers={1: 1.0, 2: 1.0}, hits=[hit(2, "H3", 100)], quarantined={1: 100.0})
    found = find(theme(edition(1), edition(2, since="2023-01-01")), place, walker=no_walk)
    assert found.outcome is Outcome.APPLIES


def test_a_quarantined_row_that_only_grazes_the_parcel_leaves_no_doubt():
    place = ground(covers={1: 1.0}, quarantined={1: 0.5})
    found = find(theme(edition(1), partition=False), place, walker=no_walk)
    assert found.outcome is Outcome.DOES_NOT_APPLY


def test_a_rest_of_the_whole_parcel_is_outside_though_the_recorded_area_is_rounded():
    """The walk measures 240.1151 m², the record says 240.12 m²."""
    place = ground(covers={1: 1.0}, area=240.12, touched=[7])
    scoped = edition(1, scope_periods=(7,), minus=(7,))
    found = find(theme(scoped), place, walker=lambda _: Walked(hits=(), rest_m2=240.1151))
    assert whys(found) == [WhyNot.OUTSIDE_COVERAGE]
