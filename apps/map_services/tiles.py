"""A tile by its address: from the cache, or drawn and remembered."""

from dataclasses import dataclass
from functools import lru_cache
from math import asinh, pi, radians, tan

from apps.common.city import current_city
from apps.common.errors import BadInputError, NotFoundError
from apps.common.packing import packed
from apps.map_services.held import Held
from apps.map_services.keys import BACKDROP, DISTRICTS, PARCELS, current_key
from apps.map_services.parcel_states import state_of
from gis_layers import postgis_tiles
from gis_layers.postgis_tiles import FORMAT, MAX_ZOOM, TileId
from gis_layers.postgis_tiles_views import view_exists

FIRST_ZOOM = {PARCELS: 15, BACKDROP: 9, DISTRICTS: 9}
FIRST_THEME_ZOOM = 10
held = Held()


@dataclass(frozen=True, slots=True)
class TileAnswer:
    """A gzipped tile (b"" = nothing shows there); `lasting`: it may be kept for ever."""

    body: bytes
    lasting: bool = True


def tile(wanted: TileId) -> TileAnswer:
    """The tile. Raises BadInputError when z/x/y is no tile, NotFoundError when nothing was ever drawn under the key."""
    check_address(wanted)
    body = held.get(wanted)
    if body is None:
        body = _read(wanted)
    if body is not None:
        return TileAnswer(body)
    past = state_of(wanted.key) if wanted.layer == PARCELS else None
    lasting = _check_key(wanted) if past is None else past.lasting
    if wanted.z < FIRST_ZOOM.get(wanted.layer, FIRST_THEME_ZOOM) or not _in_city(wanted):
        return TileAnswer(b"", lasting)
    mvt = postgis_tiles.draw_tile(wanted, parcels=past)
    if not lasting:
        return TileAnswer(packed(mvt, level=postgis_tiles.GZIP_LEVEL), lasting)
    return TileAnswer(postgis_tiles.keep_tile(wanted, mvt))


def _read(wanted: TileId) -> bytes | None:
    body = postgis_tiles.read_tile(wanted)
    if body is not None:
        held.put(wanted, body)
    return body


def check_address(wanted: TileId) -> None:
    """Raises BadInputError when z/x/y is no tile."""
    side = 2**wanted.z if wanted.z <= MAX_ZOOM else 0
    if wanted.x >= side or wanted.y >= side:
        raise BadInputError(
            fa=f"چنین کاشی‌ای نیست: z از ۰ تا {MAX_ZOOM} است و x و y کوچک‌تر از ۲ به توان z.",
            en=f"There is no such tile: z goes from 0 to {MAX_ZOOM}, x and y are below 2 to the power of z.",
            z=wanted.z,
            x=wanted.x,
            y=wanted.y,
        )


def _check_key(wanted: TileId) -> bool:
    """Whether tiles under the key may be kept for ever; False for parcels of an earlier state."""
    if wanted.layer in FIRST_ZOOM:
        current = current_key(wanted.layer)
        if wanted.key == current:
            return True
        if wanted.layer == PARCELS and _is_earlier(wanted.key, current):
            return False
    elif view_exists(key=wanted.key, layer=wanted.layer):
        return True
    raise NotFoundError(
        fa="این لایه با این کلید وجود ندارد؛ نشانی تازهٔ کاشی‌ها را از /api/v1/layers بگیرید.",
        en="There is no such layer under this key; take the current tile addresses from /api/v1/layers.",
        layer=wanted.layer,
        key=wanted.key,
    )


def _is_earlier(key: str, current: str) -> bool:
    """Parcels came meanwhile: a page that is still open gets the parcels of now, but may not keep them."""
    old, new = (k.removeprefix("g").removesuffix(f"f{FORMAT}") for k in (key, current))
    return old.isdecimal() and key == f"g{int(old)}f{FORMAT}" and int(old) < int(new)


def _in_city(wanted: TileId) -> bool:
    """Whether the tile lies at the city at all: addresses far away are answered without being remembered."""
    x0, y0, x1, y1 = _city_box()
    side: int = 2**wanted.z
    return x0 * side - 1 <= wanted.x <= x1 * side + 1 and y0 * side - 1 <= wanted.y <= y1 * side + 1


@lru_cache(maxsize=1)
def _city_box() -> tuple[float, float, float, float]:
    """The city's bounds as parts (0..1) of the world's tile square, y downwards."""
    west, south, east, north = current_city().bounds
    return _column(west), _row(north), _column(east), _row(south)


def _column(lon: float) -> float:
    return (lon + 180) / 360


def _row(lat: float) -> float:
    return (1 - asinh(tan(radians(lat))) / pi) / 2
