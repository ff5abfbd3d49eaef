"""A theme's tile shows the governing edition of each place, and only that."""

import pytest

from apps.legal.models import Rank
from gis_layers import postgis_tiles
from gis_layers.models import ThemeKind
from tests.legal.build import Desk
from tests.map_services.build import TODAY, enact, metres, pending_urls, plan, shapes, strip, theme_url
from tests.overlay.grid import area, theme

pytestmark = pytest.mark.django_db


def drawn(url: str | None = None) -> dict[tuple[str, str], int]:
    return metres(shapes(url or theme_url()))


def test_one_edition_is_drawn_with_its_attributes(desk: Desk) -> None:
    """
    0    200                1000
    |-Z1-|--------Z2--------|      a
    """
    made = plan("a", 0, 200, 1000)
    enact(desk, made, "2014-01-01")
    assert drawn() == {("a", "Z1"): 200, ("a", "Z2"): 800}
    first = next(s for s in shapes(theme_url()) if s.tags["code"] == "Z1")
    assert first.tags == {"code": "Z1", "label_fa": "Z1", "label_en": "Z1", "edition": "a", "status": "in_force"}
    assert first.id == made.features.get(code="Z1").id


def test_a_newer_edition_hides_the_older_where_it_speaks(desk: Desk) -> None:
    """
    0          300   600          1000
    |----a-----|  b  |-----a------|      b is newer and speaks of 300..600
    """
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    enact(desk, plan("b", 300, 600), "2020-01-01")
    assert drawn() == {("a", "Z1"): 700, ("b", "Z1"): 300}


def test_a_gap_in_the_newer_edition_stays_a_gap(desk: Desk) -> None:
    """b speaks of 300..600 but has a zone on 300..400 only: the older plan is not drawn through the gap."""
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    enact(desk, plan("b", 300, 400, coverage=strip(300, 600)), "2020-01-01")
    assert drawn() == {("a", "Z1"): 700, ("b", "Z1"): 100}


def test_nothing_is_drawn_where_the_edition_does_not_speak(desk: Desk) -> None:
    """The zone is 0..1000, the coverage ends at 700: the rest of the zone says nothing."""
    enact(desk, plan("a", 0, 1000, coverage=strip(0, 700)), "2014-01-01")
    assert drawn() == {("a", "Z1"): 700}


def test_a_local_plan_beats_a_later_city_plan(desk: Desk) -> None:
    enact(desk, plan("local", 0, 400, rank=Rank.LOCAL_PLAN), "2010-01-01")
    enact(desk, plan("city", 0, 1000), "2014-01-01")
    assert drawn() == {("local", "Z1"): 400, ("city", "Z1"): 600}


def test_three_editions_over_each_other(desk: Desk) -> None:
    """
    0     200        500     700     1000
    |--a--|----c-----|---b---|---a---|      b speaks of 200..700, the newest c of 200..500
    """
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    enact(desk, plan("b", 200, 700), "2018-01-01")
    enact(desk, plan("c", 200, 500), "2020-01-01")
    assert drawn() == {("a", "Z1"): 500, ("b", "Z1"): 200, ("c", "Z1"): 300}


