"""Immutable tile keys: each names a state of the data, so tiles are never invalidated, only left behind."""

import hashlib
import json

from gis_layers import postgis_tiles, postgis_tiles_views

PARCELS, BACKDROP, DISTRICTS = "parcels", "backdrop", "districts"
_LENGTH = 24


def current_key(layer: str) -> str:
    """Key of a layer that carries no law, as it is now."""
    if layer == PARCELS:
        return f"g{postgis_tiles_views.generation()}f{postgis_tiles.FORMAT}"
    if layer == BACKDROP:
        return digest([BACKDROP, postgis_tiles_views.backdrop_state()])
    return digest([DISTRICTS, postgis_tiles_views.districts_state()])


def base_keys() -> dict[str, str]:
    """Keys of all layers that carry no law."""
    return {layer: current_key(layer) for layer in (BACKDROP, DISTRICTS, PARCELS)}


def digest(state: object) -> str:
    """Key of a state that JSON can hold."""
    text = json.dumps([postgis_tiles.FORMAT, state], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
