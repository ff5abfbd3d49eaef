"""Immutable tile keys: each names a state of the data, so tiles are never invalidated, only left behind."""

import hashlib
import json
from datetime import date, datetime

from apps.common import clock
from apps.map_services.parcel_states import state_key
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


def base_keys(*, on: date | None = None, known_at: datetime | None = None) -> dict[str, str]:
    """Keys of all layers that carry no law: parcels of a day and an instant where these are named.

    The backdrop and the districts have no clocks: they are today's.
    """
    keys = {layer: current_key(layer) for layer in (BACKDROP, DISTRICTS, PARCELS)}
    asked = known_at is not None or on not in (None, clock.today())
    past = state_key(on=on or clock.today(), known_at=known_at or clock.now()) if asked else None
    return keys if past is None else keys | {PARCELS: past}


def digest(state: object) -> str:
    """Key of a state that JSON can hold."""
    text = json.dumps([postgis_tiles.FORMAT, state], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