def test_a_hidden_edition_is_not_drawn_at_all(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    enact(desk, plan("b", 0, 1000), "2020-01-01")
    assert drawn() == {("b", "Z1"): 1000}


def test_cumulative_editions_are_all_drawn(desk: Desk) -> None:
    buffers = theme("buffer", ThemeKind.CUMULATIVE)
    enact(desk, plan("a", 0, 1000, of=buffers), "2014-01-01")
    enact(desk, plan("b", 300, 600, of=buffers), "2020-01-01")
    assert drawn(theme_url(code="buffer")) == {("a", "Z1"): 1000, ("b", "Z1"): 300}


def test_suspending_the_newer_edition_brings_the_older_back(desk: Desk) -> None:
    old, new = plan("a", 0, 1000), plan("b", 300, 600)
    enact(desk, old, "2014-01-01")
    enact(desk, new, "2020-01-01")
    desk.do("suspend", new.instrument, "2024-01-01")
    assert drawn() == {("a", "Z1"): 1000}
    suspended = shapes(pending_urls()[("b", "suspended")])
    assert metres(suspended) == {("b", "Z1"): 300}
    assert suspended[0].tags["status"] == "suspended"


def test_a_suspension_of_one_place_only(desk: Desk) -> None:
    """
    0         300   500 600          1000
    |----a----|  b  | a |-----a------|      b is suspended on 500..600 only
    """
    old, new = plan("a", 0, 1000), plan("b", 300, 600)
    enact(desk, old, "2014-01-01")
    enact(desk, new, "2020-01-01")
    desk.do("suspend", new.instrument, "2024-01-01", scope=strip(500, 600))
    assert drawn() == {("a", "Z1"): 800, ("b", "Z1"): 200}
    assert drawn(pending_urls()[("b", "suspended")]) == {("b", "Z1"): 100}


def test_an_edition_in_force_in_one_place_only(desk: Desk) -> None:
    """b is annulled on 0..700: there the older plan governs again; on the rest b."""
    old, new = plan("a", 0, 1000), plan("b", 0, 1000)
    enact(desk, old, "2014-01-01")
    enact(desk, new, "2020-01-01")
    desk.do("annul", new.instrument, "2024-01-01", scope=strip(0, 700))
    assert drawn() == {("a", "Z1"): 700, ("b", "Z1"): 300}


def test_approved_law_is_drawn_apart_and_never_as_law(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    coming = plan("b", 300, 600)
    desk.do("approve", coming.instrument, "2026-01-01")
    assert drawn() == {("a", "Z1"): 1000}
    approved = shapes(pending_urls()[("b", "approved_not_promulgated")])
    assert metres(approved) == {("b", "Z1"): 300}
    assert {s.tags["status"] for s in approved} == {"approved_not_promulgated"}


def test_a_theme_without_law_has_no_tiles(desk: Desk) -> None:
    plan("a", 0, 1000)
    with pytest.raises(KeyError):
        theme_url()


def test_what_is_smaller_than_a_pixel_is_left_out(desk: Desk) -> None:
    """At z14 a pixel is about 8 m of ground: the 2 m square goes, the 100 m zone stays."""
    made = plan("a", 0, 1000)
    made.features.create(
        source_row=2,
        code="tiny",
        geom=area((0, 0, 2, 2)),
        geom_web=area((0, 0, 2, 2)).transform(3857, clone=True),
    )
    enact(desk, made, "2014-01-01")
    assert {s.tags["code"] for s in shapes(theme_url())} == {"Z1"}
    assert {s.tags["code"] for s in shapes(theme_url(), zoom=18, at=(1, 1))} == {"Z1", "tiny"}


def test_far_out_a_ragged_edge_is_drawn_with_few_points(desk: Desk) -> None:
    """2000 teeth of 1 m: all of them at z18, hardly any at z12."""
    teeth = [(x / 2, 99.0 + x % 2) for x in range(2000, 0, -1)]
    made = plan("a", 0, 1000)
    ragged = area((*teeth, (0.0, 0.0), (1000.0, 0.0)))
    made.features.update(geom=ragged, geom_web=ragged.transform(3857, clone=True))
    enact(desk, made, "2014-01-01")
    near = shapes(theme_url(), zoom=18, at=(500, 99))
    far = shapes(theme_url(), zoom=12)
    assert len(near[0].rings[0]) > 150
    assert len(far[0].rings[0]) < 60


def test_past_days_show_the_law_of_then(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    enact(desk, plan("b", 300, 600), "2020-01-01")
    assert drawn(theme_url(on=TODAY.replace(year=2016))) == {("a", "Z1"): 1000}
    assert drawn(theme_url(on=TODAY)) == {("a", "Z1"): 700, ("b", "Z1"): 300}


def test_far_out_only_the_largest_are_drawn_and_near_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six zones of 100 m, one of 200 (Z7) and one of 200.1 (Z8); with room for two, those two, the widest first."""
    made = plan("a", *range(0, 700, 100), 800, 1000.1)
    enact(desk, made, "2014-01-01")
    url = theme_url()
    assert len(shapes(url, zoom=14)) == 8
    monkeypatch.setattr(postgis_tiles, "_THEME", postgis_tiles._THEME.replace("THEN 4000", "THEN 2"))
    assert [s.tags["code"] for s in shapes(url, zoom=13)] == ["Z8", "Z7"]
    assert len(shapes(url, zoom=15)) > 2
