"""Every door answers from the legal day and from what had been recorded by an instant.

A has four storeys by the edition hc. An edition that gives it two since 2020 is recorded only in June 2025, and a
parcel of its own beside the city (N) was measured only then too: what was known in 2024 holds neither.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from apps.cadastre.models import ParcelVersion
from frontend.asking import read_moment
from gis_layers.models import Feature, Theme
from tests.browser.city import CODES, SQUARES, SmallCity
from tests.extracts.conftest import box

A, N = CODES["A"], "3-9-9-9-0-0-0"
LATE = datetime(2025, 6, 1, tzinfo=UTC)
ON = "on=2026-01-05"
THEN, AFTER = "known_at=2024-12-01T00:00:00Z", "known_at=2025-12-01T00:00:00Z"


@pytest.fixture
def city(db: None) -> SmallCity:
    made = SmallCity()
    made.edition(Theme.objects.get(code="height_code"), "late", {"H2": SQUARES["A"]}, coverage=SQUARES["A"])
    made.overlay()
    made.act("late", "approve", "2020-01-01", recorded=LATE)
    made.act("late", "promulgate", "2020-01-01", recorded=LATE + timedelta(hours=1))
    new = made.parcel(N, box(80, 20, 100, 40), search=f"{N} نمونه")
    ParcelVersion.objects.filter(pk=new.pk).update(known=(LATE, None))
    made.overlay()
    return made


def by_json(pick: Callable[[Any], Any]) -> Callable[[bytes], Any]:
    return lambda body: pick(json.loads(body))


def value(document: Any) -> Any:
    return next(s["value"] for s in document["subjects"] if s["code"] == "max_storeys")


def lon_lat() -> str:
    middle = box(80, 20, 100, 40).centroid
    middle.srid = box(0, 0, 1, 1).srid
    middle.transform(4326)
    return f"lon={middle.x}&lat={middle.y}"


def feature() -> int:
    return int(Feature.objects.get(edition__instrument__code="late").pk)


DOORS: dict[str, tuple[Callable[[], str], Callable[[bytes], Any]]] = {
    "extract": (lambda: f"/api/v1/parcels/{A}/extract?{ON}", by_json(value)),
    "layers": (lambda: f"/api/v1/layers?{ON}", by_json(lambda d: d["tiles"]["height_code"])),
    "tiles of parcels": (lambda: f"/api/v1/layers?{ON}", by_json(lambda d: d["tiles"]["parcels"])),
    "law version": (lambda: f"/api/v1/layers?{ON}", by_json(lambda d: d["law_version"])),
    "envelope": (lambda: f"/api/v1/parcels/{A}/envelope?{ON}", by_json(lambda d: d["envelope"]["storeys"])),
    "history": (lambda: f"/api/v1/parcels/{A}/history?", by_json(lambda d: len(d["stretches"]))),
    "search": (lambda: f"/api/v1/parcels/search?q={N}&{ON}", by_json(lambda d: [h["code"] for h in d["results"]])),
    "parcel at a point": (
        lambda: f"/api/v1/parcels/at?{lon_lat()}&{ON}",
        by_json(lambda d: d.get("parcel", {}).get("code")),
    ),
    "one parcel": (lambda: f"/api/v1/parcels/{N}?{ON}", by_json(lambda d: d.get("code"))),
    "part": (lambda: f"/api/v1/parcels/{A}/parts?feature={feature()}&{ON}", by_json(lambda d: d.get("type"))),
    "part of the page": (lambda: f"/parcels/{A}/parts/{feature()}/?{ON}", lambda b: b.startswith(b'{"geometry"')),
    "scene of the page": (
        lambda: f"/parcels/{A}/envelope/?{ON}",
        by_json(lambda d: d["collection"]["envelope"]["storeys"]),
    ),
    "parcel's page": (lambda: f"/en/parcels/{A}/?{ON}", lambda b: "late-promulgate" in b.decode()),
    "panel": (lambda: f"/en/parcels/{A}/panel/?{ON}", lambda b: "late-promulgate" in b.decode()),
    "map": (lambda: f"/en/?parcel={A}&{ON}", lambda b: "late-promulgate" in b.decode()),
    "history's page": (lambda: f"/en/parcels/{A}/history/?{ON}", lambda b: "“late”" in b.decode()),
    "layers as text": (lambda: f"/en/layers/?{ON}", lambda b: "late-promulgate" in b.decode()),
    "page of results": (lambda: f"/en/search/?q={N}&{ON}", lambda b: f"/en/parcels/{N}/" in b.decode()),
}


@pytest.mark.parametrize("door", DOORS)
def test_what_was_recorded_late_is_seen_only_by_those_who_ask_later(city: SmallCity, door: str) -> None:
    address, read = DOORS[door]
    then, after, now = (read(Client().get(f"{address()}{query}").content) for query in (f"&{THEN}", f"&{AFTER}", ""))
    assert then != after, then
    assert door == "law version" or after == now


def test_the_permanent_link_keeps_the_instant(city: SmallCity) -> None:
    document = json.loads(Client().get(f"/api/v1/parcels/{A}/extract?{ON}&{THEN}").content)
    page = Client().get(f"/en/parcels/{A}/?{ON}&{THEN}").content.decode()
    assert document["known_at"] == "2024-12-01T00:00:00Z"
    assert "known_at=2024-12-01T00%3A00%3A00Z" in page


@pytest.mark.parametrize("path", ["/en/", "/en/layers/", "/en/search/?q=3-1", f"/en/parcels/{A}/"])
def test_another_time_is_said_wherever_it_is_shown(city: SmallCity, path: str) -> None:
    mark = "&" if "?" in path else "?"
    now = Client().get(path).content.decode()
    past = Client().get(f"{path}{mark}on=2020-05-05&{THEN}").content.decode()
    assert "1 December 2024 (1403/09/11), 03:30" in past
    assert "5 May 2020 (1399/02/16)" in past
    assert "1 December 2024" not in now


def test_links_and_forms_of_a_page_keep_both_clocks(city: SmallCity) -> None:
    page = Client().get(f"/en/search/?q=3-1-1&on=2020-05-05&{THEN}").content.decode()
    kept = "on=2020-05-05&amp;known_at=2024-12-01T00%3A00%3A00Z"
    assert f"/en/parcels/{A}/?{kept}" in page
    assert f"/en/?parcel={A}&amp;{kept}" in page
    assert f"/en/layers/?{kept}" in page
    assert 'name="known_at" data-view="known_at" value="2024-12-01T00:00:00Z"' in page
    map_page = Client().get(f"/en/?parcel={A}&on=2020-05-05&{THEN}").content.decode()
    data = json.loads(re.search(r'id="page-data" type="application/json">(.*?)</script>', map_page)[1])  # type: ignore[index]
    assert (data["on"], data["known_at"]) == ("2020-05-05", "2024-12-01T00:00:00Z")
    assert "clock-banner" in map_page
    parcel = Client().get(f"/en/parcels/{A}/?on=2020-05-05&{THEN}").content.decode()
    assert f"/en/?parcel={A}&amp;{kept}&amp;kind=NEW" in parcel


def test_no_request_is_started_from_old_knowledge(city: SmallCity) -> None:
    start = f'action="/en/parcels/{A}/request/"'
    assert start in Client().get(f"/en/parcels/{A}/").content.decode()
    assert start not in Client().get(f"/en/parcels/{A}/?{THEN}").content.decode()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("  ", None),
        ("1403/09/11", "2024-12-01T20:29:59.999999+00:00"),  # the end of the day in Isfahan
        ("۱۴۰۳/۰۹/۱۱", "2024-12-01T20:29:59.999999+00:00"),
        ("2024-12-01", "2024-12-01T20:29:59.999999+00:00"),
        ("۱۴۰۳/۰۹/۱۱ ۱۴:۳۰", "2024-12-01T11:00:00+00:00"),
        ("1403/09/11, 14:30", "2024-12-01T11:00:00+00:00"),
        ("2024-12-01T05:00:00Z", "2024-12-01T05:00:00+00:00"),
        ("2024-12-01T05:00:00 03:30", "2024-12-01T01:30:00+00:00"),  # a plus that a query made a space
    ],
)
def test_an_instant_may_be_written_as_people_do(written: str, meant: str | None) -> None:
    found = read_moment(written)
    assert (found.astimezone(UTC).isoformat() if found else None) == meant


def test_today_means_all_that_is_recorded() -> None:
    from apps.common.clock import today

    assert read_moment(today().isoformat()) is None


@pytest.mark.parametrize("written", ["tomorrow", "1403/13/01", "1403/09/11 25:00", "1403/09/11 14:75", "1480/01/01"])
def test_what_cannot_be_read_or_lies_ahead_is_refused_with_what_to_do(client: Client, db: None, written: str) -> None:
    response = client.get("/en/layers/", {"known_at": written})
    assert response.status_code == 400
    asked = client.get("/api/v1/layers", {"known_at": written})
    assert asked.status_code == 400
