"""Editions as GeoPackages with their acts, their records and the catalogue, read back by other programs."""

import io
import sqlite3
import subprocess
from datetime import date
from pathlib import Path

import pyogrio
import pytest
from django.test import Client
from lxml import etree
from openpyxl import load_workbook
from owslib.iso import MD_Metadata
from pytest_django import Settings
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from apps.legal.models import Instrument, InstrumentKind, LegalAct, ProvisionRow, Rulebook
from apps.open_data.editions import EditionFacts, edition_facts
from apps.open_data.packages import package_of
from apps.parties.models import Office
from gis_layers import postgis_ogc_package
from gis_layers.models import Edition
from tests.legal.build import Desk
from tests.map_services.build import enact, plan, strip

pytestmark = pytest.mark.django_db
ADMS = Namespace("http://www.w3.org/ns/adms#")


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "open"


@pytest.fixture
def edition(desk: Desk) -> Edition:
    """In force since 2014; its first 300 m suspended since 2020; three rows were quarantined."""
    Office.objects.create(
        code="planning",
        name_fa="معاونت شهرسازی",
        name_en="Planning office",
        contact_fa="ساختگی",
        contact_en="synthetic",
    )
    made = plan("hc-1", 0, 300, 1000)
    Edition.objects.filter(pk=made.pk).update(file_name="zones.gpkg", checksum="ab" * 32, quarantined_count=3)
    enact(desk, made, "2014-01-01")
    desk.do("suspend", made.instrument, "2020-01-01", number="=A1", scope=strip(0, 300), authority="court")
    return made


def fetched(path: str, to: Path) -> Path:
    response = Client().get(path)
    assert response.status_code == 200, response
    out = to / path.rpartition("/")[2]
    out.write_bytes(b"".join(response.streaming_content) if response.streaming else response.content)
    return out


def md(text: bytes) -> MD_Metadata:
    """The record as a catalogue client understands it."""
    return MD_Metadata(etree.fromstring(text))


def package() -> None:
    """Asks for the file and reads it to its end."""
    assert b"".join(Client().get("/open/editions/hc-1.gpkg").streaming_content)


def test_the_file_holds_features_coverage_periods_and_acts(edition: Edition, tmp_path: Path) -> None:
    out = fetched("/open/editions/hc-1.gpkg", tmp_path)
    assert {name for name, _ in pyogrio.list_layers(out)} == {"coverage", "periods", "features", "acts", "about"}
    features = pyogrio.read_dataframe(out, layer="features")
    assert features.crs.to_epsg() == 32639
    assert list(features["code"]) == ["Z1", "Z2"]
    assert list(features.geometry.area) == [30_000, 70_000]
    assert pyogrio.read_dataframe(out, layer="coverage").geometry.area.sum() == 100_000
    acts = pyogrio.read_dataframe(out, layer="acts")
    assert list(acts["kind"]) == ["approve", "promulgate", "suspend"]
    assert list(acts["number"])[-1] == "=A1"
    assert list(acts["authority"])[-1] == "court"
    assert acts["act_date"].iloc[0].date() == date(2014, 1, 1)
    about = dict(pyogrio.read_dataframe(out, layer="about").itertuples(index=False))
    assert about["status_today_en"] == "in force; suspended"
    assert about["office_en"] == "Planning office"
    assert about["quarantined_rows"] == "3"
    assert about["synthetic"] == "True"
    assert "no answer has legal effect" in about["terms_en"]


def test_the_periods_say_where_each_status_holds_on_which_days(edition: Edition, tmp_path: Path) -> None:
    """Today and on every other day: 300 m suspended from 2020, the rest in force from 2014."""
    periods = pyogrio.read_dataframe(fetched("/open/editions/hc-1.gpkg", tmp_path), layer="periods")
    held = periods[periods["until_day"].isna()]
    assert {(row.status, round(row.geometry.area / 100), row.act_number) for row in held.itertuples()} == {
        ("suspended", 300, "=A1"),
        ("in_force", 700, LegalAct.objects.get(kind="promulgate").number),
    }
    before = periods[(periods["first_day"] <= "2019-12-31") & ~(periods["until_day"] <= "2019-12-31")]
    assert round(before[before["status"] == "in_force"].geometry.area.sum()) == 100_000


def test_nobody_who_recorded_or_signed_is_named(edition: Edition, desk: Desk, tmp_path: Path) -> None:
    raw = fetched("/open/editions/hc-1.gpkg", tmp_path).read_bytes()
    for person in (desk.first, desk.second):
        assert person.mobile.encode() not in raw


