"""Every fixture of the law core over HTTP: written by one, signed by the other, and the city answers accordingly."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from apps.common import clock
from apps.extracts.services import compose
from apps.legal.acts import Status
from apps.legal.models import LegalAct
from apps.legal.selectors import law_snapshot
from apps.map_services.selectors import tile_urls
from apps.parties.models import Role
from apps.parties.roles import has_role
from gis_layers.models import Theme
from tests.desk.acts_build import Desk, city_of, pk_of
from tests.extracts.conftest import Grid, box

PARCEL, BESIDE = "3-1-1-1-0-0-0", "3-1-1-2-0-0-0"
DAY = date(2024, 6, 1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def grid(db: None) -> Grid:
    return city_of(Grid())


@pytest.fixture
def desk(grid: Grid) -> Desk:
    return Desk()


def zones(on: date = DAY, parcel: str = PARCEL) -> list[str]:
    """The codes of the height zones that hold the parcel, as its extract says."""
    applies = compose(parcel=parcel, on=on).data["themes"]["applies"]
    return [zone["code"] for theme in applies if theme["theme"] == "height_code" for zone in theme["zones"]]


def governing(on: date = DAY) -> list[str]:
    return [law.code for law in law_snapshot(on=on).in_force()]


def publish(desk: Desk, code: str = "hc-new", effective: str = "2024-05-01") -> None:
    desk.enact("approve", code, act_date="2024-04-01")
    desk.enact("promulgate", code, effective_on=effective)


def lonlat(shape) -> str:
    """The shape as a browser sends what was drawn."""
    geometry = json.loads(shape.transform(4326, clone=True).geojson)
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": geometry}
    ]})  # fmt: skip


def test_publish(desk: Desk) -> None:
    desk.enact("approve", "hc-new", act_date="2024-04-01")
    assert governing() == ["hc"]
    (act,) = desk.enact("promulgate", "hc-new")
    assert governing() == ["hc-new", "hc"]
    assert act.recorded_by == desk.editor
    assert has_role(act.countersigned_by, Role.RULE_APPROVER)
    assert zones() == ["H5"]


def test_the_law_is_visible_at_once_on_map_api_and_extract_in_the_same_process(desk: Desk) -> None:
    today = clock.today()
    before = compose(parcel=PARCEL).data, tile_urls(on=today), Client().get("/api/v1/layers").json()["law_version"]
    publish(desk)
    after = compose(parcel=PARCEL).data, tile_urls(on=today), Client().get("/api/v1/layers").json()["law_version"]
    assert before[0] != after[0]
    assert before[1]["height_code"] != after[1]["height_code"]
    assert before[1]["parcels"] == after[1]["parcels"]
    assert before[2] < after[2]
    assert zones(today) == ["H5"]


def test_a_future_effect_begins_by_itself_at_midnight_of_the_city(desk: Desk) -> None:
    """23:59:59 and 00:00:00 in Tehran (+03:30) of the day after tomorrow."""
    day = clock.today() + timedelta(days=2)
    desk.enact("approve", "hc-new", act_date="2024-04-01")
    desk.enact("promulgate", "hc-new", act_date=clock.today().isoformat(), effective_on=day.isoformat())
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=3, minutes=30)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert law_snapshot(on=clock.today()).by_code["hc-new"].status is Status.PROMULGATED
        assert zones(clock.today()) == ["H3"]
        before = tile_urls(on=clock.today())["height_code"]
    with time_machine.travel(midnight, tick=False):
        assert law_snapshot(on=clock.today()).by_code["hc-new"].status is Status.IN_FORCE
        assert zones(clock.today()) == ["H5"]
        assert tile_urls(on=clock.today())["height_code"] != before


def test_a_suspension_lets_the_older_one_govern_and_its_lifting_puts_it_aside(desk: Desk) -> None:
    publish(desk)
    (stop,) = desk.enact("suspend", "hc-new", act_date="2024-05-10", effective_on="2024-05-10")
    assert (zones(date(2024, 5, 9)), zones()) == (["H5"], ["H3"])
    desk.enact("lift", stops=[str(stop.pk)], act_date="2024-05-20", effective_on="2024-05-20")
    assert (zones(date(2024, 5, 19)), zones(date(2024, 5, 20))) == (["H3"], ["H5"])


def test_one_zone_is_annulled_by_a_drawn_place(desk: Desk) -> None:
    publish(desk)
    (act,) = desk.enact("annul", "hc-new", scope=lonlat(box(0, 0, 50, 50)))
    assert (zones(), zones(parcel=BESIDE)) == (["H3"], ["H5"])
    assert act.scope.area == pytest.approx(2500, rel=1e-4)


def test_a_place_with_a_hole_and_two_parts(desk: Desk) -> None:
    """A 60 m square without its middle 20 m, and a 10 m square apart: 3600 − 400 + 100 m²."""
    publish(desk)
    shape = box(0, 0, 60, 60).difference(box(20, 20, 40, 40)).union(box(200, 0, 210, 10))
    (act,) = desk.enact("suspend", "hc-new", scope=lonlat(shape))
    assert act.scope.area == pytest.approx(3300, rel=1e-4)
    assert (len(act.scope), sum(len(polygon) - 1 for polygon in act.scope)) == (2, 1)


def test_two_versions_in_one_day_are_told_apart_by_the_order_of_signing(desk: Desk, grid: Grid) -> None:
    grid.edition(
        Theme.objects.get(code="height_code"), "hc-late", {"H6": box(0, 0, 1000, 1000)}, coverage=box(0, 0, 1000, 1000)
    )
    grid.overlay()
    publish(desk)
    publish(desk, "hc-late")
    assert governing()[:2] == ["hc-late", "hc-new"]
    assert zones() == ["H6"]


def test_a_repeal_brings_nothing_older_back(desk: Desk) -> None:
    publish(desk)
    replace(desk)
    desk.enact("repeal", "hc-new", act_date="2024-05-20", effective_on="2024-05-20")
    assert governing() == []


def replace(desk: Desk) -> LegalAct:
    fields = {"old_0": pk_of("hc"), "new_0": pk_of("hc-new"), "instruments": None}
    (act,) = desk.enact("replace", **fields)
    return act


def test_a_replacement_puts_the_old_one_aside_and_an_annulment_brings_it_back(desk: Desk) -> None:
    publish(desk)
    act = replace(desk)
    assert act.replaced_by.code == "hc-new"
    assert governing() == ["hc-new"]
    desk.enact("annul", "hc-new")
    assert governing() == ["hc"]


def test_one_order_names_several_instruments(desk: Desk) -> None:
    acts = desk.enact("suspend", "hc", number="O-1") + desk.enact("approve", "hc-new", act_date="2024-04-01")
    assert [act.instrument.code for act in acts] == ["hc", "hc-new"]
    both = desk.enact("annul", "hc", "hc-new", number="O-2")
    assert len(both) == 2
    assert both[1].recorded_at - both[0].recorded_at == timedelta(microseconds=1)
    page = desk.signing.get(f"/en/desk/acts/recorded/{both[0].pk}/").content.decode()
    assert f"/en/desk/acts/recorded/{both[1].pk}/" in page


def test_the_transition_stands_on_the_act(desk: Desk) -> None:
    clause = {
        "clause-0-choices": ["continue", "withdraw"],
        "clause-0-filed_before": "1403/02/01",
        "clause-0-kinds": "NEW",
    }
    (act,) = desk.enact("suspend", "hc", **clause)
    assert act.transition == [
        {"choices": ["continue", "withdraw"], "filed_before": "2024-04-20", "kinds": ["NEW"], "until": None}
    ]
