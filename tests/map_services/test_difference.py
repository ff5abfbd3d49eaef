"""What differs between what governs and a new edition, on integer grids of metres.

Drawings: the street of 1000 × 100 m of tests.map_services.build; areas in m² ÷ 100 = metres of street.
"""

from datetime import date

import pytest

from apps.common.errors import NotFoundError
from apps.legal.models import Rank
from apps.map_services import differences
from apps.map_services.difference_work import compute
from apps.map_services.differences import (
    Difference,
    cancel_difference,
    difference,
    request_difference,
    request_difference_of_days,
    resume_difference,
)
from apps.map_services.models import DifferenceCell, DifferencePiece, DifferenceState, DifferenceView, Tile
from gis_layers import difference_zones, postgis_difference
from gis_layers.models import Edition, Feature, ThemeKind
from tests.legal.build import Desk
from tests.map_services.build import TODAY, enact, plan, strip
from tests.overlay.grid import area, edition, theme

pytestmark = pytest.mark.django_db
Found = dict[tuple[str, str], float]


def compared(new: Edition, on: date = TODAY) -> Difference:
    key = request_difference(edition_id=new.pk, on=on)
    compute(key)
    return difference(key)


def metres(found: Difference) -> Found:
    """(old, new) → metres of street."""
    assert found.done
    return {(line.old, line.new): round(line.m2 / 100, 6) for line in found.lines if line.count}


def recode(made: Edition, *codes: str) -> Edition:
    """The features of an edition get these codes in the order of their rows."""
    for feature, code in zip(made.features.order_by("source_row"), codes, strict=True):
        made.features.filter(pk=feature.pk).update(code=code)
    return made


def test_a_draft_changes_gains_and_loses(desk: Desk) -> None:
    """
    0      200    400    600     800   1000
    |--A---|--B---|             |--C---|       in force, coverage 0..1000
    |--A---|--X---|--Y---|                     draft, coverage 0..1000
    """
    old = recode(edition(strip(0, 200), strip(200, 400), strip(800, 1000), coverage=strip(0, 1000)), "A", "B", "C")
    enact(desk, old, "2014-01-01")
    new = recode(edition(strip(0, 200), strip(200, 400), strip(400, 600), coverage=strip(0, 1000)), "A", "X", "Y")
    found = compared(new)
    assert metres(found) == {("B", "X"): 200, ("", "Y"): 200, ("C", ""): 200}
    assert {(line.kind, line.old, line.count) for line in found.lines} == {
        ("changed", "B", 1), ("gained", "", 1), ("lost", "C", 1)
    }  # fmt: skip


def test_an_edition_against_itself_is_empty(desk: Desk) -> None:
    made = plan("a", 0, 200, 1000)
    enact(desk, made, "2014-01-01")
    found = compared(made)
    assert (found.done, found.lines, found.all_cells, found.bbox) == (True, (), 0, None)


def test_the_same_zones_again_are_no_difference(desk: Desk) -> None:
    enact(desk, plan("a", 0, 200, 1000), "2014-01-01")
    found = compared(plan("b", 0, 200, 1000))
    assert found.lines == ()
    assert found.all_cells == 1


def test_outside_the_coverage_of_the_new_edition_nothing_changes(desk: Desk) -> None:
    """
    0       300     600      1000
    |---A---|---A---|----A---|     in force
            |-B-|               draft: B on 300..450, coverage 300..600; its feature reaches beyond to 200
    """
    enact(desk, recode(plan("a", 0, 1000), "A"), "2014-01-01")
    new = recode(edition(strip(200, 450), coverage=strip(300, 600)), "B")
    assert metres(compared(new)) == {("A", "B"): 150, ("A", ""): 150}


def test_where_nothing_governed_the_new_edition_gains_and_its_gaps_are_nothing(desk: Desk) -> None:
    new = recode(edition(strip(0, 300), coverage=strip(0, 1000)), "B")
    assert metres(compared(new)) == {("", "B"): 300}


def test_a_local_plan_keeps_governing_under_a_new_city_plan(desk: Desk) -> None:
    enact(desk, recode(plan("city", 0, 1000), "A"), "2014-01-01")
    enact(desk, recode(plan("local", 400, 600, rank=Rank.LOCAL_PLAN), "L"), "2015-01-01")
    assert metres(compared(recode(plan("draft", 0, 1000), "B"))) == {("A", "B"): 800}


