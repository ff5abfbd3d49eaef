"""Where each edition shows: coverages cut by scopes and, in partition themes, by the editions that take precedence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gis_layers.postgis_hot import hot_connection

_OWN = """
WITH scope AS (SELECT ST_GeomFromWKB(%(scope)s, %(srid)s) AS geom)
SELECT ST_AsBinary(CASE %(cut)s WHEN 'only' THEN ST_Intersection(e.coverage, scope.geom)
                                WHEN 'minus' THEN ST_Difference(e.coverage, scope.geom)
                                ELSE e.coverage END)
  FROM gis_layers_edition e, scope WHERE e.id = %(edition)s
"""
_SHOW = "INSERT INTO map_services_tileplate (view_id, edition_id, status) VALUES (%s, %s, %s) RETURNING id"
# The frame holds all that the edition could draw; what is masked is the frame without the place where it shows.
# Snapped to 1 cm, finer than any tile, so that needles between coverages do not turn invalid in another projection.
_MASK = """
WITH frame AS (
  SELECT ST_Expand(ST_SetSRID(ST_Extent(p.g)::geometry, %(srid)s), 1) AS geom
    FROM (SELECT coverage AS g FROM gis_layers_edition WHERE id = %(edition)s
          UNION ALL SELECT geom FROM gis_layers_feature WHERE edition_id = %(edition)s) p),
shows AS (SELECT ST_Difference(ST_GeomFromWKB(%(own)s, %(srid)s), ST_GeomFromWKB(%(taken)s, %(srid)s)) AS geom),
hidden AS (SELECT ST_Transform(ST_ReducePrecision(ST_Difference(frame.geom, shows.geom), 0.01), 3857) AS geom
             FROM frame, shows)
INSERT INTO map_services_tilemask (plate_id, geom)
SELECT %(plate)s, part
  FROM hidden, ST_Dump(ST_CollectionExtract(ST_MakeValid(hidden.geom), 3)) whole, ST_Subdivide(whole.geom, 64) part
 WHERE NOT ST_IsEmpty(part)
"""
_UNION = "SELECT ST_AsBinary(ST_Union(ST_GeomFromWKB(%(own)s), ST_GeomFromWKB(%(taken)s)))"
_VIEW = "INSERT INTO map_services_tileview (key, layer, made_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_KNOWN = "SELECT array_agg(key) FROM map_services_tileview WHERE key = ANY(%s)"
_EXISTS = "SELECT 1 FROM map_services_tileview WHERE key = %s AND layer = %s"
_OLD = "v.made_at < %(before)s AND NOT v.key = ANY(%(keep)s)"
_PURGE = (
    f"""DELETE FROM map_services_tilemask m USING map_services_tileplate p, map_services_tileview v
         WHERE p.id = m.plate_id AND v.key = p.view_id AND {_OLD}""",  # noqa: S608 - a constant
    f"DELETE FROM map_services_tileplate p USING map_services_tileview v WHERE v.key = p.view_id AND {_OLD}",  # noqa: S608
    f"DELETE FROM map_services_tileview v WHERE {_OLD}",  # noqa: S608 - a constant
    """DELETE FROM map_services_tile t
        WHERE NOT t.key = ANY(%(keep)s) AND NOT EXISTS (SELECT FROM map_services_tileview v WHERE v.key = t.key)""",
)
_GENERATION = "SELECT coalesce(max(id), 0) FROM cadastre_parcelversion"
# Rows of the backdrop are replaced whole, never edited in place.
_BACKDROP = "SELECT concat_ws('-', min(id), max(id), count(*)) FROM gis_layers_backdrop"
_DISTRICTS = """
SELECT md5(coalesce(string_agg(concat_ws('|', number, name_fa, name_en, approximate, md5(ST_AsBinary(geom_web))), ','
                               ORDER BY number), '')) FROM cadastre_district
"""
EMPTY = bytes.fromhex("010600000000000000")  # WKB of MULTIPOLYGON EMPTY


@dataclass(frozen=True, slots=True)
class Plate:
    """One edition as it shows in a view. `cut`: '' everywhere in its coverage, 'only' or 'minus' `scope` (WKB)."""

    edition_id: int
    status: str
    cut: str = ""
    scope: bytes = EMPTY


def make_view(*, key: str, layer: str, plates: Sequence[Plate], exclusive: bool, srid: int, at: datetime) -> None:
    """Write down where the plates show, the governing one first; `exclusive`: an earlier one hides the later.

    Does nothing when the view is there already. `srid`: of the coverages and scopes.
    """
    with transaction.atomic():
        if not _made(key, layer, at):
            return
        for plate, own, taken in walk(plates, exclusive=exclusive, srid=srid):
            shown = _value(_SHOW, (key, plate.edition_id, plate.status))
            _run(_MASK, {"plate": shown, "own": own, "taken": taken, "edition": plate.edition_id, "srid": srid})


def walk(plates: Sequence[Plate], *, exclusive: bool, srid: int) -> Iterator[tuple[Plate, bytes, bytes]]:
    """Each plate with the place it speaks of and what earlier ones took of it (WKB), the governing one first."""
    taken = EMPTY
    for plate in plates:
        own = _blob(_OWN, {"edition": plate.edition_id, "cut": plate.cut, "scope": plate.scope, "srid": srid})
        yield plate, own, taken
        if exclusive:
            taken = _blob(_UNION, {"own": own, "taken": taken})


def _made(key: str, layer: str, at: datetime) -> bool:
    """False when it was there already. Whoever comes second waits here until the first one is done."""
    with connection.cursor() as cursor:
        cursor.execute(_VIEW, [key, layer, at])
        return bool(cursor.rowcount)


def known_views(keys: Sequence[str]) -> frozenset[str]:
    """Those of the keys that name a view."""
    return frozenset(_value(_KNOWN, [list(keys)]) or ())


def view_exists(*, key: str, layer: str) -> bool:
    """Whether the key names a view of this layer."""
    return _value(_EXISTS, (key, layer)) is not None


def generation() -> int:
    """The newest parcel version: names the state of the parcels."""
    return int(_value(_GENERATION))


def backdrop_state() -> str:
    """Names the state of the backdrop."""
    return str(_value(_BACKDROP))


def districts_state() -> str:
    """Names the state of the districts."""
    return str(_value(_DISTRICTS))


def purge(*, keep: Sequence[str], before: datetime) -> int:
    """Delete views made before `before` and tiles without a view, except under the keys `keep`; returns the tiles."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _PURGE:
            cursor.execute(statement, {"keep": list(keep), "before": before})
        return int(cursor.rowcount)


def _run(statement: str, params: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _blob(statement: str, params: Mapping[str, Any]) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        row = cursor.fetchone()
    return bytes(row[0]) if row and row[0] else EMPTY


def _value(statement: str, params: Sequence[Any] = ()) -> Any:
    with hot_connection() as straight:
        row = straight.execute(statement, params).fetchone()
    return row[0] if row else None
