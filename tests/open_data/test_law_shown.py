"""What the open layers show is what the map shows: in force on the day, where it is in force, by which act.

The street is 1000 m long and 100 m wide; lengths are metres along it.
"""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection  # noqa: TID251 - looks behind the views

from apps.common.clock import today
from apps.legal.models import Instrument
from apps.open_data.models import Mask, Shape
from gis_layers.models import Edition, IntakeState, ThemeKind
from tests.legal.build import Desk
from tests.map_services.build import enact, plan, shapes, strip, theme_url
from tests.map_services.build import metres as drawn
from tests.open_data.conftest import Ask
from tests.open_data.reading import CITY, ids, metres, reach
from tests.overlay.grid import theme

pytestmark = pytest.mark.django_db


def shown(ask: Ask, collection: str = "height_code", **given: object) -> dict[str, float]:
    return metres(ask(f"{collection}/items", crs=CITY, **given))


def test_the_later_edition_hides_the_earlier_where_it_speaks(desk: Desk, ask: Ask) -> None:
    """0 ──Z1── 300 ────Z2──── 1000   hc-1, 2014
    200 ───Z1─── 500            hc-2, 2020, speaks of 200 to 600: a gap from 500 on stays a gap"""
    enact(desk, plan("hc-1", 0, 300, 1000), "2014-01-01")
    enact(desk, plan("hc-2", 200, 500, coverage=strip(200, 600)), "2020-01-01")
    assert shown(ask) == {"hc-2.1": 300, "hc-1.1": 200, "hc-1.2": 400}
    assert reach(ask("height_code/items", crs=CITY)) == {
        "hc-2.1": (200, 500),
        "hc-1.1": (0, 200),
        "hc-1.2": (600, 1000),
    }
    assert shown(ask, datetime="2019-12-31") == {"hc-1.1": 300, "hc-1.2": 700}
    assert shown(ask, on="2020-01-01") == shown(ask)
    assert shown(ask, on="1398-10-10") == shown(ask, on="2019-12-31"), "a Jalali day"
    assert shown(ask, datetime="2013-12-31") == {}


def test_map_and_open_layer_show_the_same(desk: Desk, ask: Ask) -> None:
    enact(desk, plan("hc-1", 0, 300, 1000), "2014-01-01")
    enact(desk, plan("hc-2", 200, 500, coverage=strip(200, 600)), "2020-01-01")
    desk.do("annul", plan_of("hc-2"), "2021-01-01", scope=strip(300, 400))
    open_layer: dict[tuple[str, str], float] = {}
    for feature in ask("height_code/items", crs=CITY)["features"]:
        name = (feature["properties"]["edition"], feature["properties"]["code"])
        open_layer[name] = open_layer.get(name, 0) + metres({"features": [feature]})[feature["id"]]
    assert open_layer == drawn(shapes(theme_url()))


def plan_of(code: str) -> Instrument:
    return Instrument.objects.get(code=code)


def test_in_a_cumulative_theme_nothing_hides_anything(desk: Desk, ask: Ask) -> None:
    buffers = theme("buffers", ThemeKind.CUMULATIVE)
    enact(desk, plan("b-1", 0, 300, of=buffers), "2014-01-01")
    enact(desk, plan("b-2", 200, 500, of=buffers), "2020-01-01")
    assert shown(ask, "buffers") == {"b-2.1": 300, "b-1.1": 300}
    assert not Mask.objects.exists()
    assert set(Shape.objects.values_list("whole", flat=True)) == {True}


def test_an_edition_that_is_hidden_everywhere_is_not_looked_through(desk: Desk, ask: Ask) -> None:
    """The older of two editions of the whole street: known to show nothing, so no feature of it is cut."""
    enact(desk, plan("old", *range(0, 1001, 100)), "2010-01-01")
    enact(desk, plan("new", 0, 1000), "2014-01-01")
    assert shown(ask) == {"new.1": 1000}
    assert dict(Shape.objects.values_list("edition__instrument__code", "nothing")) == {"old": True, "new": False}


def test_an_act_is_followed_at_once_and_its_undoing_too(desk: Desk, ask: Ask) -> None:
    enact(desk, plan("old", 0, 1000), "2010-01-01")
    enact(desk, plan("new", 0, 400, 1000), "2014-01-01")
    assert shown(ask) == {"new.1": 400, "new.2": 600}
    suspension = desk.do("suspend", plan_of("new"), "2020-01-01")
    assert shown(ask) == {"old.1": 1000}
    assert shown(ask, "height_code-pending") == {"new.1.suspended": 400, "new.2.suspended": 600}
    desk.do("lift", plan_of("new"), "2021-01-01", lifts=suspension)
    assert shown(ask) == {"new.1": 400, "new.2": 600}
    assert shown(ask, "height_code-pending") == {}
    assert shown(ask, datetime="2020-06-01") == {"old.1": 1000}


def test_what_takes_effect_tomorrow_does_so_at_midnight_of_the_city(desk: Desk, ask: Ask) -> None:
    with time_machine.travel(datetime(2026, 3, 20, 20, 29, 59, tzinfo=UTC), tick=False):  # 23:59:59 in Tehran
        enact(desk, plan("old", 0, 1000), "2010-01-01")
        enact(desk, plan("new", 0, 500), "2026-03-01", effective="2026-03-21")
        assert shown(ask) == {"old.1": 1000}
        assert shown(ask, "height_code-pending") == {"new.1.promulgated_not_yet_effective": 500}
    with time_machine.travel(datetime(2026, 3, 20, 20, 30, tzinfo=UTC), tick=False):
        assert shown(ask) == {"new.1": 500, "old.1": 500}
        assert shown(ask, "height_code-pending") == {}


