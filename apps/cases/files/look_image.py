"""A picture's size and frames, whether it can be read to its end, and a copy for the screen. Runs alone."""

import io
from collections.abc import Iterator
from typing import IO, Any

from PIL import Image, ImageOps, UnidentifiedImageError

from apps.cases.files.limits import LONGEST_SIDE, MOST_PIXELS

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
_SMALL = (256, 256)
_MOST_META = 4 * 1024 * 1024
SCREEN = (1600, 1600)
_FAULTS = (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, OverflowError, UnidentifiedImageError)


def look_picture(file: IO[bytes]) -> dict[str, Any]:
    """{width, height, frames} or {fault}. Nothing is unpacked before its size is known to be allowed."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is told in our own words
    try:
        with Image.open(file, formats=_FORMATS) as image:
            width, height = image.size
            facts = {"width": width, "height": height, "frames": _frames(image)}
            if width * height <= MOST_PIXELS and max(width, height) <= LONGEST_SIDE:
                image.draft(None, _SMALL)  # a JPEG is read through at an eighth of its size
                image.load()
    except _FAULTS as fault:
        return {"fault": "cut" if "truncated" in str(fault) else "unreadable"}
    return facts


def _frames(image: Image.Image) -> int:
    """Pictures in the file. A JPEG's second one (MPO) is a telephone's own preview of the first."""
    return 1 if image.format in ("JPEG", "MPO") else int(getattr(image, "n_frames", 1))


def picture(file: IO[bytes]) -> bytes:
    """A JPEG for the screen: upright, at most 1600 px, without position, time or any other word of the camera."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(file, formats=_FORMATS) as image:
        image.draft("RGB", SCREEN)
        image.thumbnail(SCREEN)
        plain = ImageOps.exif_transpose(image).convert("RGB")
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85)
    return out.getvalue()


def look_heic(file: IO[bytes]) -> dict[str, Any]:
    """{width, height} as the file's own boxes say, or {fault}: its pixels need a decoder that we do not carry."""
    size = file.seek(0, 2)
    meta, end = b"", 0
    for kind, start, stop in _boxes(file, 0, size):
        if kind == b"meta":
            file.seek(start)
            meta = file.read(min(stop - start, _MOST_META))
        end = stop
    if not meta:
        return {"fault": "unreadable"}
    if end != size:
        return {"fault": "cut"}
    width, height = _largest(meta)
    return {"width": width, "height": height} if width and height else {"fault": "unreadable"}


def _boxes(file: IO[bytes], start: int, size: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, where its content starts, where it ends) of each box."""
    while start + 8 <= size:
        file.seek(start)
        head = file.read(16)
        length, kind, content = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1:
            length, content = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = size - start
        if length < content:
            return
        yield kind, start + content, start + length
        start += length


def _largest(meta: bytes) -> tuple[int, int]:
    """The largest `ispe` (width and height of an item) of a meta box."""
    sizes, at = [(0, 0)], meta.find(b"ispe")
    while at >= 0:
        sizes.append((int.from_bytes(meta[at + 8 : at + 12], "big"), int.from_bytes(meta[at + 12 : at + 16], "big")))
        at = meta.find(b"ispe", at + 4)
    return max(sizes, key=lambda size: size[0] * size[1])
