"""Vector tiles of differences, and of one edition alone. Drawn on every call: few rows, and drafts are kept nowhere.

Same grid as gis_layers.postgis_tiles: 4096 units, a pixel is 1/256 of a tile. Table names of upper rooms appear in the
SQL as names only.
"""

from gis_layers.postgis_hot import hot_connection
from gis_layers.postgis_tiles import TileId, tile_params

_BOX = """
box AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS tile,
               ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 64.0 / 4096) AS near)
"""
_MOST = "CASE WHEN %(z)s < 14 THEN 4000 END"
# Far out a piece is drawn at least two pixels wide: a change that nobody sees would be the worst kind.
_DIFFERENCE = f"""
WITH {_BOX}, shown AS (
  SELECT p.kind, p.old, p.new, p.geom_web, greatest(ST_XMax(p.geom_web) - ST_XMin(p.geom_web),
                                                    ST_YMax(p.geom_web) - ST_YMin(p.geom_web)) AS m
    FROM box CROSS JOIN map_services_differenceview v
    JOIN map_services_differencepiece p ON p.view_id = v.id AND p.geom_web && box.near
   WHERE v.key = %(key)s AND v.state = 'done' AND NOT p.sliver
   ORDER BY m DESC, p.id LIMIT {_MOST}),
drawn AS (
  SELECT s.kind, nullif(s.old, '') AS old, nullif(s.new, '') AS new,
         ST_AsMVTGeom(CASE WHEN s.m < 2 * %(pixel)s THEN ST_Expand(ST_Centroid(s.geom_web), %(pixel)s)
                           WHEN %(z)s < 15 THEN ST_Simplify(s.geom_web, %(pixel)s / 2, true)
                           ELSE s.geom_web END, box.tile, 4096, 64, true) AS geom
    FROM shown s, box)
SELECT ST_AsMVT(drawn, 'difference', 4096, 'geom') FROM drawn
"""  # noqa: S608 - joined from constants of this file
_COVERAGE = f"""
WITH {_BOX}, drawn AS (
  SELECT ST_AsMVTGeom(ST_MakeValid(ST_Transform(
           ST_ClipByBox2D(e.coverage, ST_Transform(box.near, ST_SRID(e.coverage))::box2d), 3857)),
           box.tile, 4096, 64, true) AS geom
    FROM box CROSS JOIN gis_layers_edition e WHERE e.id = %(edition)s)
SELECT ST_AsMVT(drawn, 'coverage', 4096, 'geom') FROM drawn
"""  # noqa: S608 - joined from constants of this file
_EDITION = f"""
WITH {_BOX}, shown AS (
  SELECT f.id, f.code, f.label_fa, f.label_en, f.geom_web,
         greatest(ST_XMax(f.geom_web) - ST_XMin(f.geom_web), ST_YMax(f.geom_web) - ST_YMin(f.geom_web)) AS m
    FROM box JOIN gis_layers_feature f ON f.edition_id = %(edition)s AND f.geom_web && box.near),
drawn AS (
  SELECT s.id, s.code, s.label_fa, s.label_en,
         ST_AsMVTGeom(CASE WHEN %(z)s < 15 THEN ST_Simplify(s.geom_web, %(pixel)s / 2, true) ELSE s.geom_web END,
                      box.tile, 4096, 64, true) AS geom
    FROM box, (SELECT * FROM shown WHERE m > %(pixel)s ORDER BY m DESC, id LIMIT {_MOST}) s)
SELECT ST_AsMVT(drawn, 'edition', 4096, 'geom', 'id') FROM drawn
"""  # noqa: S608 - joined from constants of this file


def draw_difference(tile: TileId) -> bytes:
    """The pieces of the difference `tile.key` (layer 'difference': kind, old, new), not compressed; slivers are not."""
    return _drawn(_DIFFERENCE, tile, {})


def draw_edition(tile: TileId, *, edition: int) -> bytes:
    """An edition's coverage (layer 'coverage') and its features (layer 'edition'), not compressed."""
    return _drawn(_COVERAGE, tile, {"edition": edition}) + _drawn(_EDITION, tile, {"edition": edition})


def _drawn(statement: str, tile: TileId, params: dict[str, int]) -> bytes:
    with hot_connection() as straight:
        row = straight.execute(statement, {**tile_params(tile), **params}).fetchone()
    return bytes(row[0]) if row and row[0] else b""
