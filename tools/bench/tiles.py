"""Tiles over HTTP, cold and warm, against the bare statement; their weight by zoom."""

import math
import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import psycopg

from tools.bench import http_load
from tools.bench.place import conninfo
from tools.bench.report import Row
from tools.bench.web import Web

_ZOOMS = {"parcels": (15, 16, 17), "land_use": (14, 15, 16, 17), "height_code": (14, 15, 16), "backdrop": (14, 15, 16)}
_EDGE_M = 20_037_508.342789244
_SPOTS = """
SELECT (ST_XMin(geom_web) + ST_XMax(geom_web)) / 2, (ST_YMin(geom_web) + ST_YMax(geom_web)) / 2
  FROM cadastre_parcelversion ORDER BY md5(id::text) LIMIT %s
"""


def measure(env: Mapping[str, str], web: Web, *, seconds: float, hello: float, per_zoom: int) -> list[Row]:
    """Leaves the cache filled with the tiles asked for."""
    url = env["DATABASE_URL"]
    wanted = addresses(url, per_zoom=per_zoom)
    bare = [_bare_ms(tile) for tile in wanted]
    paths = [f"/tiles/{t.layer}/{t.key}/{t.z}/{t.x}/{t.y}.mvt" for t in wanted]
    with psycopg.connect(**conninfo(url), autocommit=True) as connection:
        connection.execute("TRUNCATE map_services_tile")
    cold = http_load.run_once(web.port, paths)
    light = [path for path, size in zip(paths, cold.sizes, strict=True) if size]
    warm = http_load.run_for(web.port, light, seconds=seconds)
    rows = [
        Row(
            f"tile cold: bare ST_AsMVT / over HTTP, time of {len(paths)} tiles",
            f"{median(cold.latencies):.1f} ms p50",
            sum(bare) / sum(cold.latencies),
            0.8,
            0.6,
        ),
        Row(
            f"tile warm over HTTP / hello (p50 {warm.p50:.1f} ms)",
            f"{warm.per_second:,.0f} /s",
            warm.per_second / hello,
            0.6,
            0.4,
        ),
    ]
    return rows + _weights(wanted, cold.sizes)


def addresses(url: str, *, per_zoom: int) -> list[Any]:
    """Tiles under random parcels, by layer and zoom, under the keys of today."""
    from apps.common.clock import today
    from apps.map_services.selectors import tile_urls
    from gis_layers.postgis_tiles import TileId

    keys = {layer: template.split("/")[3] for layer, template in tile_urls(on=today()).items()}
    with psycopg.connect(**conninfo(url)) as connection:
        spots = connection.execute(_SPOTS, [per_zoom * 20]).fetchall()
    found: list[Any] = []
    for layer, zooms in _ZOOMS.items():
        for zoom in zooms if layer in keys else ():
            places = dict.fromkeys(column_row(x, y, zoom) for x, y in spots)
            found += [TileId(layer, keys[layer], zoom, *place) for place in list(places)[:per_zoom]]
    return found


def column_row(x: float, y: float, zoom: int) -> tuple[int, int]:
    """The tile that holds a point of Web Mercator."""
    side = 2.0**zoom / (2 * _EDGE_M)
    return math.floor((x + _EDGE_M) * side), math.floor((_EDGE_M - y) * side)


def _bare_ms(tile: Any) -> float:
    """The statement alone, on one connection, the better of two."""
    from gis_layers.postgis_tiles import draw_tile

    times = []
    for _ in range(2):
        begun = time.perf_counter()
        draw_tile(tile)
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


def _weights(wanted: Sequence[Any], sizes: Sequence[int]) -> list[Row]:
    """95th percentile of the gzipped size per layer, over its zooms."""
    rows = []
    for layer in _ZOOMS:
        mine = sorted(size for tile, size in zip(wanted, sizes, strict=True) if tile.layer == layer)
        if mine:
            heavy = mine[min(len(mine) - 1, int(len(mine) * 0.95))] / 1000
            rows.append(
                Row(f"tile weight p95, {layer} / 200 kB gzip", f"{heavy:.1f} kB", heavy / 200, 1.0, 2.0, less=True)
            )
    return rows
