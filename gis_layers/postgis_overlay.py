"""What of the overlay is done and what is owed: watermark, locks, completeness, progress.

One chunk = parcels of one grid cell (ParcelVersion.chunk). An (edition, chunk) is complete for parcel versions
with id ≤ `through`. Writers of parcel versions hold the exclusive 'cadastre-write' lock, so below the watermark
nothing can appear later. Table names of upper rooms appear in the SQL as names only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

# Distinct chunks with their newest parcel version, by skipping through the (chunk, id) index.
_CHUNKS = """
chunks(chunk, newest) AS (
  SELECT c.chunk, (SELECT max(id) FROM cadastre_parcelversion v WHERE v.chunk = c.chunk)
    FROM (WITH RECURSIVE step AS (
            SELECT min(chunk) AS chunk FROM cadastre_parcelversion
            UNION ALL
            SELECT (SELECT min(v.chunk) FROM cadastre_parcelversion v WHERE v.chunk > step.chunk)
              FROM step WHERE step.chunk IS NOT NULL)
          SELECT chunk FROM step WHERE chunk IS NOT NULL) c)
"""
_OWED = f"""
WITH {_CHUNKS}
SELECT c.chunk, array_agg(e.id ORDER BY e.id)
  FROM chunks c CROSS JOIN gis_layers_edition e
  LEFT JOIN extracts_overlaychunk k ON k.edition_id = e.id AND k.chunk = c.chunk
 WHERE e.state = 'taken_in' AND (k.through IS NULL OR k.through < c.newest)
   AND (%(editions)s::bigint[] IS NULL OR e.id = ANY(%(editions)s))
   AND (%(chunks)s::bigint[] IS NULL OR c.chunk = ANY(%(chunks)s))
 GROUP BY c.chunk ORDER BY c.chunk
"""  # noqa: S608 - joined from constants of this file
_PROGRESS = f"""
WITH {_CHUNKS}
SELECT i.code, count(k.through) FILTER (WHERE k.through >= c.newest), count(c.chunk)
  FROM gis_layers_edition e JOIN legal_instrument i ON i.id = e.instrument_id
  LEFT JOIN chunks c ON true
  LEFT JOIN extracts_overlaychunk k ON k.edition_id = e.id AND k.chunk = c.chunk
 WHERE e.state = 'taken_in'
 GROUP BY i.code ORDER BY i.code
"""  # noqa: S608 - joined from constants of this file
_DEBTS = """
SELECT e.id, k.through, k.cover
  FROM gis_layers_edition e
  JOIN (SELECT max(id) AS newest FROM cadastre_parcelversion WHERE chunk = %(chunk)s) c ON c.newest IS NOT NULL
  LEFT JOIN extracts_overlaychunk k ON k.edition_id = e.id AND k.chunk = %(chunk)s
 WHERE e.state = 'taken_in' AND (%(editions)s::bigint[] IS NULL OR e.id = ANY(%(editions)s))
   AND (k.through IS NULL OR k.through < c.newest)
 ORDER BY e.id
"""
# A chunk is far from an edition when none of its parcels' boxes meets the box of its coverage and features.
_FAR = f"""
WITH {_CHUNKS},
speaks AS (
  SELECT e.id, (SELECT ST_SetSRID(ST_Extent(g)::geometry, ST_SRID(e.coverage)) FROM (
           SELECT e.coverage AS g UNION ALL SELECT f.geom FROM gis_layers_feature f WHERE f.edition_id = e.id) p) AS box
    FROM gis_layers_edition e WHERE e.state = 'taken_in' AND e.id = ANY(%(editions)s)),
near AS (
  SELECT DISTINCT s.id, v.chunk FROM speaks s
    JOIN cadastre_parcelversion v ON v.geom && s.box)
INSERT INTO extracts_overlaychunk (edition_id, chunk, through, cover, computed_at)
SELECT s.id, c.chunk, %(through)s, 'outside', %(at)s
  FROM speaks s CROSS JOIN chunks c
 WHERE NOT EXISTS (SELECT FROM near n WHERE n.id = s.id AND n.chunk = c.chunk)
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - joined from constants of this file


@dataclass(frozen=True, slots=True)
class Owed:
    """Editions that a chunk still owes."""

    chunk: int
    edition_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Debt:
    """One edition owed by a chunk: computed through which parcel version and with which cover (None: never)."""

    edition_id: int
    through: int | None
    cover: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Chunks computed of one edition."""

    instrument: str
    done: int
    total: int


def owed(*, edition_ids: Sequence[int] | None = None, chunks: Sequence[int] | None = None) -> list[Owed]:
    """Chunks with parcels newer than their watermark, with the editions they owe; None = all."""
    with connection.cursor() as cursor:
        cursor.execute(_OWED, {"editions": _array(edition_ids), "chunks": _array(chunks)})
        return [Owed(chunk, tuple(editions)) for chunk, editions in cursor.fetchall()]


def progress() -> list[Progress]:
    """Done and all chunks by edition, in the order of instrument codes."""
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS)
        return [Progress(*row) for row in cursor.fetchall()]


def debts(*, chunk: int, edition_ids: Sequence[int] | None) -> list[Debt]:
    """What this chunk owes; call it under `lock_chunk`."""
    with connection.cursor() as cursor:
        cursor.execute(_DEBTS, {"chunk": chunk, "editions": _array(edition_ids)})
        return [Debt(*row) for row in cursor.fetchall()]


def watermark() -> int:
    """Highest parcel version id, with writers of parcels kept out until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('cadastre-write'))")
        # A statement of its own: its snapshot must be taken after the lock was granted.
        cursor.execute("SELECT coalesce(max(id), 0) FROM cadastre_parcelversion")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def lock_chunk(chunk: int) -> None:
    """Two workers never compute the same chunk at once; released at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('overlay-chunk'), hashtext(%s))", [str(chunk)])


def mark_far(*, edition_ids: Sequence[int], at: datetime) -> int:
    """Record as OUTSIDE every chunk that the editions do not come near; returns the rows written.

    Needs a transaction. This is what makes a small revision cost only the chunks it touches.
    """
    through = watermark()
    with connection.cursor() as cursor:
        cursor.execute(_FAR, {"editions": list(edition_ids), "through": through, "at": at})
        return int(cursor.rowcount)


def _array(ids: Sequence[int] | None) -> list[int] | None:
    return None if ids is None else list(ids)
