"""Where uploads lie on disk: one file for each, under a name of our own. Web servers and workers share the folder."""

import hashlib
import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

BLOCK = 1024 * 1024


def folder() -> Path:
    """The folder of uploads."""
    return Path(settings.MEDIA_ROOT) / "desk" / "uploads"


def path_of(upload: UUID) -> Path:
    """The file of an upload; its name says nothing of what people called it."""
    return folder() / f"{upload}.part"


def make(upload: UUID) -> None:
    """An empty file."""
    folder().mkdir(parents=True, exist_ok=True)
    path_of(upload).touch(mode=0o600)


def is_there(upload: UUID) -> bool:
    """Whether the file is on this disk."""
    return path_of(upload).is_file()


def write(upload: UUID, *, offset: int, body: bytes) -> None:
    """The portion at its place, on the disk before this returns; what stood behind it is cut off."""
    with path_of(upload).open("r+b") as file:
        file.seek(offset)
        file.write(body)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def digests(upload: UUID) -> tuple[str, str]:
    """SHA-256 (hex) of the whole file, and of its blocks' digests."""
    whole, blocks = hashlib.sha256(), hashlib.sha256()
    with path_of(upload).open("rb") as file:
        while block := file.read(BLOCK):
            whole.update(block)
            blocks.update(hashlib.sha256(block).digest())
    return whole.hexdigest(), blocks.hexdigest()


def block_digest(body: bytes) -> str:
    """SHA-256 (hex) over the SHA-256 of each MiB: browsers can only hash what they hold in memory at once."""
    parts = (body[start : start + BLOCK] for start in range(0, len(body), BLOCK))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def remove(upload: UUID) -> None:
    """Delete the file if it is there."""
    path_of(upload).unlink(missing_ok=True)


def remove_strays(known: Collection[UUID], *, older_than: datetime) -> int:
    """Delete files that belong to none of the known uploads, unless they are young; returns how many."""
    names = {path_of(upload).name for upload in known}
    strays = [
        path
        for path in (folder().glob("*.part") if folder().is_dir() else ())
        if path.name not in names and path.stat().st_mtime < older_than.timestamp()
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
