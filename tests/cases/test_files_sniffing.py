"""What a file is, from its content alone: every kind taken, and what pretends to be one."""

import io

import pytest

from apps.cases.files.faults import RefusedFileError
from apps.cases.files.kinds import DWG, DXF, HEIC, IFC, JPEG, PDF, PNG, TIFF, WEBP, Sniffed
from apps.cases.files.naming import clean_name
from apps.cases.files.sniffing import note_on_name, sniff
from tests.cases import files_build as build

TAKEN = {
    "pdf": (build.pdf, PDF),
    "jpeg": (build.picture, JPEG),
    "png": (lambda: build.picture("PNG"), PNG),
    "tiff": (lambda: build.picture("TIFF"), TIFF),
    "webp": (lambda: build.picture("WEBP"), WEBP),
    "heic": (build.heic, HEIC),
    "dxf": (build.dxf, DXF),
    "dxf after a comment and a mark": (lambda: b"\xef\xbb\xbf  999\r\nmade here\r\n" + build.dxf(), DXF),
    "binary dxf": (lambda: build.dxf(binary=True), DXF),
    "dwg 2018": (build.dwg, DWG),
    "dwg 2000": (lambda: build.dwg(b"AC1015"), DWG),
    "ifc": (lambda: build.IFC, IFC),
    "a picture with a film behind it": (lambda: build.picture() + b"\x00\x00\x00\x18ftypmp42" + b"\x11" * 4000, JPEG),
}


@pytest.mark.parametrize("name", TAKEN)
def test_kinds_that_are_taken(name: str) -> None:
    make, kind = TAKEN[name]
    file = io.BytesIO(make())
    assert sniff(file) == kind
    assert file.tell() == 0


REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b"  \n", "empty"),
    "text": (b"hello", "not known"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "Scalable"),
    "html": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "HTML"),
    "windows program": (b"MZ\x90\x00" + b"\x00" * 200, "Windows"),
    "linux program": (b"\x7fELF\x02\x01\x01" + b"\x00" * 64, "ELF"),
    "shell": (b"#!/bin/sh\nrm -rf /\n", "not known"),
    "office with macros": (build.archive(name="word/vbaProject.bin"), "not taken"),
    "old office": (bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00" * 600, "Microsoft Office"),
    "gif": (b"GIF89a" + b"\x00" * 30, "Graphics"),
    "film": (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2" + b"\x00" * 40, "MPEG-4"),
    "avif, no HEVC": (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif" + b"\x00" * 40, "not"),
    "dwg of an unknown version": (b"AC1099\x00" + b"\x00" * 5000, "not"),
    "a PDF after something": (b"junk\n" + build.pdf(), "not"),
    "step, broken off": (build.IFC[:-20], "breaks off"),
    "pdf, broken off": (build.pdf()[:200], "breaks off"),
    "png, broken off": (build.picture("PNG")[:-5], "breaks off"),
    "webp, broken off": (build.picture("WEBP")[:-4], "breaks off"),
    "dxf, broken off": (build.dxf()[:-8], "breaks off"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_kinds_that_are_not(name: str) -> None:
    body, word = REFUSED[name]
    with pytest.raises(RefusedFileError) as refused:
        sniff(io.BytesIO(body))
    assert word in refused.value.message.en
    assert refused.value.message.fa


BORDER = build.dwg().ljust(1024 * 1024 - 3, b"\x01") + b"<script>" + b"\x01" * 9
TWO_AT_ONCE = {
    "picture and archive": build.picture() + build.archive(),
    "pdf and archive": build.pdf() + build.archive() + b"\n%%EOF",
    "pdf and rar": build.pdf() + b"Rar!\x1a\x07\x01\x00" + b"\x00" * 50 + b"%%EOF",
    "picture and page": build.picture() + b"<ScRiPt>alert(1)</script>",
    "picture and php": build.picture().replace(b"\xff\xda", b"\xff\xfe\x00\x0c<?php x; ?\xff\xda", 1),
    "pdf and page": b"%PDF-1.7\n<!DOCTYPE  html><html>" + build.pdf(),
    "dxf and page": b"999\n<html><body>\n" + build.dxf(),
    "a page on the border of two blocks": build.dwg()
    + b"\x01" * (1024 * 1024 - 8192 - 12 - 3)
    + b"<script>"
    + b"\x01" * 9,
}


@pytest.mark.parametrize("name", TWO_AT_ONCE)
def test_two_things_at_once(name: str) -> None:
    with pytest.raises(RefusedFileError, match=r"archive|web page"):
        sniff(io.BytesIO(TWO_AT_ONCE[name]))


def test_four_bytes_of_chance_are_no_archive() -> None:
    sign = b"PK\x05\x06"
    for record in (sign, sign + b"\x00" * 18, sign + b"\x00" * 8 + b"\x20\x00\x00\x00" + b"\x00" * 6):
        assert sniff(io.BytesIO(build.dwg() + record)) == DWG


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        (PDF, "plan.pdf", False),
        (PDF, "plan", False),
        (JPEG, "IMG_1.JPEG", False),
        (HEIC, "IMG_1.jpg", True),
        (PNG, "IMG_1.jpg", True),
        (DWG, "plan.dxf", True),
        (TIFF, ".tif", False),
    ],
)
def test_another_extension_of_the_family_is_told(kind: Sniffed, name: str, told: bool) -> None:
    assert (note_on_name(kind, name) is not None) == told


@pytest.mark.parametrize("name", ["plan.exe", "plan.html", "photo.jpg", "plan.dwg", "plan.pdf.js"])
def test_an_extension_of_another_family_is_refused(name: str) -> None:
    with pytest.raises(RefusedFileError, match="rename it"):
        sniff(io.BytesIO(build.pdf()), name=name)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("نقشهٔ همکف.pdf", "نقشهٔ همکف.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\x\\plan.exe.PDF", "plan.exe.pdf"),
        ("fdp\u202e.exe", "fdp.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("<b>.pdf", "_b_.pdf"),
        ("n" * 300 + ".pdf", "n" * 120 + ".pdf"),
        ("دو\u200cکلمه.pdf", "دو\u200cکلمه.pdf"),
    ],
)
def test_names_are_labels(raw: str, clean: str) -> None:
    assert clean_name(raw, extension="pdf") == clean
