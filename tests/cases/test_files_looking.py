"""Looking into files: pages, locks, what would run, pixels, frames, entities; and files made to hurt the looker."""

import hashlib
import io
import json
import logging
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from apps.cases.files import alone, limits, look_pdf, looking
from apps.cases.files.faults import RefusedFileError
from apps.cases.files.kinds import DWG, DXF, HEIC, IFC, JPEG, PDF, PNG, TIFF, WEBP, Family, Sniffed
from apps.cases.files.limits import Seen, check_seen, check_size
from apps.cases.files.look_image import picture
from apps.cases.files.looking import look
from apps.cases.files.receiving import received
from apps.common.errors import TooLargeError
from tests.cases import files_build as build


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the process sets for itself alone is put back after each test."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)
    monkeypatch.setattr(logging, "disable", lambda *_: None)


def seen_alone(body: bytes, kind: Sniffed) -> Seen:
    """Through the process of its own."""
    with received(io.BytesIO(body)) as got:
        found = look(got.file, kind)
        assert got.file.tell() == 0
        return found


def seen(body: bytes, kind: Sniffed) -> Seen:
    """The same lookers in this process."""
    answer = json.dumps(alone.look(io.BytesIO(body), kind.extension))
    found = looking.seen_in(answer.encode())
    check_seen(found)
    return found


WHAT = {
    "pdf": (build.pdf(pages=3), PDF, Seen(pages=3)),
    "jpeg": (build.picture(size=(40, 30)), JPEG, Seen(width=40, height=30)),
    "png": (build.picture("PNG"), PNG, Seen(width=40, height=30)),
    "tiff": (build.picture("TIFF"), TIFF, Seen(width=40, height=30)),
    "webp": (build.picture("WEBP"), WEBP, Seen(width=40, height=30)),
    "heic": (build.heic(), HEIC, Seen(width=4032, height=3024)),
    "dwg": (build.dwg(), DWG, Seen()),
    "ifc": (build.IFC, IFC, Seen()),
}


@pytest.mark.parametrize("name", WHAT)
@pytest.mark.parametrize("look_in", [seen_alone, seen], ids=["alone", "here"])
def test_what_is_seen(name: str, look_in: Callable[[bytes, Sniffed], Seen]) -> None:
    body, kind, found = WHAT[name]
    assert look_in(body, kind) == found


def test_a_binary_drawing_is_read_within_the_limits_of_the_process() -> None:
    assert seen_alone(build.dxf(binary=True), DXF) == seen(build.dxf(binary=True), DXF)


def test_entities_are_counted_alike_in_text_and_binary() -> None:
    few, many = (seen(build.dxf(lines=n), DXF).entities for n in (3, 10))
    assert many - few == 7
    assert seen(b"\xef\xbb\xbf" + build.dxf(lines=3), DXF).entities == few
    assert seen(build.dxf(binary=True, lines=10), DXF).entities - seen(build.dxf(binary=True), DXF).entities == 7


def named(writer: PdfWriter) -> None:
    tree = DictionaryObject({NameObject("/JavaScript"): DictionaryObject()})
    writer.root_object[NameObject("/Names")] = tree


def attached(writer: PdfWriter) -> None:
    writer.add_attachment("x.txt", b"x")


def on_page(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})


def form(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): TextStringObject("x")})


def outside(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream[NameObject("/F")] = TextStringObject("//host/share/x")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)


def unreachable(writer: PdfWriter) -> None:
    writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/EmbeddedFile")}))


@pytest.mark.parametrize("change", [build.launching, named, attached, on_page, form, outside, unreachable])
def test_a_pdf_that_would_do_something_is_refused(change: object) -> None:
    with pytest.raises(RefusedFileError, match="runs, or an attachment"):
        seen(build.pdf(change=change), PDF)