def test_the_city_as_it_was_known_then(desk: Desk, ask: Ask) -> None:
    enact(desk, plan("old", 0, 1000), "2010-01-01")
    enact(desk, plan("new", 0, 500), "2014-01-01")
    desk.do("annul", plan_of("new"), "2015-01-01", effective="2014-01-01", recorded="2020-01-01")
    assert shown(ask, on="2014-06-01") == {"old.1": 1000}
    assert shown(ask, on="2014-06-01", known_at="2019-01-01T00:00:00Z") == {"new.1": 500, "old.1": 500}
    assert shown(ask, on="2014-06-01", known_at="2009-01-01T00:00:00Z") == {}


def test_one_zone_suspended_by_one_order_and_another_by_another(desk: Desk, ask: Ask) -> None:
    """0 ── 300 ── 600 ── 1000: the first third suspended by A, the second by B; each piece names its own order."""
    enact(desk, plan("old", 0, 1000), "2010-01-01")
    enact(desk, plan("new", 0, 1000), "2014-01-01")
    desk.do("suspend", plan_of("new"), "2020-01-01", number="A", scope=strip(0, 300))
    desk.do("suspend", plan_of("new"), "2021-01-01", number="B", scope=strip(300, 600))
    page = ask("height_code-pending/items", crs=CITY)
    by_act = {f["properties"]["act_number"]: metres({"features": [f]})[f["id"]] for f in page["features"]}
    assert by_act == {"A": 300, "B": 300}
    assert len(set(ids(page))) == 2
    assert shown(ask) == {"new.1": 400, "old.1": 600}
    for feature in page["features"]:
        assert ask(f"height_code-pending/items/{feature['id']}", crs=CITY)["geometry"] == feature["geometry"]
    only_a = ask("height_code-pending/items", act_number="A")
    assert [f["properties"]["act_number"] for f in only_a["features"]] == ["A"]
    assert only_a["numberMatched"] == 1


def test_an_act_outside_all_scopes_keeps_what_is_left(desk: Desk, ask: Ask) -> None:
    """A scoped suspension that was lifted: what it covered may rest on another act; all of it is in force."""
    enact(desk, plan("new", 0, 1000), "2014-01-01")
    suspension = desk.do("suspend", plan_of("new"), "2020-01-01", scope=strip(0, 300))
    desk.do("lift", plan_of("new"), "2021-01-01", lifts=suspension)
    assert sum(shown(ask).values()) == 1000


def test_a_draft_is_never_shown(desk: Desk, ask: Ask) -> None:
    """Without an act, or with an act and a file that is still being taken in."""
    enact(desk, plan("law", 0, 100), "2014-01-01")
    plan("draft", 100, 500)
    staging = plan("staging", 500, 600)
    Edition.objects.filter(pk=staging.pk).update(state=IntakeState.STAGING)
    desk.do("approve", staging.instrument, "2020-01-01")
    assert shown(ask) == {"law.1": 100}
    assert shown(ask, "height_code-pending") == {}
    assert shown(ask, datetime="../..") == {"law.1": 100}
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT edition FROM open_data_feature")
        assert cursor.fetchall() == [("law",)]


def test_an_interval_shows_all_that_was_in_force_on_some_day_of_it(desk: Desk, ask: Ask) -> None:
    enact(desk, plan("hc-1", 0, 300, 1000), "2014-01-01")
    enact(desk, plan("hc-2", 0, 400), "2020-01-01")
    desk.do("repeal", plan_of("hc-2"), "2024-01-01")
    assert shown(ask, datetime="2014-01-01/2019-12-31") == {"hc-1.1": 300, "hc-1.2": 700}
    assert shown(ask, datetime="2019-12-31/2020-01-01") == {
        "hc-2.1": 400, "hc-1.2": 600, "hc-1.1~20191231": 300, "hc-1.2~20191231": 700,
    }  # fmt: skip
    assert shown(ask, datetime="2000-01-01/2013-12-31") == {}
    assert "hc-2.1" in shown(ask, datetime="2023-12-31/..")
    past = ask("height_code/items/hc-1.1~20191231", crs=CITY)
    assert past["properties"]["on"] == "2019-12-31"
    assert metres({"features": [past]}) == {"hc-1.1~20191231": 300}


def test_the_law_behind_an_item_is_said_in_full(desk: Desk, ask: Ask) -> None:
    desk.do("approve", plan("hc-1", 0, 1000).instrument, "2014-01-01")
    act = desk.do("promulgate", plan_of("hc-1"), "2014-02-01", effective="2014-03-01", number="۱۲/الف")
    said = ask("height_code/items/hc-1.1")["properties"]
    assert said.pop("on") == today().isoformat()
    assert said == {
        "code": "Z1", "label_fa": "Z1", "label_en": "Z1", "attributes": {}, "edition": "hc-1", "title_fa": "hc-1",
        "title_en": "hc-1", "legal_status": "in_force", "act_kind": "promulgate", "act_number": act.number,
        "act_date": "2014-02-01", "effective_on": "2014-03-01", "body_fa": "مرجع نمونه", "body_en": "Sample body",
        "document": "sample/act.pdf", "authority": "administrative", "sample": True, "synthetic": True,
    }  # fmt: skip
