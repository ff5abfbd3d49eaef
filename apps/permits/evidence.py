"""The extract that a request rests on: composed, frozen, and written on the request with its law and its instant."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apps.common.errors import BadInputError, UnavailableError
from apps.extracts.extract import Extract
from apps.extracts.frozen import freeze, frozen_many, stated
from apps.extracts.services import compose
from apps.legal.selectors import law_version
from apps.permits.models import PermitRequest

_TRIES = 3
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A composed extract with the law (id of the last act) and the instant it states."""

    extract: Extract
    law: int
    known_at: datetime

    @property
    def digest(self) -> str:
        """The extract's digest."""
        return self.extract.digest


def of_now(*, parcel_code: str, kind: str, on: date) -> Evidence:
    """What holds on `on` by the law of this very moment. Raises what composing raises.

    Call it under the request's lock. An act that commits after the last look is examined by its own event, because
    the request keeps the version that was seen.
    """
    for _ in range(_TRIES):
        extract = compose(parcel=parcel_code, on=on, permit_kind=kind)
        said = stated(extract)
        if said.law == law_version():
            return Evidence(extract, said.law, said.known_at)
    raise UnavailableError(
        fa="قانون این لحظه در حال ثبت است؛ چند ثانیهٔ دیگر دوباره تلاش کنید. چیزی از دست نرفته است.",
        en="The law is being recorded at this moment; try again in a few seconds. Nothing was lost.",
    )


def rely(request: PermitRequest, evidence: Evidence) -> None:
    """Freeze the evidence and let the request rest on it. The caller saves the request."""
    freeze(evidence.extract)
    request.relied_digest = evidence.digest
    request.relied_law = evidence.law
    request.relied_known_at = evidence.known_at


def file_with(request: PermitRequest, evidence: Evidence, *, on: date) -> None:
    """Freeze the extract of the filing instant and note the day. The caller saves the request."""
    freeze(evidence.extract)
    request.filed_on = on
    request.filed_digest = evidence.digest
    request.filed_law = evidence.law
    request.filed_known_at = evidence.known_at


def relied_documents(requests: list[PermitRequest]) -> dict[str, dict[str, Any]]:
    """The frozen documents that these requests rest on, by digest; one that was never kept is missing."""
    found = frozen_many(request.relied_digest for request in requests)
    return {digest: extract.data for digest, extract in found.items()}


def read_digest(raw: str) -> str:
    """The digest of the answer somebody saw, '' for none. Raises BadInputError."""
    if raw and not _DIGEST.fullmatch(raw):
        raise BadInputError(
            fa="اثر انگشت چکیده خوانا نیست. چکیده را دوباره باز کنید و از همان‌جا درخواست دهید.",
            en="The extract digest cannot be read (sha256: and 64 hex digits). Open the extract again and start there.",
            value=raw[:80],
        )
    return raw
