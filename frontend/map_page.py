"""What the map's script needs to start: addresses, frame of the city, sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from apps.cadastre.facts import ParcelFacts
from apps.common.city import current_city
from apps.common.clock import today
from apps.extracts.render import instant
from frontend.asking import DEFAULT_KIND, Ask
from frontend.texts import SITE_SENTENCES, script_texts

CODE_SLOT = "CODE"


def map_data(
    *,
    ask: Ask,
    place: Mapping[str, float] | None,
    parcel: Mapping[str, Any] | None,
    light: bool = False,
    map_wanted: bool = False,
) -> dict[str, Any]:
    """The JSON block of the map page. Coordinates are WGS84 (lon, lat)."""
    city = current_city()
    west, south, east, north = city.bounds
    return {
        "language": get_language(),
        "calendar": city.calendar,
        "today": today().isoformat(),
        "on": ask.on.isoformat() if ask.dated else None,
        "known_at": instant(ask.known_at) if ask.known_at else None,
        "kind": ask.kind,
        "default_kind": DEFAULT_KIND,
        "parcel": _light(parcel),
        "light": light,
        "map_wanted": map_wanted,
        "map": {
            "center": list(city.center),
            "zoom": city.zoom,
            "bounds": [[south, west], [north, east]],
            "place": dict(place) if place else None,
        },
        "urls": addresses(),
        "texts": {key: text for key, text in script_texts().items() if key not in SITE_SENTENCES},
    }


def _light(parcel: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if parcel is None else {name: parcel[name] for name in ("code", "centroid", "bbox")}


def addresses() -> dict[str, str]:
    """What scripts ask, and where pages are; CODE stands for a parcel's code."""
    api = "/api/v1"
    return {
        "at": f"{api}/parcels/at",
        "search": f"{api}/parcels/search",
        "layers": f"{api}/layers",
        "parcel": f"{api}/parcels/{CODE_SLOT}",
        "part": reverse("parcel_part", args=[CODE_SLOT, 0]),
        "panel": reverse("parcel_panel", args=[CODE_SLOT]),
        "page": reverse("parcel", args=[CODE_SLOT]),
        "home": reverse("home"),
        "search_page": reverse("search"),
        "leaflet": static("leaflet/leaflet.js"),
        "leaflet_css": static("leaflet/leaflet.css"),
    }


def minimap_data(parcel: ParcelFacts | None) -> dict[str, Any] | None:
    """The JSON block of a small map that shows one parcel."""
    return None if parcel is None else small_map(parcel.geometry, parcel.bbox)


def small_map(geometry: Mapping[str, Any], bbox: Sequence[float]) -> dict[str, Any]:
    """The JSON block of a small map that shows one shape (GeoJSON, WGS 84)."""
    return {
        "language": get_language(),
        "geometry": geometry,
        "bbox": list(bbox),
        "layers": "/api/v1/layers",
        "texts": script_texts(),
    }