def test_a_suspension_of_one_place_is_part_of_what_governs(desk: Desk) -> None:
    """b (newer, 300..600) is suspended on 500..600: there a governs. The draft speaks of 400..700."""
    enact(desk, recode(plan("a", 0, 1000), "A"), "2014-01-01")
    newer = recode(plan("b", 300, 600), "B")
    enact(desk, newer, "2020-01-01")
    desk.do("suspend", newer.instrument, "2024-01-01", scope=strip(500, 600))
    assert metres(compared(recode(plan("c", 400, 700), "C"))) == {("B", "C"): 100, ("A", "C"): 200}


def test_asked_of_what_is_suspended_it_says_what_lifting_would_do(desk: Desk) -> None:
    """b is suspended on 500..600, c is newer than b and speaks of 550..700: b comes back on 500..550 only."""
    enact(desk, recode(plan("a", 0, 1000), "A"), "2014-01-01")
    middle = recode(plan("b", 300, 600), "B")
    enact(desk, middle, "2020-01-01")
    desk.do("suspend", middle.instrument, "2024-01-01", scope=strip(500, 600))
    enact(desk, recode(plan("c", 550, 700), "C"), "2025-01-01")
    assert metres(compared(middle)) == {("A", "B"): 50}


def test_suspended_everywhere_it_keeps_its_day(desk: Desk) -> None:
    middle = recode(plan("b", 300, 600), "B")
    enact(desk, recode(plan("a", 0, 1000), "A"), "2014-01-01")
    enact(desk, middle, "2020-01-01")
    enact(desk, recode(plan("c", 500, 700), "C"), "2022-01-01")
    desk.do("suspend", middle.instrument, "2024-01-01")
    assert metres(compared(middle)) == {("A", "B"): 200}


def test_attributes_that_differ_are_a_change_under_the_same_code(desk: Desk) -> None:
    enact(desk, recode(plan("a", 0, 1000), "A"), "2014-01-01")
    new = recode(plan("b", 0, 400, 1000), "A", "A")
    new.features.filter(source_row=1).update(attributes={"storeys": 5})
    found = compared(new)
    assert metres(found) == {("A", "A"): 400}
    assert found.lines[0].kind == "changed"


def test_the_day_decides_what_it_is_compared_with(desk: Desk) -> None:
    enact(desk, recode(plan("a", 0, 1000), "A"), "2014-01-01")
    enact(desk, recode(plan("b", 0, 500), "B"), "2020-01-01")
    draft = recode(plan("c", 0, 1000), "C")
    assert metres(compared(draft, on=date(2016, 1, 1))) == {("A", "C"): 1000}
    assert metres(compared(draft)) == {("B", "C"): 500, ("A", "C"): 500}


def test_in_cumulative_themes_what_is_said_already_is_not_gained(desk: Desk) -> None:
    """
    0     200    400    600    800   1000
    |-----F-------------|                    in force
          |------F------|---F--|             draft: F 200..800, and G 700..900
                             |--G--|
    """
    buffers = theme("buffer", ThemeKind.CUMULATIVE)
    enact(desk, recode(plan("a", 0, 600, of=buffers), "F"), "2014-01-01")
    draft = edition(strip(200, 800), strip(700, 900), coverage=strip(0, 1000), of=buffers)
    assert metres(compared(recode(draft, "F", "G"))) == {("", "F"): 100, ("", "F + G"): 100, ("", "G"): 100}


def test_between_two_days_a_cumulative_theme_may_lose(desk: Desk) -> None:
    """a (F, 0..600) is repealed, b (G, 400..1000) comes: between, 400..600 changes from F to G."""
    buffers = theme("buffer", ThemeKind.CUMULATIVE)
    old = recode(plan("a", 0, 600, of=buffers), "F")
    enact(desk, old, "2014-01-01")
    enact(desk, recode(plan("b", 400, 1000, of=buffers), "G"), "2020-01-01")
    desk.do("repeal", old.instrument, "2020-01-01")
    key = request_difference_of_days(theme=buffers, start=date(2019, 1, 1), end=date(2021, 1, 1))
    compute(key)
    assert metres(difference(key)) == {("F", ""): 400, ("F", "G"): 200, ("", "G"): 400}


