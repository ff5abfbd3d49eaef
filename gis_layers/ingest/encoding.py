"""Which alphabet a shapefile's table is written in: declared (.cpg), or found out by trying.

Persian shapefiles are UTF-8 or Windows-1256, and often say neither.
"""

import codecs
from pathlib import Path

from apps.common.errors import IntakeError

_HEADER_LENGTH_AT = 8
_NOT_ASCII = 0x80
_MOSTLY = 0.9
_NAMES = {"1256": "cp1256", "ansi 1256": "cp1256", "65001": "utf-8", "utf8": "utf-8", "88591": "iso-8859-1"}


def encoding_of(shapefile: Path, *, called: str, given: str | None = None) -> str:
    """The codec of the .dbf beside a .shp: the given one, the declared one, else UTF-8 or cp1256 if it fits.

    Raises IntakeError where the codec is unknown or neither gives Persian or Latin text.
    """
    declared = given or _declared(shapefile)
    if declared:
        return _codec(declared, called=called)
    table = next(p for p in shapefile.parent.iterdir() if p.stem == shapefile.stem and p.suffix.lower() == ".dbf")
    records = _records(table)
    if _decodes(records, "utf-8"):
        return "utf-8"
    if _reads_as_persian(records):
        return "cp1256"
    raise _unreadable(called)


def _declared(shapefile: Path) -> str:
    for path in shapefile.parent.iterdir():
        if path.stem == shapefile.stem and path.suffix.lower() == ".cpg":
            return path.read_text(encoding="ascii", errors="replace").strip()
    return ""


def _codec(name: str, *, called: str) -> str:
    try:
        return codecs.lookup(_NAMES.get(name.strip().lower(), name.strip())).name
    except LookupError as error:
        raise IntakeError(
            fa=f"رمزگذاری «{name}» برای {called} شناخته نیست. با --encoding یکی مانند utf-8 یا cp1256 بدهید.",
            en=f"The text encoding “{name}” of {called} is not known. Give one such as utf-8 or cp1256 by --encoding.",
            file=called,
            encoding=name,
        ) from error


def _records(table: Path) -> bytes:
    with table.open("rb") as file:
        header = file.read(32)
        file.seek(int.from_bytes(header[_HEADER_LENGTH_AT : _HEADER_LENGTH_AT + 2], "little"))
        return file.read().rstrip(b"\x1a")


def _decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_persian(raw: bytes) -> bool:
    """Whether cp1256 makes (nearly) every non-ASCII byte an Arabic-script letter or mark."""
    foreign = bytes(b for b in raw if b >= _NOT_ASCII).decode("cp1256")
    letters = sum("\u0600" <= c <= "\u06ff" or c in "\u200c\u200d\u00ab\u00bb\u00a0" for c in foreign)
    return letters >= _MOSTLY * len(foreign)


def _unreadable(called: str) -> IntakeError:
    return IntakeError(
        fa=f"نوشته‌های {called} با UTF-8 و Windows-1256 خوانا نشد. "
        "رمزگذاری آن را با --encoding بگویید یا پروندهٔ .cpg بگذارید.",
        en=f"The text in {called} reads neither as UTF-8 nor as Windows-1256. "
        "Say its encoding by --encoding, or add a .cpg file.",
        file=called,
    )
