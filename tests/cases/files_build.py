"""Small true files of every kind a case takes, and hostile ones, all made here."""

import io
import struct
import zipfile
from collections.abc import Callable

import ezdxf
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

IFC = b"""ISO-10303-21;
HEADER;
FILE_DESCRIPTION((''),'2;1');
FILE_NAME('house.ifc','2026-01-01T00:00:00',(''),(''),'','','');
FILE_SCHEMA(('IFC4'));
ENDSEC;
DATA;
#1=IFCPERSON($,'Sample',$,$,$,$,$,$);
ENDSEC;
END-ISO-10303-21;
"""


def pdf(*, pages: int = 1, password: str = "", change: Callable[[PdfWriter], object] | None = None) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if change is not None:
        change(writer)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def launching(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x.exe")})
    writer.root_object[NameObject("/OpenAction")] = action


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30), gps: bool = False, frames: int = 1) -> bytes:
    image = Image.new("RGB", size, (120, 160, 200))
    out = io.BytesIO()
    more: dict[str, object] = {}
    if gps:
        exif = Image.Exif()
        exif[0x010F] = "SampleCamera"
        exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 39.0, 8.0), 3: "E", 4: (51.0, 40.0, 1.0)})
        more["exif"] = exif
    if frames > 1:
        rest = [Image.new("RGB", size, (n, n, n)) for n in range(1, frames)]
        more |= {"save_all": True, "append_images": rest}
    image.save(out, kind, **more)
    return out.getvalue()


def heic(*, width: int = 4032, height: int = 3024) -> bytes:
    """The boxes of a telephone's picture, without pixels: ftyp, meta with one ispe, mdat."""

    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + kind + content

    ispe = box(b"ispe", struct.pack(">III", 0, width, height))
    meta = box(b"meta", b"\x00" * 4 + box(b"iprp", box(b"ipco", ispe)))
    return box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + meta + box(b"mdat", b"\x00" * 64)


def dxf(*, binary: bool = False, lines: int = 3) -> bytes:
    drawing = ezdxf.new("R2010")
    space = drawing.modelspace()
    for number in range(lines):
        space.add_line((0, number), (10, number))
    if binary:
        out = io.BytesIO()
        drawing.write(out, fmt="bin")
        return out.getvalue()
    text = io.StringIO()
    drawing.write(text)
    return text.getvalue().encode()


def dwg(version: bytes = b"AC1032") -> bytes:
    return version + b"\x00" * 6 + bytes(range(256)) * 32


def archive(*, name: str = "a.class") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr(name, "x" * 50)
    return out.getvalue()
