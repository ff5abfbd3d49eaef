"""Vector tiles: one statement per tile, drawn with ST_AsMVT from the stored Web-Mercator copies.

A tile is 4096 units wide; what is smaller than a pixel (1/256 of the tile) is not drawn. ST_AsMVT skips rows without
a geometry; filtering them here would make PostgreSQL evaluate ST_AsMVTGeom twice. Table names of upper rooms appear
in the SQL as names only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from apps.common.packing import packed
from gis_layers.postgis_clocks import HOLDS
from gis_layers.postgis_hot import hot_connection

# Whoever changes what a statement below draws changes this too: keys are for ever, so old tiles keep old keys.
FORMAT = 1
MAX_ZOOM = 18
_WORLD_M = 40_075_016.685578488
GZIP_LEVEL = 4  # half the time of the usual 6 for 1 % more bytes

_BOX = """
box AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS tile,
               ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 64.0 / 4096) AS near)
"""
# Far out a tile may hold a whole city: then the largest shapes only, largest first, so small ones lie on top.
_LARGEST = "CASE WHEN %(z)s < 14 THEN 4000 END"
_ALL_PARCELS = f"""
WITH {_BOX}, drawn AS (
  SELECT p.code, ST_AsMVTGeom(v.geom_web, box.tile, 4096, 64, true) AS geom
    FROM box JOIN cadastre_parcelversion v ON v.geom_web && box.near JOIN cadastre_parcel p ON p.id = v.parcel_id
   WHERE {{holds}}
     AND ST_XMax(v.geom_web) - ST_XMin(v.geom_web) + ST_YMax(v.geom_web) - ST_YMin(v.geom_web) > %(pixel)s)
SELECT ST_AsMVT(drawn, 'parcels', 4096, 'geom') FROM drawn
"""  # noqa: S608 - joined from constants of this room
_PARCELS = _ALL_PARCELS.format(holds="upper_inf(v.legal) AND upper_inf(v.known)")
_PAST_PARCELS = _ALL_PARCELS.format(holds=HOLDS)
_BACKDROP = f"""
WITH {_BOX}, drawn AS (
  SELECT b.kind, nullif(b.name_fa, '') AS name_fa, nullif(b.name_en, '') AS name_en, b.rank, b.attributes,
         ST_AsMVTGeom(CASE WHEN %(z)s < 15 THEN ST_Simplify(b.geom_web, %(pixel)s / 2, true) ELSE b.geom_web END,
                      box.tile, 4096, 64, true) AS geom
    FROM box JOIN gis_layers_backdrop b ON b.geom_web && box.near
    CROSS JOIN LATERAL (SELECT greatest(ST_XMax(b.geom_web) - ST_XMin(b.geom_web),
                                        ST_YMax(b.geom_web) - ST_YMin(b.geom_web)) AS m) size
   WHERE b.rank <= %(z)s - 10 AND (b.kind <> 'blocks' OR %(z)s BETWEEN 13 AND 16)
     AND size.m > %(pixel)s
   ORDER BY size.m DESC, b.id LIMIT {_LARGEST})
SELECT ST_AsMVT(drawn, 'backdrop', 4096, 'geom') FROM drawn
"""  # noqa: S608 - joined from constants of this file
_DISTRICTS = f"""
WITH {_BOX}, drawn AS (
  SELECT d.number, d.name_fa, d.name_en, d.approximate,
         ST_AsMVTGeom(CASE WHEN %(z)s < 15 THEN ST_Simplify(d.geom_web, %(pixel)s / 2, true) ELSE d.geom_web END,
                      box.tile, 4096, 64, true) AS geom
    FROM box JOIN cadastre_district d ON d.geom_web && box.near
   ORDER BY d.number)
SELECT ST_AsMVT(drawn, 'districts', 4096, 'geom') FROM drawn
"""  # noqa: S608 - joined from constants of this file
# A feature that no mask meets is drawn as it is; of the others what the masks leave, on the tile's own grid of 1/16
# pixel. An edition that the masks hide in the whole tile is not looked at.
_THEME = f"""
WITH {_BOX}, plate AS MATERIALIZED (
  SELECT p.id, p.edition_id, p.status, i.code AS edition
    FROM box CROSS JOIN map_services_tileplate p
    JOIN gis_layers_edition e ON e.id = p.edition_id JOIN legal_instrument i ON i.id = e.instrument_id
   WHERE p.view_id = %(key)s
     AND NOT coalesce((SELECT ST_Covers(ST_Union(m.geom), box.near) FROM map_services_tilemask m
                        WHERE m.plate_id = p.id AND m.geom && box.near), false)),
