"""Tiles of a difference, and of an edition alone: drawn on every call and kept nowhere, because a draft may be in them.

Who may see them is the caller's to ask (`differences.difference(key).public`, the roles of the theme).
"""

from apps.common.errors import NotFoundError
from apps.common.packing import packed
from apps.map_services.tiles import check_address
from gis_layers import postgis_difference_tiles, postgis_tiles
from gis_layers.models import Edition, IntakeState
from gis_layers.postgis_tiles import TileId


def difference_tile(*, key: str, z: int, x: int, y: int) -> bytes:
    """The gzipped tile with the pieces of a difference; b"" when there are none. Raises BadInputError."""
    tile = TileId("difference", key, z, x, y)
    check_address(tile)
    return packed(postgis_difference_tiles.draw_difference(tile), level=postgis_tiles.GZIP_LEVEL)


def edition_tile(*, edition: Edition, z: int, x: int, y: int) -> bytes:
    """The gzipped tile with an edition's coverage and features, law or not. Raises BadInputError, NotFoundError."""
    tile = TileId("edition", str(edition.pk), z, x, y)
    check_address(tile)
    if edition.state != IntakeState.TAKEN_IN:
        raise NotFoundError(
            fa="این نسخه هنوز پذیرش نشده است و نقشه‌ای ندارد. پذیرش آن را به پایان برسانید.",
            en="This edition has not been taken in yet, so it has no map. Finish its intake first.",
            edition=edition.pk,
        )
    drawn = postgis_difference_tiles.draw_edition(tile, edition=edition.pk)
    return packed(drawn, level=postgis_tiles.GZIP_LEVEL)