def test_other_programs_open_it_without_complaint(edition: Edition, tmp_path: Path) -> None:
    out = fetched("/open/editions/hc-1.gpkg", tmp_path)
    done = subprocess.run(["ogrinfo", "-al", "-so", str(out)], capture_output=True, text=True, timeout=60, check=True)
    assert "Feature Count: 2" in done.stdout
    assert "Warning" not in done.stdout + done.stderr
    with sqlite3.connect(out) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT reference_scope, md_file_id FROM gpkg_metadata_reference").fetchall() == [
            ("geopackage", 1)
        ]
        (record,) = file.execute("SELECT metadata FROM gpkg_metadata").fetchone()
    assert md(record.encode()).identifier == "isfahan:hc-1"


def test_many_features_come_in_chunks(edition: Edition) -> None:
    rows = [row for chunk in postgis_ogc_package.feature_chunks(edition.pk, chunk=1) for row in chunk]
    assert [row[0] for row in rows] == [1, 2]
    with pytest.raises(LookupError):
        postgis_ogc_package.coverage_of(0)


def test_the_file_is_made_once_for_each_state_of_the_law(edition: Edition, desk: Desk, own_folder: Path) -> None:
    package()
    (first,) = own_folder.iterdir()
    stamp = first.stat().st_mtime_ns
    package()
    assert first.stat().st_mtime_ns == stamp
    desk.do("repeal", edition.instrument, "2024-01-01")
    package()
    (second,) = own_folder.iterdir()
    assert second != first, "the older file went"


