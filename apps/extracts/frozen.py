"""Frozen evidence: the extract that a case rests on, kept by its digest for as long as the city keeps files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from apps.common import clock
from apps.common.errors import NotFoundError
from apps.common.packing import packed
from apps.extracts.canonical import digest
from apps.extracts.extract import Extract
from apps.extracts.models import FrozenExtract

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says it was composed with: id of the last act, instant of knowledge."""

    law: int
    known_at: datetime


def freeze(extract: Extract) -> str:
    """Keep the extract for ever; its digest. Twice is once. Raises ValueError when the digest is not that of the bytes.

    Call it in the transaction of what rests on it.
    """
    document = extract.data
    if document.pop("digest", "") != extract.digest or digest(document) != extract.digest:
        raise ValueError(f"{extract.digest} is not the digest of this extract")
    row = FrozenExtract(digest=extract.digest, body=packed(extract.body, level=_LEVEL), frozen_at=clock.now())
    FrozenExtract.objects.bulk_create([row], ignore_conflicts=True)
    return extract.digest


def frozen(digest: str) -> Extract:
    """The extract that was frozen under this digest. Raises NotFoundError."""
    found = frozen_many([digest]).get(digest)
    if found is None:
        raise NotFoundError(
            fa="پاسخی با این اثر انگشت نگه داشته نشده است. اثر انگشت را با برگهٔ خود بسنجید.",
            en="No answer is kept under this digest. Check it against your document.",
            digest=digest,
        )
    return found


def frozen_many(digests: Iterable[str]) -> dict[str, Extract]:
    """The frozen extracts among these digests, by digest, in one query."""
    rows = FrozenExtract.objects.filter(digest__in=set(digests)).values_list("digest", "body")
    return {digest: Extract(digest=digest, zipped=bytes(body)) for digest, body in rows}


def stated(extract: Extract) -> Stated:
    """The law and the instant that the extract names."""
    document = extract.data
    return Stated(law=document["law"]["version"], known_at=datetime.fromisoformat(document["known_at"]))
