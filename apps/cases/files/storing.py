"""Files of cases in their store: put in under a name of our own, taken out only while they are what was sent.

A file is written before the row that names it is committed. A row without a file cannot come about that way; a file
without a row can, and is swept (`sweeping`).
"""

import hashlib
import logging
from dataclasses import dataclass
from typing import IO, Any
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import Storage, storages

from apps.cases.files.faults import damaged, store_away
from apps.cases.files.receiving import BLOCK, Received

log = logging.getLogger(__name__)
AWAY = (BotoCoreError, ClientError, OSError)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: its name there, how long it is, its SHA-256 in hex."""

    name: str
    size: int
    sha256: str


def store() -> Storage:
    """The store of case files (STORAGES["cases"])."""
    return storages["cases"]


def keep(received: Received) -> Stored:
    """Write a file into the store under a random name. Raises StoreAwayError; nothing is kept then."""
    number = uuid4().hex
    wanted = f"{number[:2]}/{number}"
    received.file.seek(0)
    try:
        name = store().save(wanted, File(received.file, name=wanted))
    except AWAY as error:
        log.exception("a case file could not be stored")
        drop(wanted)  # half of it may lie there
        raise store_away() from error
    return Stored(name=name, size=received.size, sha256=received.sha256)


def take_out(stored: Stored, *, number: object) -> "File[Any]":
    """The file at its start, after its digest was compared. `number`: the version, for the error's words.

    Raises DamagedFileError when it is gone or differs from what was sent, StoreAwayError.
    """
    try:
        file = store().open(stored.name, "rb")
        if digest_of(file) == stored.sha256:
            file.seek(0)
            return file
        file.close()
    except FileNotFoundError:
        log.error("case file %s is gone", stored.name)  # noqa: TRY400 - the trace says nothing
        raise damaged(number) from None
    except AWAY as error:
        log.exception("case file %s could not be read", stored.name)
        raise store_away() from error
    log.error("case file %s no longer fits its digest %s", stored.name, stored.sha256)
    raise damaged(number)


def digest_of(file: "IO[bytes] | File[Any]") -> str:
    """SHA-256 (hex) from here to the end."""
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def drop(name: str) -> None:
    """Remove a file whose row did not come. What cannot be removed now is swept later."""
    try:
        store().delete(name)
    except AWAY:
        log.warning("case file %s could not be removed; the sweep will", name)
