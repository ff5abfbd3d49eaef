"""Printed documents held on disk under a key made of everything they show: never wrong, only old.

On disk and not in the database or in Redis: a document is some 100 kB that a second of work makes again, so it
belongs in no backup and must push nothing else out of memory.
"""

import hashlib
import logging
import tempfile
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)
MOST = 2_000
_KEPT_SHARE = 0.9


def key_of(*parts: bytes) -> str:
    """A name (64 hex) for these parts in this order."""
    mill = hashlib.sha256()
    for part in parts:
        mill.update(len(part).to_bytes(8, "big") + part)
    return mill.hexdigest()


def read(key: str) -> bytes | None:
    """The document under the key; None when it is not held."""
    try:
        return (_folder() / f"{key}.pdf").read_bytes()
    except OSError:
        return None


def keep(key: str, document: bytes) -> None:
    """Hold a document. A disk that is full or read-only holds nothing, and nobody is refused for it."""
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(document)
        Path(file.name).replace(folder / f"{key}.pdf")
        _sweep(folder)
    except OSError as error:
        log.warning("the document was made but not held: %s", error)


def _sweep(folder: Path) -> None:
    """Beyond MOST documents the oldest tenth goes."""
    files = list(folder.glob("*.pdf"))
    if len(files) <= MOST:
        return
    oldest = sorted(files, key=lambda path: path.stat().st_mtime)
    for path in oldest[: len(files) - int(MOST * _KEPT_SHARE)]:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "documents"