shown AS (
  SELECT f.id, f.code, f.label_fa, f.label_en, p.edition, p.status,
         CASE WHEN h.geom IS NULL THEN f.geom_web
              ELSE ST_CollectionExtract(ST_Difference(ST_Intersection(f.geom_web, box.near), h.geom,
                                                      %(pixel)s / 16), 3) END AS geom
    FROM box CROSS JOIN plate p JOIN gis_layers_feature f ON f.edition_id = p.edition_id AND f.geom_web && box.near
    LEFT JOIN LATERAL (SELECT ST_Union(m.geom) AS geom FROM map_services_tilemask m
                        WHERE m.plate_id = p.id AND m.geom && box.near AND ST_Intersects(m.geom, f.geom_web)) h ON true
    CROSS JOIN LATERAL (SELECT greatest(ST_XMax(f.geom_web) - ST_XMin(f.geom_web),
                                        ST_YMax(f.geom_web) - ST_YMin(f.geom_web)) AS m) size
   WHERE size.m > %(pixel)s
   ORDER BY size.m DESC, f.id LIMIT {_LARGEST}),
drawn AS (
  SELECT s.id, s.code, s.label_fa, s.label_en, s.edition, s.status,
         ST_AsMVTGeom(CASE WHEN %(z)s < 15 THEN ST_Simplify(s.geom, %(pixel)s / 2, true) ELSE s.geom END,
                      box.tile, 4096, 64, true) AS geom
    FROM shown s, box)
SELECT ST_AsMVT(drawn, %(layer)s, 4096, 'geom', 'id') FROM drawn
"""  # noqa: S608 - joined from constants of this file
_READ = "SELECT body FROM map_services_tile WHERE layer = %s AND key = %s AND z = %s AND x = %s AND y = %s"
_KEEP = """
INSERT INTO map_services_tile (layer, key, z, x, y, body) VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_OWN_LAYERS: Mapping[str, str] = {"parcels": _PARCELS, "backdrop": _BACKDROP, "districts": _DISTRICTS}


@dataclass(frozen=True, slots=True)
class TileId:
    """One tile of one layer under an immutable key (XYZ scheme)."""

    layer: str
    key: str
    z: int
    x: int
    y: int

    @property
    def place(self) -> tuple[str, str, int, int, int]:
        """The primary key of the cache."""
        return (self.layer, self.key, self.z, self.x, self.y)


@dataclass(frozen=True, slots=True)
class ParcelState:
    """Parcels of a legal day as recorded by an instant. `lasting`: nothing was recorded since the key was made."""

    on: date
    known_at: datetime
    lasting: bool


def read_tile(tile: TileId) -> bytes | None:
    """The gzipped tile from the cache; b"" when it is known to be empty, None when it was never drawn."""
    row = _one(_READ, tile.place)
    return None if row is None else bytes(row[0])


def draw_tile(tile: TileId, *, parcels: ParcelState | None = None) -> bytes:
    """The tile drawn from the data, not compressed; b"" when nothing shows there. `parcels`: a past state of them."""
    if parcels is None:
        row = _one(_OWN_LAYERS.get(tile.layer, _THEME), tile_params(tile))
    else:
        row = _one(_PAST_PARCELS, tile_params(tile) | {"on": parcels.on, "known_at": parcels.known_at})
    return bytes(row[0]) if row and row[0] else b""


def keep_tile(tile: TileId, mvt: bytes) -> bytes:
    """Gzip and remember a drawn tile; returns what was remembered."""
    body = packed(mvt, level=GZIP_LEVEL)
    with hot_connection() as straight:
        straight.execute(_KEEP, [*tile.place, body])
    return body


def statement_of(layer: str) -> str:
    """The bare statement that draws a layer (for measuring)."""
    return _OWN_LAYERS.get(layer, _THEME)


def tile_params(tile: TileId) -> dict[str, Any]:
    """Parameters of `statement_of`; pixel in metres of Web Mercator."""
    pixel = _WORLD_M / 2**tile.z / 256
    return {"layer": tile.layer, "key": tile.key, "z": tile.z, "x": tile.x, "y": tile.y, "pixel": pixel}


def _one(statement: str, params: Any) -> TupleRow | None:
    """One row by a prepared statement."""
    with hot_connection() as straight, Cursor(straight) as cursor:
        return cursor.execute(statement, params, prepare=True, binary=True).fetchone()