def test_a_script_hidden_in_compressed_objects_is_found() -> None:
    """The object stream (PDF 1.5) that holds the catalogue's action is deflated: no word of it stands in the bytes."""
    inner = b"5 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    packed = zlib.compress(inner)
    parts = [
        b"%PDF-1.5\n",
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n",
        b"4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed),
        packed + b"\nendstream\nendobj\n",
    ]
    body = b"".join(parts)
    places = [body.index(b"%d 0 obj" % n) for n in (1, 2, 3, 4)]
    table = (
        b"\x00\x00\x00\x00" + b"".join(b"\x01" + struct.pack(">H", p) + b"\x00" for p in places) + b"\x02\x00\x04\x00"
    )
    table += b"\x01" + struct.pack(">H", len(body)) + b"\x00"
    head = b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length %d >>\nstream\n" % len(table)
    body += head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)
    assert b"JavaScript" not in body
    with pytest.raises(RefusedFileError, match="JavaScript"):
        seen(body, PDF)


def test_a_script_left_out_of_the_table_and_written_in_hex_is_found() -> None:
    body = build.pdf().replace(b"startxref", b"99 0 obj << /S /Java#53cript /J#53 (1) >> endobj\nstartxref")
    with pytest.raises(RefusedFileError, match="JavaScript"):
        seen(body, PDF)


def test_a_locked_pdf_and_one_of_too_many_pages() -> None:
    with pytest.raises(RefusedFileError, match="locked"):
        seen(build.pdf(password="x"), PDF)
    with pytest.raises(RefusedFileError, match="more than 300 pages"):
        seen(build.pdf(pages=301), PDF)


BROKEN = {
    "pdf without a page": (build.pdf(pages=0), PDF),
    "pdf of rubbish": (b"%PDF-1.7\n" + b"\x00\xff" * 500 + b"%%EOF", PDF),
    "picture of rubbish": (b"\xff\xd8\xff\xe0" + b"\x07" * 500, JPEG),
    "picture in another format than its sign": (build.picture("GIF"), PNG),
    "heic without boxes": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", HEIC),
    "heic with a box that ends before it begins": (build.heic()[:24] + b"\x00\x00\x00\x02meta", HEIC),
    "heic without a size": (build.heic(width=0), HEIC),
    "dxf whose code is no number": (b"0\nSECTION\nx\ny\n0\nEOF\n", DXF),
    "binary dxf of rubbish": (build.dxf(binary=True)[:22] + b"\x3c" * 11, DXF),
    "step of another trade": (build.IFC.replace(b"IFC4", b"AUTOMOTIVE_DESIGN"), IFC),
    "a model that says nothing": (build.IFC.replace(b"#1=", b"x"), IFC),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_refused(name: str) -> None:
    body, kind = BROKEN[name]
    with pytest.raises(RefusedFileError, match="cannot be read"):
        seen(body, kind)


NOISE = hashlib.shake_128(b"noise").digest(3 * 200 * 200)


def noisy(kind: str) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (200, 200), NOISE).save(out, kind)
    return out.getvalue()


CUT = {
    "jpeg": (noisy("JPEG")[:9000], JPEG),
    "png": (noisy("PNG")[:60_000], PNG),
    "tiff": (build.picture("TIFF", size=(300, 300))[:-90_000], TIFF),
    "heic": (build.heic()[:-10], HEIC),
    "dxf": (build.dxf()[:5000].rsplit(b"\n", 2)[0], DXF),
    "binary dxf": (build.dxf(binary=True)[:-6], DXF),
    "dwg": (build.dwg()[:1000], DWG),
}


@pytest.mark.parametrize("name", CUT)
def test_a_file_that_breaks_off_is_told(name: str) -> None:
    body, kind = CUT[name]
    with pytest.raises(RefusedFileError, match=r"breaks off|cannot be read"):
        seen(body, kind)


def bomb(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that says it has so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 999)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (1, 40_000), (11_001, 10_000)])
def test_a_picture_bomb_is_refused_before_it_unpacks(width: int, height: int) -> None:
    with pytest.raises(RefusedFileError, match="megapixels"):
        seen(bomb(width, height), PNG)


def test_many_pictures_in_one_file_are_refused() -> None:
    for kind, sniffed in (("TIFF", TIFF), ("PNG", PNG), ("WEBP", WEBP)):
        with pytest.raises(RefusedFileError, match="more than one picture"):
            seen(build.picture(kind, frames=2), sniffed)