def test_an_act_that_comes_while_the_file_is_made_is_in_the_next_one(
    edition: Edition, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the file of the law before it would be given out as that of the law after it, all day long."""

    def overtaken(code: str, *, on: date) -> EditionFacts:
        found = edition_facts(code, on=on)
        desk.do("repeal", edition.instrument, "2024-01-01")
        return found

    with monkeypatch.context() as patched:
        patched.setattr("apps.open_data.downloads.edition_facts", overtaken)
        package()
    acts = pyogrio.read_dataframe(fetched("/open/editions/hc-1.gpkg", tmp_path), layer="acts")
    assert list(acts["kind"])[-1] == "repeal"


def test_a_half_written_file_is_never_given_out(
    edition: Edition, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(out: Path, _contents: object) -> None:
        out.write_bytes(b"half")
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("apps.open_data.packages.write_package", fail)
    with pytest.raises(RuntimeError):
        Client().get("/open/editions/hc-1.gpkg")
    assert list(own_folder.iterdir()) == []
    assert package_of.__module__ == "apps.open_data.packages"


@pytest.mark.parametrize("path", ["editions/draft.gpkg", "editions/draft.xml", "editions/no.gpkg", "rulebooks/no.xlsx",
                                  "rulebooks/no.csv"])  # fmt: skip
def test_drafts_and_strangers_are_not_there(edition: Edition, path: str) -> None:
    plan("draft", 0, 100)
    answer = Client().get(f"/open/{path}", headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
    assert b"draft" not in Client().get("/open/catalog.jsonld").content


def test_the_record_is_read_by_a_catalogue_client(edition: Edition) -> None:
    answer = Client().get("/open/editions/hc-1.xml")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    record = md(answer.content)
    assert record.identifier == "isfahan:hc-1"
    assert record.referencesystem.code == "32639"
    assert record.contact[0].organization == "معاونت شهرسازی / Planning office"
    found = record.identification[0]
    assert found.title == "hc-1"
    assert "Legal status today: in force; suspended." in found.abstract
    assert {(d.date, d.type) for d in found.date} == {("2014-01-01", "creation"), ("2014-01-01", "publication")}
    assert (found.temporalextent_start, found.temporalextent_end) == ("2014-01-01", None)
    assert {"legal status: in_force", "legal status: suspended"} <= {k.name for k in found.keywords[0].keywords}
    assert 51 < float(found.bbox.minx) < float(found.bbox.maxx) < 52
    assert 32 < float(found.bbox.miny) < float(found.bbox.maxy) < 33
    assert "no answer has legal effect" in " ".join(found.uselimitation)
    assert record.distribution.online[0].url == "http://testserver/open/editions/hc-1.gpkg"
    assert "3 rows quarantined" in record.dataquality.lineage


def test_an_edition_that_ended_says_when(desk: Desk) -> None:
    enact(desk, plan("old", 0, 100), "2010-01-01")
    desk.do("repeal", Instrument.objects.get(code="old"), "2015-06-01")
    found = md(Client().get("/open/editions/old.xml").content).identification[0]
    assert (found.temporalextent_start, found.temporalextent_end) == ("2010-01-01", "2015-05-31")
    assert found.status == "historicalArchive"


def test_the_catalogue_names_office_and_law(edition: Edition, desk: Desk) -> None:
    desk.do("approve", plan("hc-2", 0, 100).instrument, "2021-01-01")
    graph = Graph().parse(data=Client().get("/open/catalog.jsonld").content, format="json-ld")
    name = URIRef("http://testserver/open/editions/hc-1")
    assert (name, RDF.type, DCAT.Dataset) in graph
    (publisher,) = graph.objects(name, DCTERMS.publisher)
    assert Literal("Planning office", lang="en") in set(graph.objects(publisher))
    assert {str(s).rpartition("/")[2] for s in graph.objects(name, ADMS.status)} == {"in_force", "suspended"}
    (period,) = graph.objects(name, DCTERMS.temporal)
    assert [str(day) for day in graph.objects(period, DCAT.startDate)] == ["2014-01-01"]
    ways = {str(u) for d in graph.objects(name, DCAT.distribution) for u in graph.objects(d, DCAT.accessURL)}
    assert "http://testserver/open/editions/hc-1.gpkg" in ways
    assert "http://testserver/ogc/collections/height_code/items?edition=hc-1" in ways
    pending = URIRef("http://testserver/open/editions/hc-2")
    assert list(graph.objects(pending, DCTERMS.temporal)) == []
    said = " ".join(str(text) for text in graph.objects(pending, DCTERMS.description))
    assert "approved, not promulgated" in said
    assert "Synthetic parcels" in said
    for way in ways:
        assert Client().get(way.removeprefix("http://testserver")).status_code == 200, way


def test_turtle_says_the_same(edition: Edition) -> None:
    json_ld = Graph().parse(data=Client().get("/open/catalog.jsonld").content, format="json-ld")
    turtle = Client().get("/open/catalog.ttl")
    assert turtle["Content-Type"] == "text/turtle; charset=utf-8"
    assert isomorphic(json_ld, Graph().parse(data=turtle.content, format="turtle"))
    assert len(json_ld) > 60


def test_an_empty_city_has_an_empty_catalogue() -> None:
    graph = Graph().parse(data=Client().get("/open/catalog.jsonld").content, format="json-ld")
    assert list(graph.subjects(RDF.type, DCAT.Dataset)) == []
    assert len(list(graph.subjects(RDF.type, DCAT.Catalog))) == 1


def test_the_same_answer_is_not_sent_twice(edition: Edition, desk: Desk) -> None:
    for path in ("/open/catalog.jsonld", "/open/editions/hc-1.xml", "/open/editions/hc-1.gpkg"):
        first = Client().get(path)
        again = Client().get(path, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304, path
        assert first["Access-Control-Allow-Origin"] == "*"
    desk.do("repeal", edition.instrument, "2024-01-01")
    assert Client().get(path, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert Client().post("/open/catalog.jsonld").status_code in (403, 405)


def test_a_rulebook_with_its_acts(desk: Desk) -> None:
    """The rows of the rulebook asked for alone, though its draft revision carries the same code."""
    for code, value in (("rb-1", "3"), ("rb-2", "9")):
        instrument = Instrument.objects.create(code=code, kind=InstrumentKind.RULEBOOK, title_fa=code, title_en=code)
        book = Rulebook.objects.create(instrument=instrument, code="rules", source="detailed_plan", checksum="-")
        ProvisionRow.objects.create(
            rulebook=book, position=1, row="r1", article="8-1", category="ISF-08", subject="max_storeys",
            effect="max", value=value, theme="height_code", zone="H4", when={"corner": "yes"}, text_fa="متن",
            text_en="text",
        )  # fmt: skip
    desk.in_force(Instrument.objects.get(code="rb-1"), "2014-01-01")
    workbook = load_workbook(io.BytesIO(Client().get("/open/rulebooks/rb-1.xlsx").content))
    assert [row[0].value for row in workbook["acts"].iter_rows()] == ["kind", "approve", "promulgate"]
    assert workbook["rules"].max_row >= 2
    csv = Client().get("/open/rulebooks/rb-1.csv")
    assert csv["Content-Disposition"] == 'attachment; filename="rb-1.csv"'
    lines = csv.content.decode().splitlines()
    assert len(lines) == 2
    assert ",3," in lines[1]
    assert "when:corner" in lines[0]
    assert Client().get("/open/rulebooks/rb-2.csv").status_code == 404
    for page in (Client().get("/open/"), Client().get("/en/open/")):
        assert "/open/rulebooks/rb-1.xlsx" in page.content.decode()
        assert "rb-2" not in page.content.decode()


def test_the_page_says_what_there_is_and_in_which_standing(edition: Edition, desk: Desk) -> None:
    desk.do("approve", plan("hc-2", 0, 100).instrument, "2021-01-01")
    plan("draft", 0, 100)
    page = Client().get("/en/open/").content.decode()
    assert "http://testserver/ogc/" in page
    assert "in force; suspended" in page
    assert "approved, not promulgated" in page
    assert "/open/editions/hc-2.gpkg" in page
    assert "3 rows in quarantine" in page
    assert "draft" not in page
    assert "style=" not in page
    persian = Client().get("/open/").content.decode()
    assert "لازم‌الاجرا؛ متوقف‌شده" in persian
    assert "۳ ردیف" in persian
