"""Pages and files of impact reports over HTTP: who may, what they show, where each number leads."""

import csv
import io
import re
from datetime import date

import pyogrio
import pytest
from django.test import Client

from apps.common import clock
from apps.impact import running
from apps.impact.models import ImpactReport
from apps.parties.models import Role
from apps.parties.services import ensure_assignment
from tests.extracts.conftest import Grid
from tests.impact.test_reports import ask, city  # noqa: F401 - a fixture

SINCE = date(2010, 1, 1)


@pytest.fixture
def done(city: Grid) -> ImpactReport:  # noqa: F811
    report = ask(city)
    running.perform(report.pk)
    report.refresh_from_db()
    return report


@pytest.fixture
def editor(city: Grid) -> Client:  # noqa: F811
    client = Client()
    client.force_login(city.clerk)
    return client


def test_a_report_shows_its_numbers_and_each_leads_to_its_parcels(editor, done):
    page = editor.get(f"/en/desk/impact/{done.pk}/").content.decode()
    assert "H3" in page
    assert "H5" in page
    links = re.findall(r'href="(/en/desk/impact/\d+/parcels/\?line=[0-9a-f]{16})">([\d,]+)<', page)
    assert links
    for link, number in links:
        behind = editor.get(link).content.decode()
        codes = set(re.findall(r"/en/parcels/(3-1-\d-1-0-0-0)/", behind))
        assert len(codes) == int(number)


def test_parcels_of_one_district(editor, done):
    everything = editor.get(f"/en/desk/impact/{done.pk}/parcels/?district=3").content.decode()
    nothing = editor.get(f"/en/desk/impact/{done.pk}/parcels/?district=9").content.decode()
    nowhere = editor.get(f"/en/desk/impact/{done.pk}/parcels/?district=none&kind=NEW").content.decode()
    assert len(set(re.findall(r"3-1-\d-1-0-0-0", everything))) == 4
    assert not re.findall(r"3-1-\d-1-0-0-0", nothing + nowhere)


def test_asked_for_on_the_list(editor, city):  # noqa: F811
    form = {"instruments": "hc-2", "on": clock.today().isoformat(), "kinds": ["NEW", "REPAIR"]}
    made = editor.post("/en/desk/impact/", form)
    report = ImpactReport.objects.get()
    assert made.status_code == 302
    assert made.url == f"/en/desk/impact/{report.pk}/"
    assert report.kinds == ["NEW", "REPAIR"]
    page = editor.get(made.url).content.decode()
    assert "run-data" in page
    state = editor.get(f"/en/desk/impact/{report.pk}/state/").json()
    assert (state["state"], state["ended"]) == ("queued", False)
    editor.post(f"/en/desk/impact/{report.pk}/cancel/")
    assert ImpactReport.objects.get().state == "cancelled"
    assert "Compute it anew" in editor.get(made.url).content.decode()


@pytest.mark.parametrize("form", [{"on": "2026-01-01"}, {"instruments": "hc-2", "on": "soon"}])
def test_a_faulty_question_says_what_to_do(editor, city, form):  # noqa: F811
    answer = editor.post("/en/desk/impact/", form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not ImpactReport.objects.exists()


def test_law_made_since_makes_it_stale_and_it_is_computed_anew(editor, done, city):  # noqa: F811
    assert "no longer hold" not in editor.get(f"/en/desk/impact/{done.pk}/").content.decode()
    city.act("hc-1", "suspend", "2016-01-01", recorded=clock.now())
    assert "no longer hold" in editor.get(f"/en/desk/impact/{done.pk}/").content.decode()
    again = editor.post(f"/en/desk/impact/{done.pk}/again/")
    assert again.url != f"/en/desk/impact/{done.pk}/"


def test_who_sees_it(done, city):  # noqa: F811
    client = Client()
    assert client.get(f"/en/desk/impact/{done.pk}/").status_code == 302
    client.force_login(city.head)
    assert client.get(f"/en/desk/impact/{done.pk}/").status_code == 403
    other = ensure_assignment(person=city.head, role=Role.RULE_EDITOR, since=SINCE, themes=["land_use"])
    assert client.get(f"/en/desk/impact/{done.pk}/").status_code == 404
    assert client.get(f"/en/desk/impact/{done.pk}/impact.csv").status_code == 404
    other.delete()
    ensure_assignment(person=city.head, role=Role.AUDITOR, since=SINCE)
    page = client.get(f"/en/desk/impact/{done.pk}/")
    assert page.status_code == 200
    assert client.post(f"/en/desk/impact/{done.pk}/again/").status_code == 403
    assert "Ask for a report" not in client.get("/en/desk/impact/").content.decode()


def test_points_for_the_map(editor, done):
    told = editor.get(f"/en/desk/impact/{done.pk}/points.json").json()
    assert told["total"] == len(told["points"]) == 4
    code, course, lon, lat = told["points"][0]
    assert code.startswith("3-1-")
    assert course in ("other", "opens")
    assert 45 < lon < 60
    assert 30 < lat < 36


def test_the_table_for_spreadsheets(editor, done):
    raw = editor.get(f"/en/desk/impact/{done.pk}/impact.csv").content
    assert raw.startswith(b"\xef\xbb\xbf")
    header, *rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert header[0] == "قطعه | Parcel"
    assert len(rows) == 4
    now, then = (header.index(h) for h in header if h.startswith("height_code"))
    assert {(row[now], row[then]) for row in rows} == {("H3", "H5"), ("H3", "H3 + H5")}


def test_the_geopackage(editor, done, tmp_path):
    file = tmp_path / "impact.gpkg"
    file.write_bytes(editor.get(f"/en/desk/impact/{done.pk}/impact.gpkg").content)
    assert {name for name, _ in pyogrio.list_layers(file)} == {"parcels", "acts_assumed", "metadata", "columns"}
    info = pyogrio.read_info(file, layer="parcels")
    assert (info["features"], info["crs"], info["geometry_type"]) == (4, "EPSG:32639", "MultiPolygon")
    meta, _, _, fields = pyogrio.raw.read(file, layer="parcels")
    columns = dict(zip(meta["fields"], fields, strict=True))
    assert set(columns["height_code_then"]) == {"H5", "H3 + H5"}
    assert columns["area_m2"].sum() == 400


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_page_for_the_meeting_loads_nothing(editor, done, language):
    prefix = "" if language == "fa" else "/en"
    page = editor.get(f"{prefix}/desk/impact/{done.pk}/impact.html").content.decode()
    assert not re.findall(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
    assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//", page)
    assert "@import" not in page
    assert ("قطعات ساختگی" if language == "fa" else "Synthetic parcels") in page
    assert "H5" in page
