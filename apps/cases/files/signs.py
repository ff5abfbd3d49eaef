"""How the bytes of each kind begin and end. Pure: bytes in, a kind or None out.

Strict on purpose: the sign stands at the very first byte (a DXF's and an IFC's text may follow a byte-order mark or
blank space), so a file that is two things at once by shifting one of them is none of ours.
"""

import re

from apps.cases.files.kinds import DWG, DXF, HEIC, IFC, JPEG, PDF, PNG, TIFF, WEBP, Sniffed

HEAD = 4096
TAIL = 2048
BINARY_DXF = b"AutoCAD Binary DXF\r\n\x1a\x00"
_DWG = re.compile(rb"AC10(?:09|1[2458]|2[147]|32)\x00")
_DXF = re.compile(rb"(?:\s*999\r?\n[^\n]*\n)*\s*0\r?\nSECTION\r?\n")
_IFC = re.compile(rb"\s*ISO-10303-21\s*;")
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_HEVC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_PLAIN = {
    b"%PDF-": PDF,
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    BINARY_DXF: DXF,
}


def kind_of(head: bytes) -> Sniffed | None:
    """The kind whose sign these first bytes carry."""
    for sign, kind in _PLAIN.items():
        if head.startswith(sign):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and _is_heif(head):
        return HEIC
    if _DWG.match(head):
        return DWG
    text = head.removeprefix(b"\xef\xbb\xbf")
    return DXF if _DXF.match(text) else IFC if _IFC.match(text) else None


def _is_heif(head: bytes) -> bool:
    """A still picture of a telephone: its brand is HEIF's, and HEVC is among those it fits."""
    size = int.from_bytes(head[:4], "big")
    brands = {head[start : start + 4] for start in (8, *range(16, min(size, 256), 4))}
    return head[8:12] in _HEIF_BRANDS and bool(brands & _HEVC_BRANDS)


def ends_whole(kind: Sniffed, *, head: bytes, tail: bytes, size: int) -> bool:
    """Whether the last bytes are an end of this kind.

    True for DWG and TIFF, which have no mark there, and for JPEG and HEIC, behind which telephones write a short
    film: whether those are whole is for `looking` to say, which reads the picture.
    """
    if kind is PDF:
        return b"%%EOF" in tail
    if kind is PNG:
        return tail.endswith(b"IEND\xaeB`\x82")
    if kind is WEBP:
        return int.from_bytes(head[4:8], "little") + 8 == size
    if kind is IFC:
        return tail.rstrip().endswith(b"END-ISO-10303-21;")
    if kind is DXF and not head.startswith(BINARY_DXF):
        return tail.rstrip().endswith(b"EOF")
    return True