def test_zones_that_lie_over_each_other_are_said_together(desk: Desk) -> None:
    """In force A 0..600 and B 400..1000 (the plan contradicts itself on 400..600); the draft says A everywhere."""
    old = recode(edition(strip(0, 600), strip(400, 1000), coverage=strip(0, 1000)), "A", "B")
    enact(desk, old, "2014-01-01")
    assert metres(compared(recode(plan("b", 0, 1000), "A"))) == {("A + B", "A"): 200, ("B", "A"): 400}


def test_holes_islands_and_touching_corners(desk: Desk) -> None:
    """
    30 ┌─────────┐         in force: A, the ring and B in its hole
       │ A ┌─┐ A │         draft: C in the hole's lower half, A elsewhere; a square D that touches the corner (30, 30)
       │   │B│   │
       │   └─┘   │
     0 └─────────┘
       0   10 20  30
    """
    ring, core = area((0, 0, 30, 30), hole=(10, 10, 20, 20)), area((10, 10, 20, 20))
    enact(desk, recode(edition(ring, core, coverage=area((0, 0, 60, 60))), "A", "B"), "2014-01-01")
    zones = ring, area((10, 10, 20, 15)), area((10, 15, 20, 20)), area((30, 30, 40, 40))
    found = compared(recode(edition(*zones, coverage=area((0, 0, 60, 60))), "A", "C", "A", "D"))
    assert metres(found) == {("B", "C"): 0.5, ("B", "A"): 0.5, ("", "D"): 1}


def test_places_are_counted_not_features(desk: Desk) -> None:
    """Three features in a row change alike: one place. A fourth that touches only by a corner is another."""
    squares = (area((0, 0, 10, 10)), area((10, 0, 20, 10)), area((20, 0, 30, 10)), area((30, 10, 40, 20)))
    cover = area((0, 0, 60, 60))
    enact(desk, recode(edition(*squares, coverage=cover), *"AAAA"), "2014-01-01")
    (line,) = compared(recode(edition(*squares, coverage=cover), *"BBBB")).lines
    assert (line.count, line.m2) == (2, 400)


def test_slivers_are_counted_apart(desk: Desk) -> None:
    """The border between A and B moved by half a centimetre over 100 m: 0.5 m², below the tolerance of 1 m²."""
    enact(desk, recode(plan("a", 0, 500, 1000), "A", "B"), "2014-01-01")
    found = compared(recode(plan("b", 0, 500.005, 1000), "A", "B"))
    (line,) = found.lines
    assert (line.kind, line.count, line.m2, line.slivers) == ("changed", 0, 0, 1)
    assert line.sliver_m2 == pytest.approx(0.5, abs=1e-6)


