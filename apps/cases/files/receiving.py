"""A file on its way in: copied to a nameless file on the disk, measured and digested while it is read."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Protocol

from apps.cases.files.limits import LARGEST, too_large

BLOCK = 256 * 1024


class Readable(Protocol):
    """Anything bytes can be read from, an upload of Django's among them."""

    def read(self, size: int = ..., /) -> bytes:
        """At most so many bytes; b"" at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Received:
    """A whole file: where it can be read (at its start), how long it is, its SHA-256 in hex."""

    file: IO[bytes]
    size: int
    sha256: str


@contextmanager
def received(source: Readable, *, most: int = LARGEST) -> Iterator[Received]:
    """The file while the block lasts; afterwards nothing of it is left on the disk, whatever happened.

    Raises TooLargeError as soon as more than `most` bytes have come.
    """
    with tempfile.TemporaryFile(prefix="case-") as file:
        digest, size = hashlib.sha256(), 0
        while block := source.read(BLOCK):
            size += len(block)
            if size > most:
                raise too_large(most)
            digest.update(block)
            file.write(block)
        file.flush()
        file.seek(0)
        yield Received(file=file, size=size, sha256=digest.hexdigest())
