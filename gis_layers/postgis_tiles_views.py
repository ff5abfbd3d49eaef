"""Where each edition shows: coverages cut by scopes and, in partition themes, by the editions that take precedence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

_OWN = """
WITH scope AS (SELECT ST_Union(ST_GeomFromWKB(s, %(srid)s)) AS geom FROM unnest(%(scopes)s::bytea[]) s)
SELECT ST_AsBinary(CASE %(cut)s WHEN 'only' THEN ST_Intersection(e.coverage, scope.geom)
                                WHEN 'minus' THEN ST_Difference(e.coverage, scope.geom)
                                ELSE e.coverage END)
  FROM gis_layers_edition e, scope WHERE e.id = %(edition)s
"""
_SHOW = """
WITH rest AS (SELECT ST_CollectionExtract(ST_Difference(ST_GeomFromWKB(%(own)s, %(srid)s),
                                                        ST_GeomFromWKB(%(taken)s, %(srid)s)), 3) AS geom)
INSERT INTO map_services_tileregion (view_id, edition_id, status, geom)
SELECT %(key)s, %(edition)s, %(status)s, part
  FROM rest, ST_Dump(ST_Transform(rest.geom, 3857)) whole, ST_Subdivide(whole.geom, 128) part
 WHERE NOT ST_IsEmpty(part)
"""
_UNION = "SELECT ST_AsBinary(ST_Union(ST_GeomFromWKB(%(own)s), ST_GeomFromWKB(%(taken)s)))"
_VIEW = "INSERT INTO map_services_tileview (key, layer, made_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_EXISTS = "SELECT 1 FROM map_services_tileview WHERE key = %s AND layer = %s"
_PURGE_VIEWS = "DELETE FROM map_services_tileview WHERE made_at < %(before)s AND NOT key = ANY(%(keep)s)"
_PURGE_REGIONS = """
DELETE FROM map_services_tileregion r WHERE NOT EXISTS (SELECT FROM map_services_tileview v WHERE v.key = r.view_id)
"""
_PURGE_TILES = """
DELETE FROM map_services_tile t
 WHERE NOT t.key = ANY(%(keep)s) AND NOT EXISTS (SELECT FROM map_services_tileview v WHERE v.key = t.key)
"""
_GENERATION = "SELECT coalesce(max(id), 0) FROM cadastre_parcelversion"
# Rows of the backdrop are replaced whole, never edited in place.
_BACKDROP = "SELECT coalesce(min(id), 0), coalesce(max(id), 0), count(*) FROM gis_layers_backdrop"
_DISTRICTS = """
SELECT md5(coalesce(string_agg(concat_ws('|', number, name_fa, name_en, approximate, md5(ST_AsBinary(geom_web))), ','
                               ORDER BY number), '')) FROM cadastre_district
"""
_EMPTY = bytes.fromhex("010600000000000000")  # MULTIPOLYGON EMPTY


@dataclass(frozen=True, slots=True)
class Plate:
    """One edition as it shows in a view. `cut`: '' everywhere in its coverage, 'only' or 'minus' its scopes (WKB)."""

    edition_id: int
    status: str
    cut: str = ""
    scopes: tuple[bytes, ...] = ()


def make_view(
    *, key: str, layer: str, plates: Sequence[Plate], exclusive: bool, srid: int, at: datetime
) -> None:
    """Write down where the plates show, the governing one first; `exclusive`: an earlier one hides the later.

    Does nothing when the view is there already. `srid`: of the coverages and scopes.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_VIEW, [key, layer, at])
        if not cursor.rowcount:
            return
        taken = _EMPTY
        for plate in plates:
            params = {"edition": plate.edition_id, "cut": plate.cut, "scopes": list(plate.scopes), "srid": srid}
            own = _blob(_OWN, params)
            _run(_SHOW, {"key": key, "status": plate.status, "own": own, "taken": taken, **params})
            if exclusive:
                taken = _blob(_UNION, {"own": own, "taken": taken})


def view_exists(*, key: str, layer: str) -> bool:
    """Whether the key names a view of this layer."""
    with connection.cursor() as cursor:
        cursor.execute(_EXISTS, [key, layer])
        return cursor.fetchone() is not None


def generation() -> int:
    """The newest parcel version: names the state of the parcels."""
    with connection.cursor() as cursor:
        cursor.execute(_GENERATION)
        return int(_first(cursor.fetchone()))


def backdrop_state() -> str:
    """Names the state of the backdrop."""
    with connection.cursor() as cursor:
        cursor.execute(_BACKDROP)
        return "-".join(map(str, cursor.fetchone() or ()))


def districts_state() -> str:
    """Names the state of the districts."""
    with connection.cursor() as cursor:
        cursor.execute(_DISTRICTS)
        return str(_first(cursor.fetchone()))


def purge(*, keep: Sequence[str], before: datetime) -> int:
    """Delete views made before `before` and tiles without a view, except under the keys `keep`; returns the tiles."""
    params = {"keep": list(keep), "before": before}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PURGE_VIEWS.replace("DELETE", "WITH gone AS (DELETE") + ...)  # placeholder
        return int(cursor.rowcount)
