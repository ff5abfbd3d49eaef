"""The small map of a case's page: the parcel it is about, or a spot around its place."""

from typing import Any

import orjson

from apps.cadastre.facts import ParcelFacts
from apps.cadastre.selectors import parcel_by_code
from apps.common.clock import now, today
from apps.common.errors import NotFoundError
from frontend.case_page_reader import Look
from frontend.map_page import minimap_data, small_map

_SPOT_METRES = 12


def place_of(look: Look) -> dict[str, Any]:
    """`parcel` as it stands today (None when it was split since, or the case is about none) and the map's data."""
    if look.case.parcel is not None:
        parcel = _standing(look.case.parcel.code)
        return {"parcel": parcel, "page_data": minimap_data(parcel)}
    if look.case.place is None:
        return {"parcel": None, "page_data": None}
    spot = look.case.place.buffer(_SPOT_METRES).transform(4326, clone=True)
    return {"parcel": None, "page_data": small_map(orjson.loads(spot.geojson), spot.extent)}


def _standing(code: str) -> ParcelFacts | None:
    try:
        return parcel_by_code(code, on=today(), known_at=now())
    except NotFoundError:  # split or merged since: the case stays, its outline is history
        return None
