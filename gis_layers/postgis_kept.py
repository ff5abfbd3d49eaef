"""Extracts composed before, read and written by one statement each."""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import InternalError, connection
from psycopg import Cursor
from psycopg.errors import ReadOnlySqlTransaction
from psycopg.rows import tuple_row

from gis_layers.postgis_clocks import HOLDS
from gis_layers.postgis_hot import hot_connection

log = logging.getLogger(__name__)

_READ = f"""
SELECT k.body, k.digest
  FROM cadastre_parcel p
  JOIN cadastre_parcelversion v
    ON v.parcel_id = p.id AND {HOLDS}
  JOIN extracts_keptextract k
    ON k.parcel_version_id = v.id AND k.law = (SELECT max(id) FROM legal_legalact)
   AND k.day = %(on)s AND k.kind = %(kind)s AND k.code_key = %(key)s
 WHERE p.code = %(code)s
"""  # noqa: S608 - joined from constants of this room

_KEEP = """
INSERT INTO extracts_keptextract (parcel_version_id, law, day, kind, code_key, digest, body)
VALUES (%(version)s, %(law)s, %(on)s, %(kind)s, %(key)s, %(digest)s, %(body)s)
ON CONFLICT DO NOTHING
"""

_ISSUE = """
INSERT INTO extracts_issuedextract (code, day, known_at, kind, digest, body)
VALUES (%(code)s, %(on)s, %(known_at)s, %(kind)s, %(digest)s, %(body)s)
ON CONFLICT DO NOTHING
"""

_STATE = "INSERT INTO extracts_answerstate (fingerprint, recorded_at) VALUES (%(fingerprint)s, %(recorded_at)s)"


def read_kept(*, code: str, on: date, now: datetime, kind: str, key: str) -> tuple[bytes, str] | None:
    """(gzipped body, digest) of the extract under the law of this moment; None when it was never composed."""
    params = {"code": code, "on": on, "known_at": now, "kind": kind, "key": key}
    with hot_connection() as straight, Cursor(straight, row_factory=tuple_row) as cursor:
        row = cursor.execute(_READ, params, prepare=True).fetchone()
    return None if row is None else (bytes(row[0]), str(row[1]))


def keep(row: Mapping[str, Any]) -> None:
    """Keep one extract (keys: version, law, on, kind, key, digest, body). A read-only replica keeps nothing."""
    _write(_KEEP, row)


def issue(row: Mapping[str, Any]) -> None:
    """Issue one extract for ever (keys: code, on, known_at, kind, digest, body); the first one stays."""
    _write(_ISSUE, row)


def record_state(row: Mapping[str, Any]) -> None:
    """Record what answers are made with from now on (keys: fingerprint, recorded_at). A replica records nothing."""
    with hot_connection() as straight, Cursor(straight, row_factory=tuple_row) as cursor:
        answer = cursor.execute("SELECT current_setting('transaction_read_only')").fetchone()
    if answer == ("off",):
        _write(_STATE, row)


def _write(statement: str, row: Mapping[str, Any]) -> None:
    try:
        with hot_connection() as straight, Cursor(straight) as cursor:
            cursor.execute(statement, dict(row), prepare=True)
    except InternalError as error:
        if not isinstance(error.__cause__, ReadOnlySqlTransaction):
            raise
        log.debug("a read-only database keeps no extracts")


def sweep(*, before: date, law: int, key: str) -> int:
    """Delete what no question of today can reach any more: older days, older law, older programs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM extracts_keptextract WHERE day < %s OR law <> %s OR code_key <> %s", [before, law, key]
        )
        return int(cursor.rowcount)
