"""Keys change when what they name changes, and only then."""

from datetime import UTC, datetime

import pytest

from apps.cadastre.models import District
from apps.map_services.models import TilePlate, TileView
from apps.map_services.selectors import layers, tile_urls
from gis_layers.models import Backdrop
from tests.legal.build import Desk
from tests.map_services.build import TODAY, enact, pending_urls, plan, strip, theme_url
from tests.overlay.grid import area, parcel, theme, web

pytestmark = pytest.mark.django_db


def test_the_same_law_has_the_same_key_on_every_day(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    assert theme_url(on=TODAY) == theme_url(on=TODAY.replace(year=2020)) == theme_url(on=TODAY)
    assert TileView.objects.count() == 1


def test_an_act_changes_the_key_and_its_undoing_gives_the_old_one_back(desk: Desk) -> None:
    made = plan("a", 0, 1000)
    enact(desk, plan("old", 0, 1000), "2010-01-01")
    enact(desk, made, "2014-01-01")
    before = theme_url()
    suspension = desk.do("suspend", made.instrument, "2024-01-01")
    between = theme_url()
    desk.do("lift", made.instrument, "2025-01-01", lifts=suspension)
    assert between != before
    assert theme_url() == before


def test_law_of_another_theme_or_law_not_in_force_changes_nothing(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    before = theme_url()
    enact(desk, plan("other", 0, 1000, of=theme("density")), "2015-01-01")
    desk.do("approve", plan("b", 0, 1000).instrument, "2016-01-01")
    enact(desk, plan("c", 0, 1000), "2016-01-01", effective="2030-01-01")
    assert theme_url() == before


def test_the_place_of_a_scoped_act_is_part_of_the_key(desk: Desk) -> None:
    made = plan("a", 0, 1000)
    enact(desk, made, "2014-01-01")
    whole = theme_url()
    desk.do("suspend", made.instrument, "2020-01-01", scope=strip(0, 100))
    one = theme_url(on=TODAY.replace(year=2021))
    desk.do("suspend", made.instrument, "2022-01-01", scope=strip(900, 1000))
    assert len({whole, one, theme_url()}) == 3
    assert theme_url(on=TODAY.replace(year=2021)) == one


def test_a_scoped_suspension_that_was_lifted_leaves_no_trace(desk: Desk) -> None:
    """Inside the scope it is in force by another act than outside: still everywhere."""
    made = plan("a", 0, 1000)
    enact(desk, made, "2014-01-01")
    whole = theme_url()
    suspension = desk.do("suspend", made.instrument, "2020-01-01", scope=strip(0, 100))
    assert theme_url() != whole
    desk.do("lift", made.instrument, "2021-01-01", lifts=suspension)
    assert theme_url() == whole


def test_as_known_then(desk: Desk) -> None:
    """A suspension of 2020, recorded in 2024: asked as known in 2022 the old key is given."""
    made = plan("a", 0, 1000)
    enact(desk, plan("old", 0, 1000), "2010-01-01")
    enact(desk, made, "2014-01-01")
    before = theme_url(known_at=datetime(2022, 1, 1, tzinfo=UTC))
    desk.do("suspend", made.instrument, "2020-01-01", recorded="2024-01-01")
    assert theme_url(known_at=datetime(2022, 1, 1, tzinfo=UTC)) == before
    assert theme_url() != before


def test_pending_law_has_a_key_of_its_own_by_status(desk: Desk) -> None:
    made = plan("a", 0, 1000)
    desk.do("approve", made.instrument, "2014-01-01")
    approved = pending_urls()[("a", "approved_not_promulgated")]
    desk.do("promulgate", made.instrument, "2014-02-01")
    in_force = theme_url()
    desk.do("suspend", made.instrument, "2015-01-01")
    suspended = pending_urls()[("a", "suspended")]
    assert len({approved, in_force, suspended}) == 3


def test_rebuilding_a_known_view_writes_nothing_again(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    tile_urls(on=TODAY)
    plates = set(TilePlate.objects.values_list("pk", flat=True))
    tile_urls(on=TODAY)
    assert set(TilePlate.objects.values_list("pk", flat=True)) == plates


def test_parcels_are_named_by_their_newest_version() -> None:
    before = tile_urls(on=TODAY)["parcels"]
    parcel((0, 0, 10, 10))
    after = tile_urls(on=TODAY)["parcels"]
    assert before != after
    assert tile_urls(on=TODAY)["parcels"] == after


def test_backdrop_and_districts_are_named_by_their_content() -> None:
    street = web(area((0, 0, 10, 10)))
    empty = tile_urls(on=TODAY)
    Backdrop.objects.create(kind="river", geom_web=street)
    District.objects.create(number=1, name_fa="یک", name_en="One", geom=area((0, 0, 9, 9)), geom_web=street)
    first = tile_urls(on=TODAY)
    District.objects.update(name_en="First")
    second = tile_urls(on=TODAY)
    assert empty["backdrop"] != first["backdrop"] == second["backdrop"]
    assert len({empty["districts"], first["districts"], second["districts"]}) == 3


def test_the_list_of_layers(desk: Desk) -> None:
    heights = theme()
    heights.style = {
        "default": "#bbbbbb",
        "colors": [{"code": "Z1", "label": {"fa": "یک", "en": "One"}, "color": "#fde725", "extra": 1}],
    }
    heights.save()
    made = plan("a", 0, 1000)
    enact(desk, made, "2014-01-01")
    desk.do("approve", plan("b", 0, 1000).instrument, "2026-01-01")
    told = layers(on=TODAY)
    assert told["on"] == "2026-11-22"
    assert told["law_version"] > 0
    assert set(told["tiles"]) == {"backdrop", "districts", "parcels", "height_code"}
    (theme_told,) = told["themes"]
    assert theme_told["code"] == "height_code"
    assert theme_told["kind"] == "partition"
    assert theme_told["legend"] == [{"code": "Z1", "label": {"fa": "یک", "en": "One"}, "color": "#fde725"}]
    (in_force,) = theme_told["editions"]
    assert (in_force["instrument"], in_force["status"], in_force["sample"]) == ("a", "in_force", True)
    assert in_force["act"]["kind"] == "promulgate"
    assert in_force["act"]["date"] == "2014-01-01"
    (pending,) = theme_told["pending"]
    assert (pending["instrument"], pending["status"]) == ("b", "approved_not_promulgated")
    assert pending["act"]["kind"] == "approve"
    assert pending["tiles"].startswith("/tiles/height_code/")
    assert pending["tiles"].endswith("/{z}/{x}/{y}.mvt")