def test_the_result_does_not_depend_on_the_cells(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One long change over many cells is sewn into one place again, and no piece stays open."""
    cuts = [0, *range(10, 1010, 10)]
    enact(desk, recode(plan("a", *cuts), *["A"] * 100), "2014-01-01")
    monkeypatch.setattr(difference_zones.cells, "__kwdefaults__", {"most": 6})
    found = compared(recode(plan("b", *cuts), *["B"] * 100))
    assert found.all_cells > 10
    (line,) = found.lines
    assert (line.count, round(line.m2, 6)) == (1, 100_000)
    assert not DifferencePiece.objects.filter(open=True).exists()


def test_the_box_of_a_line_is_in_degrees(desk: Desk) -> None:
    found = compared(recode(plan("b", 0, 1000), "B"))
    west, south, east, north = found.bbox
    assert 51.6 < west < east < 51.7
    assert 32.6 < south < north < 32.7
    assert found.lines[0].bbox == found.bbox


def test_the_same_question_has_the_same_key(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    draft = plan("b", 0, 500)
    keys = {request_difference(edition_id=draft.pk, on=day) for day in (TODAY, date(2020, 1, 1))}
    assert len(keys) == 1
    enact(desk, draft, "2026-11-01")
    days = request_difference_of_days(theme=draft.theme, start=date(2020, 1, 1), end=TODAY)
    assert keys == {days}
    assert DifferenceView.objects.count() == 1


def test_another_tolerance_is_another_question(desk: Desk) -> None:
    draft = plan("b", 0, 500)
    before = request_difference(edition_id=draft.pk, on=TODAY)
    draft.theme.tolerance_m2 = 5
    draft.theme.save()
    assert request_difference(edition_id=draft.pk, on=TODAY) != before


def test_a_draft_is_the_desks_until_an_act_names_it(desk: Desk) -> None:
    draft = plan("b", 0, 500)
    key = request_difference(edition_id=draft.pk, on=TODAY)
    assert not difference(key).public
    desk.do("approve", draft.instrument, "2026-01-01")
    assert difference(key).public


def test_killed_between_cells_it_goes_on_and_nothing_is_doubled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cuts = [0, *range(10, 1010, 10)]
    enact(desk, recode(plan("a", *cuts), *["A"] * 100), "2014-01-01")
    monkeypatch.setattr(difference_zones.cells, "__kwdefaults__", {"most": 6})
    key = request_difference(edition_id=recode(plan("b", *cuts), *["B"] * 100).pk, on=TODAY)
    real, calls = postgis_difference.cut, []

    def dying(*args, **named):
        calls.append(1)
        if len(calls) in {4, 9}:
            raise KeyboardInterrupt
        return real(*args, **named)

    monkeypatch.setattr(postgis_difference, "cut", dying)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            compute(key)
    assert (difference(key).state, difference(key).done_cells) == (DifferenceState.RUNNING, 7)
    assert 0 < difference(key).percent < 100
    assert differences.unfinished() == [key]
    compute(key)
    (line,) = difference(key).lines
    assert (line.count, round(line.m2, 6), difference(key).percent) == (1, 100_000, 100)
    compute(key)
    assert DifferencePiece.objects.count() == 1
    assert differences.unfinished() == []


def test_given_up_it_stands_still_until_it_is_taken_up(desk: Desk) -> None:
    key = request_difference(edition_id=plan("b", 0, 500).pk, on=TODAY)
    assert cancel_difference(key)
    compute(key)
    assert (difference(key).state, difference(key).percent) == (DifferenceState.CANCELLED, 0)
    resume_difference(key)
    compute(key)
    assert difference(key).done
    assert not cancel_difference(key)
    resume_difference(key)
    assert difference(key).done


def test_what_the_desk_gave_up_is_taken_up_when_everybody_asks(desk: Desk) -> None:
    draft = plan("b", 0, 500)
    cancel_difference(request_difference(edition_id=draft.pk, on=TODAY))
    enact(desk, draft, "2020-01-01")
    key = request_difference_of_days(theme=draft.theme, start=date(2019, 1, 1), end=TODAY)
    assert difference(key).state == DifferenceState.WAITING
    compute(key)
    assert request_difference_of_days(theme=draft.theme, start=date(2019, 1, 1), end=TODAY) == key
    assert difference(key).done


def test_given_up_in_the_middle_it_stops_after_the_cell(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difference_zones.cells, "__kwdefaults__", {"most": 6})
    key = request_difference(edition_id=plan("b", 0, *range(10, 1010, 10)).pk, on=TODAY)
    real = postgis_difference.cut

    def cancelling(*args, **named):
        cancel_difference(key)
        return real(*args, **named)

    monkeypatch.setattr(postgis_difference, "cut", cancelling)
    compute(key)
    assert (difference(key).state, difference(key).done_cells) == (DifferenceState.CANCELLED, 1)


def test_what_is_not_there_is_said(db: None) -> None:
    with pytest.raises(NotFoundError, match="edition"):
        request_difference(edition_id=0, on=TODAY)
    with pytest.raises(NotFoundError, match="comparison"):
        difference("nothing")


def test_a_deleted_draft_takes_its_difference_along(desk: Desk) -> None:
    draft = plan("b", 0, 500)
    compared(draft)
    Feature.objects.filter(edition=draft).delete()
    draft.delete()
    assert not DifferenceView.objects.exists()
    assert not DifferencePiece.objects.exists()
    assert not DifferenceCell.objects.exists()
    assert not Tile.objects.exists()
