"""The PDF: it says what the extract says, in both languages, is the same twice, and asks nobody."""

import io
import json
import os
import re
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.cadastre.models import ParcelVersion
from apps.common.city import current_city
from apps.common.errors import BadInputError, UnavailableError
from apps.common.limits import Limit
from apps.common.text import Text
from apps.documents import fonts, held, pdf, services
from apps.documents.links import page_link, qr_svg
from apps.documents.pdf import Paper, printed
from apps.extracts.services import compose
from tests.browser.city import CODES, SmallCity

KIND = Text("نوسازی", "New building")
PAGE = "https://rules.example/parcels/3-1-1-1-0-0-0/"
A = f"/api/v1/parcels/{CODES['A']}/extract.pdf"


def prepare(code: str, language: str) -> services.Prepared:
    return services.prepare(parcel=code, page=PAGE, kind_label=KIND, permit_kind="NEW", language=language)


def words_of(document: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    return re.sub(r"\s+", " ", text)


@pytest.mark.django_db
def test_the_document_says_what_the_extract_says(city: SmallCity) -> None:
    extract = compose(parcel=CODES["A"]).data
    document = prepare(CODES["A"], "en").print()
    text = words_of(document)
    for subject in extract["subjects"]:
        assert subject["label"]["en"] in text, subject["code"]
        for candidate in subject["candidates"]:
            assert f"article {candidate['article']}" in text
    for pending in extract["pending"]:
        assert pending["status_label"]["en"] in text
        assert pending["act"]["number"] in text.replace("- ", "-")
    for heading in (
        "What is not known",
        "Map of the parcel",
        "Law that is not law now",
        "Does not apply",
        "Facts these",
    ):
        assert heading in text, heading
    assert extract["digest"] in text.replace(" ", "")
    assert "1 : 500" in text
    assert "EPSG:32639" in text


@pytest.mark.django_db
def test_every_page_is_marked_and_numbered(city: SmallCity) -> None:
    for language, mark, number in (
        ("en", "Sample rules / unofficial", "Page {n} of {all}"),
        ("fa", "نمونه", "{n} از {all}"),
    ):
        pages = PdfReader(io.BytesIO(prepare(CODES["E"], language).print())).pages
        assert len(pages) > 1
        for place, page in enumerate(pages, start=1):
            text = re.sub(r"\s+", " ", page.extract_text())
            assert mark in text, (language, place)
            if language == "en":
                assert number.format(n=place, all=len(pages)) in text


@pytest.mark.django_db
def test_persian_has_persian_digits(city: SmallCity) -> None:
    html = prepare(CODES["A"], "fa").paper.html
    body = re.sub(
        r'<svg.*?</svg>|<span class="machine".*?</span>|<[^>]*>', " ", html[html.index("<body") :], flags=re.DOTALL
    )
    latin = {token for token in re.findall(r"\S*[0-9]\S*", body) if not re.search(r"[A-Za-z]", token)}
    allowed = re.compile(r"[\u2066\u2069().,:·]*|\d{2}:\d{2}:\d{2}|\d{6,7}(\.\d{2})?")
    assert not {token for token in latin if not allowed.fullmatch(token.strip("\u2066\u2069().,:·;"))}


@pytest.mark.django_db
def test_metadata_language_bookmarks_and_the_json_inside(city: SmallCity) -> None:
    ready = prepare(CODES["A"], "fa")
    reader = PdfReader(io.BytesIO(ready.print()))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fa"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert "۳-۱-۱-۱-۰-۰-۰" in str(reader.metadata.title)
    assert reader.metadata.creation_date == datetime.fromisoformat(compose(parcel=CODES["A"]).data["known_at"])
    assert len(reader.outline) >= 1
    name, contents = next(iter(reader.attachments.items()))
    assert name == f"extract-{CODES['A']}.json"
    assert contents[0] == compose(parcel=CODES["A"]).body
    assert json.loads(contents[0])["digest"] == ready.digest


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fa", "en"])
def test_equal_input_gives_equal_bytes(city: SmallCity, language: str) -> None:
    assert prepare(CODES["D"], language).print() == printed(prepare(CODES["D"], language).paper)


@pytest.mark.django_db
def test_it_is_printed_once_and_held(city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = prepare(CODES["A"], "en")
    assert ready.held() is None
    document = ready.print()
    assert prepare(CODES["A"], "en").held() == document
    assert prepare(CODES["A"], "fa").held() is None
    assert prepare(CODES["B"], "en").held() is None


@pytest.mark.django_db
def test_a_document_without_its_parcel_has_no_map(city: SmallCity) -> None:
    """A document of another day is written from its JSON alone; without a shape there is nothing to draw."""
    extract = compose(parcel=CODES["A"]).data
    ParcelVersion.objects.filter(parcel__code=CODES["A"]).update(legal=(date(2010, 1, 1), date(2011, 1, 1)))
    html = services.written(extract, city=current_city(), page=PAGE, kind="x", language="en")
    assert "Map of the parcel" not in html
    assert "Every rule with its reason" in html


@pytest.mark.django_db
def test_an_unknown_language_is_refused(city: SmallCity) -> None:
    with pytest.raises(BadInputError):
        prepare(CODES["A"], "de")


def paper(html: str) -> Paper:
    return Paper(html, "p { color: red }", b"{}", "x.json", datetime(2026, 1, 1, tzinfo=UTC), "0" * 32)


def test_nothing_outside_is_asked_for(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>stolen</text></svg>")
    sources = (
        "http://127.0.0.1:1/x.png",
        secret.as_uri(),
        "parvaneh-font:../pyproject.toml",
        "data:image/png;base64,AA",
    )
    printed(paper("".join(f'<img alt="x" src="{source}">' for source in sources)))
    told = [record.args[0] for record in caplog.records if "it was not asked" in record.msg]
    assert set(told) == set(sources)


def test_a_busy_press_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = threading.Lock()
    busy.acquire()
    monkeypatch.setattr(pdf, "_press", busy)
    monkeypatch.setattr(pdf, "_WAIT_SECONDS", 0.0)
    with pytest.raises(UnavailableError, match="busy"):
        printed(paper("<p>x</p>"))


def test_a_missing_typeface_is_said_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError) as refused:
        fonts.font_file("bold", root=tmp_path)
    assert "make setup" in refused.value.message.en
    assert "make setup" in refused.value.message.fa
    built = tmp_path / "frontend/static/fonts/Vazirmatn-Bold.ttf"
    built.parent.mkdir(parents=True)
    built.write_bytes(b"x")
    assert fonts.font_file("bold", root=tmp_path) == built


def test_held_documents_are_bounded_and_the_oldest_go(monkeypatch: pytest.MonkeyPatch, own_folder: Path) -> None:
    monkeypatch.setattr(held, "MOST", 10)
    for number in range(10):
        held.keep(f"k{number}", b"x")
        os.utime(own_folder / "documents" / f"k{number}.pdf", (number, number))
    assert held.read("k0") == b"x"
    held.keep("new", b"y")
    assert (held.read("k0"), held.read("k1"), held.read("k2"), held.read("new")) == (None, None, b"x", b"y")


def test_a_disk_that_holds_nothing_refuses_nobody(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.VAR_DIR = tmp_path / "file"
    held.keep("k", b"x")
    assert held.read("k") is None
    assert "not held" in caplog.text


def test_keys_tell_parts_apart() -> None:
    assert held.key_of(b"ab", b"c") != held.key_of(b"a", b"bc")
    assert held.key_of(b"ab", b"c") == held.key_of(b"ab", b"c")


def test_the_permanent_link_names_day_kind_and_instant() -> None:
    extract = {"on": "2025-11-22", "permit_kind": "NEW", "known_at": "2025-11-22T05:00:00.123456Z"}
    link = page_link(extract, page="https://x.example/parcels/1/")
    assert link == "https://x.example/parcels/1/?on=2025-11-22&kind=NEW&known_at=2025-11-22T05:00:00.123456Z"
    svg = qr_svg(link, label="a & b")
    assert svg.startswith("<svg")
    assert svg == qr_svg(link, label="a & b")


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
class TestWire:
    def test_pdf_over_http(self, client: Client) -> None:
        response = client.get(f"{A}?on=1404-09-01&lang=en&permit_kind=REPAIR")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        assert response["X-Extract-Digest"].startswith("sha256:")
        assert 'filename="parvaneh-3-1-1-1-0-0-0-2025-11-22-en.pdf"' in response["Content-Disposition"]
        assert response.content == client.get(f"{A}?on=1404-09-01&lang=en&permit_kind=REPAIR").content

    def test_the_link_inside_leads_to_this_answer(self, client: Client) -> None:
        found = re.search(rb"/URI \((http[^)]*)\)", client.get(f"{A}?lang=fa").content)
        text = words_of(client.get(f"{A}?lang=fa").content).replace(" ", "")
        link = found[1].decode() if found else re.search(r"http://testserver[^\s]*?Z", text)[0]  # type: ignore[index]
        page = client.get(link.removeprefix("http://testserver"))
        assert page.status_code == 200
        assert client.get(f"{A}?lang=fa")["X-Extract-Digest"] in page.content.decode()

    def test_the_public_address_is_printed_when_it_is_set(self, client: Client, settings: Any) -> None:
        settings.PUBLIC_URL = "https://rules.example"
        assert "https://rules.example/en/parcels/" in words_of(client.get(f"{A}?lang=en").content).replace(" ", "")

    def test_printing_is_limited_but_what_is_held_is_free(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("apps.api.documents.PRINTS", Limit("print-tight", 1, 600))
        assert client.get(f"{A}?lang=en").status_code == 200
        assert client.get(f"{A}?lang=en").status_code == 200
        refused = client.get(f"{A}?lang=fa")
        assert refused.status_code == 429
        assert refused.json()["error"]["details"]["retry_after"] > 0

    @pytest.mark.parametrize(
        ("query", "status"),
        [("lang=de", 400), ("on=x", 400), ("known_at=2999-01-01T00:00:00Z", 400), ("permit_kind=X", 400)],
    )
    def test_bad_questions(self, client: Client, query: str, status: int) -> None:
        assert client.get(f"{A}?{query}").status_code == status

    def test_an_unknown_parcel(self, client: Client) -> None:
        response = client.get("/api/v1/parcels/3-1-1-9/extract.pdf")
        assert response.status_code == 404
        assert response.json()["error"]["details"]["suggestions"]
