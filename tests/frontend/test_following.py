"""Following the law: the list of acts, its feeds, watching and notices, as pages that work without scripts."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from apps.legal.models import LegalAct
from apps.notices import acts as acts_room
from apps.notices.models import Notice, Watch
from apps.parties.models import Person
from tests.browser.city import CODES, SQUARES
from tests.notices.conftest import NewsCity, deliver

A = CODES["A"]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def city(db: None) -> NewsCity:
    return NewsCity()


def entries(client: Client, path: str) -> Iterator[ET.Element]:
    """All entries of a feed, over all its pages."""
    while path:
        root = ET.fromstring(client.get(path).content)  # noqa: S314 - our own answer
        yield from root.findall(f"{ATOM}entry")
        following = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"]
        path = (following[0] or "").replace("http://testserver", "") if following else ""


def ids(found: Iterator[ET.Element]) -> list[str]:
    return [entry.findtext(f"{ATOM}id") or "" for entry in found]


# --- acts ------------------------------------------------------------------------------------------------


def test_the_list_of_acts_and_one_of_them(city: NewsCity, client: Client) -> None:
    act = city.enact("hc", "annul", scope=SQUARES["B"], reason_en="A mistake & its end")
    page = client.get("/en/acts/").content.decode()
    assert f'href="/en/acts/{act.pk}/"' in page
    assert "Annulment: hc" in page
    one = client.get(f"/en/acts/{act.pk}/").content.decode()
    assert "A mistake &amp; its end" in one
    assert "Only in a part of its area." in one
    assert "400 m²" in one
    data = json.loads(re.search(r'id="page-data" type="application/json">(.*?)</script>', one)[1])  # type: ignore[index]
    assert data["geometry"]["type"].endswith("Polygon")
    assert 'href="/en/acts/?theme=height_code"' in one
    assert client.get("/acts/999999/").status_code == 404
    book = LegalAct.objects.filter(instrument__kind="rulebook").first()
    assert "wherever zones of its rules lie" in client.get(f"/en/acts/{book.pk}/").content.decode()


def test_a_lift_leads_to_what_it_lifts(city: NewsCity, client: Client) -> None:
    suspension = LegalAct.objects.get(instrument__code="hc-1402", kind="suspend")
    lift = city.enact("hc-1402", "lift", lifts=suspension)
    assert f'href="/en/acts/{suspension.pk}/"' in client.get(f"/en/acts/{lift.pk}/").content.decode()


def test_the_list_goes_on_and_keeps_its_filter(city: NewsCity, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts_room.acts_page, "__kwdefaults__", {"theme": "", "instrument": "", "after": "", "limit": 2})
    page = client.get("/en/acts/?theme=height_code").content.decode()
    following = re.search(r'rel="next" href="(\?[^"]+)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    assert "theme=height_code" in following
    assert client.get(f"/en/acts/{following}").status_code == 200
    assert client.get("/en/acts/?after=nonsense").status_code == 400


# --- feeds -----------------------------------------------------------------------------------------------


def test_atom_holds_every_act_once_over_its_pages(
    city: NewsCity, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts_room.acts_page, "__kwdefaults__", {"theme": "", "instrument": "", "after": "", "limit": 5})
    found = ids(entries(client, "/feed/acts.atom"))
    assert len(found) == len(set(found)) == LegalAct.objects.count()
    heights = ids(entries(client, "/feed/acts.atom?theme=height_code"))
    assert 0 < len(heights) < len(found)


def test_an_entry_says_what_happened_where_and_by_whom(city: NewsCity, client: Client) -> None:
    act = city.enact("hc", "suspend", scope=SQUARES["B"], reason_en="5 < 6 & so on", number="no<1>")
    first = next(entries(client, "/en/feed/acts.atom"))
    assert first.findtext(f"{ATOM}title") == "Suspension: hc"
    assert (first.findtext(f"{ATOM}summary") or "").count("&lt;") == 2, "Atom reads the words as HTML"
    assert first.find(f"{ATOM}link").get("href") == f"http://testserver/en/acts/{act.pk}/"  # type: ignore[union-attr]
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Commission"
    assert {c.get("term") for c in first.findall(f"{ATOM}category")} == {"suspend", "hc", "height_code"}
    south, west, north, east = map(float, (first.findtext("{http://www.georss.org/georss}box") or "").split())
    assert 32 < south < north < 33
    assert 51 < west < east < 52


def test_the_json_feed_says_the_same(city: NewsCity, client: Client) -> None:
    act = city.enact("hc-1404", "promulgate")
    response = client.get("/feed/acts.json?lang=en&instrument=hc-1404")
    feed = json.loads(response.content)
    assert response["Content-Type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "en"
    item = feed["items"][0]
    assert item["url"] == f"http://testserver/en/acts/{act.pk}/"
    assert item["content_text"].startswith("“hc-1404” was promulgated; it is in force from")
    assert item["_parvaneh"]["instrument"]["code"] == "hc-1404"
    assert len(item["_parvaneh"]["bbox"]) == 4
    persian = json.loads(client.get("/feed/acts.json?instrument=hc-1404").content)
    assert "ابلاغ شد" in persian["items"][0]["content_text"]
    assert json.loads(client.get("/en/feed/acts.json").content)["language"] == "en"


def test_who_has_it_already_is_told_so_until_the_law_or_the_day_moves(city: NewsCity, client: Client) -> None:
    with time_machine.travel("2027-01-10T09:00:00Z", tick=False):
        first = client.get("/feed/acts.atom")
        tag = {"if-none-match": first["ETag"]}
        assert client.get("/feed/acts.atom", headers=tag).status_code == 304
        assert client.get("/en/feed/acts.atom", headers=tag).status_code == 200, "another language is another feed"
        assert client.get("/feed/acts.atom?theme=density", headers=tag).status_code == 200
        since = {"if-modified-since": first["Last-Modified"]}
        assert client.get("/feed/acts.atom", headers=since).status_code == 304
    with time_machine.travel("2027-01-11T09:00:00Z", tick=False):
        assert client.get("/feed/acts.atom", headers=tag).status_code == 200, "an act may have taken effect"
    with time_machine.travel("2027-01-10T10:00:00Z", tick=False):
        city.enact("hc-1404", "promulgate")
        assert client.get("/feed/acts.atom", headers=tag).status_code == 200


def test_a_feed_of_nothing_is_a_feed(db: None, client: Client) -> None:
    assert list(entries(client, "/feed/acts.atom")) == []
    assert json.loads(client.get("/feed/acts.json").content)["items"] == []
    assert client.get("/feed/acts.json?after=nonsense").status_code == 400


# --- history ---------------------------------------------------------------------------------------------


def test_the_history_is_a_page_and_a_part(city: NewsCity, client: Client) -> None:
    page = client.get(f"/en/parcels/{A}/history/").content.decode()
    assert page.index("since 22 June 2014") < page.index("until 1 January 2010")
    assert "4 storeys" in page
    assert "not law" in page
    part = client.get(f"/parcels/{A}/history/?part=1").content.decode()
    assert part.lstrip().startswith("<div")
    assert "۴ طبقه" in part
    assert client.get("/parcels/3-1-1-99/history/").status_code == 404
    panel = client.get(f"/parcels/{A}/panel/").content.decode()
    assert f'data-history="/parcels/{A}/history/?part=1&amp;kind=NEW"' in panel


# --- watching --------------------------------------------------------------------------------------------


def test_who_is_not_signed_in_signs_in_first_and_comes_back(city: NewsCity, client: Client) -> None:
    response = client.post(f"/en/parcels/{A}/watch/", {"next": f"/en/parcels/{A}/?kind=NEW#watch"})
    assert response.status_code == 302
    assert f"next=%2Fen%2Fparcels%2F{A}" in response["Location"]
    assert Watch.objects.count() == 0
    for path in ("/watching/", "/notices/"):
        assert client.get(path).status_code == 302


def test_one_press_watches_the_parcel_and_another_stops(city: NewsCity, signed_in: Client, person: Person) -> None:
    before = signed_in.get(f"/en/parcels/{A}/").content.decode()
    assert f'action="/en/parcels/{A}/watch/"' in before
    response = signed_in.post(f"/en/parcels/{A}/watch/", {"next": f"/en/parcels/{A}/#watch", "mode": "digest"})
    assert response["Location"] == f"/en/parcels/{A}/#watch"
    watch = person.watches.get()
    assert (watch.parcel, watch.mode) == (A, "digest")
    assert f'action="/en/watching/{watch.pk}/end/"' in signed_in.get(f"/en/parcels/{A}/").content.decode()
    assert f"Parcel {A}" in signed_in.get("/en/watching/").content.decode()
    signed_in.post(f"/en/watching/{watch.pk}/end/")
    assert "You watch nothing yet" in signed_in.get("/en/watching/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_led_away_from_the_site(city: NewsCity, signed_in: Client, elsewhere: str) -> None:
    response = signed_in.post(f"/parcels/{A}/watch/", {"next": elsewhere})
    assert response["Location"] == f"/parcels/{A}/"


def test_areas_districts_and_layers_are_watched_by_plain_forms(
    city: NewsCity, signed_in: Client, person: Person
) -> None:
    shape = str(SQUARES["A"].transform(4326, clone=True).json)
    forms = [
        {"what": "area", "shape": shape, "name": "Home"},
        {"what": "district", "district": "۳"},
        {"what": "theme", "theme": "height_code", "mode": "digest"},
    ]
    for form in forms:
        assert signed_in.post("/en/watching/add/", form).status_code == 302, form
    assert set(person.watches.values_list("kind", flat=True)) == {"area", "district", "theme"}
    page = signed_in.get("/en/watching/").content.decode()
    assert "Area “Home”" in page
    assert "Layer: Height code" in page


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"what": "area", "shape": ""}, 400),
        ({"what": "district", "district": "x"}, 404),
        ({"what": "theme", "theme": "none"}, 404),
        ({"what": "theme", "theme": "density", "mode": "never"}, 400),
        ({}, 404),
    ],
)
def test_what_is_wrong_is_said_on_the_page(
    city: NewsCity, signed_in: Client, form: dict[str, str], status: int
) -> None:
    response = signed_in.post("/en/watching/add/", form)
    assert response.status_code == status
    assert 'role="alert"' in response.content.decode()


def test_nobody_ends_anothers_watch_or_changes_anything_by_looking(
    city: NewsCity, signed_in: Client, other_person: Person
) -> None:
    watch = Watch.objects.create(person=other_person, kind="theme", theme="density", created_at="2026-01-01T00:00:00Z")
    assert signed_in.post(f"/watching/{watch.pk}/end/").status_code == 404
    assert signed_in.get(f"/watching/{watch.pk}/end/").status_code == 405
    assert signed_in.get(f"/parcels/{A}/watch/").status_code == 405
    assert Client(enforce_csrf_checks=True).post(f"/parcels/{A}/watch/").status_code == 403
    watch.refresh_from_db()
    assert watch.ended_at is None


# --- notices ---------------------------------------------------------------------------------------------


def test_an_act_reaches_the_page_and_the_number_beside_its_link(
    city: NewsCity, signed_in: Client, person: Person
) -> None:
    signed_in.post(f"/parcels/{A}/watch/")
    assert 'class="count"' not in signed_in.get("/").content.decode()
    city.enact("hc-1404", "promulgate")
    deliver()
    home = signed_in.get("/").content.decode()
    assert re.search(r'class="count">۱<', home)
    page = signed_in.get("/en/notices/").content.decode()
    assert f"Parcel {A}: Storeys over pilotis" in page
    assert f'href="/en/parcels/{A}/history/"' in page
    shown = re.search(r'name="until" value="(\d+)"', page)[1]  # type: ignore[index]
    signed_in.post("/en/notices/read/", {"until": "x"})
    assert Notice.objects.filter(read_at__isnull=True).count() == 1
    signed_in.post("/en/notices/read/", {"until": shown})
    assert Notice.objects.filter(read_at__isnull=True).count() == 0
    assert 'class="count"' not in signed_in.get("/").content.decode()


def test_notices_are_ones_own(city: NewsCity, signed_in: Client, other_person: Person) -> None:
    Notice.objects.create(
        key="x", person=other_person, kind="recorded", text_fa="راز", text_en="a secret", link="/acts/1/",
        created_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    assert "a secret" not in signed_in.get("/en/notices/").content.decode()


def test_the_links_of_notices_are_pages(city: NewsCity, signed_in: Client, person: Person) -> None:
    from apps.notices.watching import watch_parcel, watch_theme

    watch_parcel(person=person, parcel=A)
    watch_theme(person=person, theme="height_code")
    city.enact("hc-1404", "promulgate")
    deliver()
    for link in set(Notice.objects.values_list("link", flat=True)):
        assert signed_in.get(link).status_code == 200, link
        assert signed_in.get(f"/en{link}").status_code == 200, link
