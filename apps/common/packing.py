"""Gzip that gives the same bytes each time, for bodies that are stored as they are sent."""

import gzip


def packed(body: bytes, *, level: int) -> bytes:
    """Gzipped, without a time stamp; nothing stays nothing."""
    return gzip.compress(body, level, mtime=0) if body else b""


def unpacked(zipped: bytes) -> bytes:
    """The body itself; nothing stays nothing."""
    return gzip.decompress(zipped) if zipped else b""
