"""Answers that were issued: followed, shared or printed by their permanent link. Kept for ever, byte by byte.

And the state of what answers are made with besides the law (program, themes, offices, districts): a change of it is
an instant of record, so that the same stated instant never names two different answers (docs/decisions/0015).
"""

from datetime import date, datetime

from apps.common import clock
from apps.common.packing import packed
from apps.extracts.models import AnswerState, IssuedExtract
from gis_layers import postgis_kept

_LEVEL = 6


def read(*, code: str, on: date, known_at: datetime, kind: str) -> tuple[bytes, str] | None:
    """(gzipped canonical body, digest) of what was issued under this link; None when nothing was."""
    asked = IssuedExtract.objects.filter(code=code, day=on, known_at=known_at, kind=kind)
    row = asked.values_list("body", "digest").first()
    return None if row is None else (bytes(row[0]), row[1])


def issue(*, code: str, on: date, known_at: datetime, kind: str, body: bytes, digest: str) -> None:
    """Issue an answer; what was issued under the same link before stays."""
    row = {"code": code, "on": on, "known_at": known_at, "kind": kind, "digest": digest}
    postgis_kept.issue({**row, "body": packed(body, level=_LEVEL)})


def state_instant(fingerprint: str, *, since: datetime | None) -> datetime | None:
    """When the present state was recorded; a new one is recorded now, the very first as of `since`."""
    last = AnswerState.objects.order_by("-id").first()
    if last is not None and last.fingerprint == fingerprint:
        return last.recorded_at
    instant = clock.now() if last is not None else since
    if instant is not None:
        postgis_kept.record_state({"fingerprint": fingerprint, "recorded_at": instant})
    return instant


def was_stated(known_at: datetime, *moments: datetime | None) -> bool:
    """Whether an answer states this very instant: the last of its moments, or a state recorded after them."""
    last = max((moment for moment in moments if moment), default=None)
    if last == known_at:
        return True
    return (last is None or last < known_at) and AnswerState.objects.filter(recorded_at=known_at).exists()