def test_entities_and_bytes_have_limits() -> None:
    with pytest.raises(RefusedFileError, match="500000 entities"):
        check_seen(Seen(entities=limits.MOST_ENTITIES + 1))
    check_seen(Seen(entities=limits.MOST_ENTITIES, pages=300, width=11_000, height=10_000))
    for family in Family:
        check_size(family, limits.MOST_BYTES[family])
        with pytest.raises(TooLargeError):
            check_size(family, limits.MOST_BYTES[family] + 1)
    with pytest.raises(TooLargeError), received(io.BytesIO(b"x" * 11), most=10):
        pass


def test_a_family_with_a_smaller_limit_is_refused_before_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "run_alone", None)
    with received(io.BytesIO(b"%PDF-" + b"x" * 20 * limits.MIB)) as got, pytest.raises(TooLargeError):
        look(got.file, PDF)


def test_a_looker_that_hangs_or_dies_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SECONDS", 0.01)
    with pytest.raises(RefusedFileError, match="too much time"):
        seen_alone(build.pdf(), PDF)
    monkeypatch.undo()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(RefusedFileError, match="too much time"):
        seen_alone(build.pdf(), PDF)
    monkeypatch.setattr(looking, "run_alone", lambda *_: b"{" + b" " * 70_000 + b"}")
    with pytest.raises(RefusedFileError, match="too much time"):
        seen_alone(build.pdf(), PDF)


def test_the_looker_is_short_of_memory_and_cannot_write() -> None:
    """In its own process: a gigabyte is not to be had, a file cannot grow, and our environment is not handed down."""
    code = (
        "from apps.cases.files.alone import limit\nlimit()\nimport os,sys\n"
        "try: bytearray(2 * 1024**3); print('had')\nexcept MemoryError: print('no memory')\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "import tempfile\ntry:\n f=tempfile.TemporaryFile(); f.write(b'x'); f.flush(); print('wrote')\n"
        "except OSError: print('no writing')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["no memory", "no writing"]


def test_no_secret_is_handed_to_the_looker(monkeypatch: pytest.MonkeyPatch) -> None:
    handed = {}

    def run(*_: object, **more: object) -> object:
        handed.update(more["env"])
        return subprocess.CompletedProcess([], 0, b"{}", b"")

    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setattr(subprocess, "run", run)
    seen_alone(build.pdf(), PDF)
    assert "SECRET_KEY" not in handed
    assert not any(name.startswith(("DATABASE", "REDIS", "CASE_FILES")) for name in handed)


def test_the_looker_says_when_memory_ran_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(_: str) -> object:
        raise MemoryError

    monkeypatch.setattr(alone, "_looker", hungry)
    assert alone.look(io.BytesIO(), "pdf") == {"fault": "heavy"}


@pytest.mark.parametrize(
    ("job", "extension", "body"),
    [("look", "pdf", build.pdf()), ("look", "png", build.picture("PNG")), ("picture", "jpg", build.picture())],
)
def test_a_job_from_start_to_end(
    job: str, extension: str, body: bytes, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(alone, "limit", lambda: None)
    with tempfile.TemporaryFile() as file:
        file.write(body)
        file.seek(0)
        monkeypatch.setattr(sys, "stdin", os.fdopen(os.dup(file.fileno())))
        alone.main(job, extension)
    sys.stdout.flush()
    out = capfdbinary.readouterr().out
    assert json.loads(out) if job == "look" else out.startswith(b"\xff\xd8\xff")


def test_pictures_for_the_screen_are_upright_and_small() -> None:
    image = Image.new("RGB", (4000, 100), (9, 9, 9))
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    drawn = Image.open(io.BytesIO(picture(out)))
    assert drawn.size == (40, 1600)
    assert not dict(drawn.getexif())


def test_a_pdf_of_too_many_objects_is_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_pdf, "MOST_OBJECTS", 2)
    with pytest.raises(RefusedFileError, match="too much time"):
        seen(build.pdf(pages=3), PDF)
