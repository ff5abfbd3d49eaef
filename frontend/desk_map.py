"""What the maps of the desk need to start: the city's frame, where the layers are told, what to draw."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.common.city import current_city


def desk_map_data(*, shape: str = "", places: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The JSON block of a map for drawing. `shape`: GeoJSON text drawn before; `places`: label, code, geometry."""
    city = current_city()
    west, south, east, north = city.bounds
    return {
        "language": get_language(),
        "center": list(city.center),
        "zoom": city.zoom,
        "bounds": [[south, west], [north, east]],
        "layers": "/api/v1/layers",
        "shape": shape,
        "places": list(places),
        "texts": {
            "draw_polygon": _("Draw an area"),
            "edit_shape": _("Move its corners"),
            "remove_shape": _("Remove an area"),
            "draw_hint": _("Press on the map for each corner; press the first one again to close the area."),
            "drawn_area": _("{m2} m² drawn, {n} areas"),
            "failed": _("The answer did not come. Check your connection and try again."),
        },
    }
