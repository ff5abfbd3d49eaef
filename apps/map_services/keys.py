"""Immutable tile keys: each names a state of the data, so tiles are never invalidated, only left behind."""

import hashlib
import json

from gis_layers import postgis_tiles, postgis_tiles_views

PARCELS, BACKDROP, DISTRICTS = "parcels", "backdrop", "districts"
_LENGTH = 24


def parcels_key() -> str:
    """Key of the parcels as they are now."""
    return f"g{postgis_tiles_views.generation()}f{postgis_tiles.FORMAT}"


def base_keys() -> dict[str, str]:
    """Keys of the layers that carry no law, as they are now."""
    return {
        BACKDROP: digest([BACKDROP, postgis_tiles_views.backdrop_state()]),
        DISTRICTS: digest([DISTRICTS, postgis_tiles_views.districts_state()]),
        PARCELS: parcels_key(),
    }


def digest(state: object) -> str:
    """Key of a state that JSON can hold."""
    text = json.dumps([postgis_tiles.FORMAT, state], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
