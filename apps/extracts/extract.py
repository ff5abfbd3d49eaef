"""What composing gives: the document's bytes, its digest."""

from dataclasses import dataclass
from typing import Any

import orjson

from apps.common.packing import unpacked


@dataclass(frozen=True, slots=True)
class Extract:
    """A composed extract: canonical JSON (docs/extract-format.md) with its digest inside, plain or gzipped or both."""

    digest: str
    plain: bytes | None = None
    zipped: bytes | None = None

    @property
    def body(self) -> bytes:
        """The canonical bytes."""
        return self.plain if self.plain is not None else unpacked(self.zipped or b"")

    @property
    def data(self) -> dict[str, Any]:
        """The body as dicts, read anew at each call."""
        document: dict[str, Any] = orjson.loads(self.body)
        return document
