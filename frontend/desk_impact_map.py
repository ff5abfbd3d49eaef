"""What the map of touched parcels needs: the city's frame, where the points are, names of the colours."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.common.city import current_city
from apps.impact.models import ImpactReport
from apps.impact.words import COURSES
from frontend.wording import say

MAP_LIMIT = 20_000
"""Points drawn at most: about 600 kB, which a phone still draws."""


def map_data(report: ImpactReport) -> dict[str, Any]:
    """The JSON block of the report's map."""
    city = current_city()
    west, south, east, north = city.bounds
    return {
        "language": get_language(),
        "center": list(city.center),
        "zoom": city.zoom,
        "bounds": [[south, west], [north, east]],
        "layers": "/api/v1/layers",
        "points": reverse("desk_impact_points", args=[report.pk]),
        "parcel": reverse("parcel", args=["CODE"]),
        "courses": {course: say(text) for course, text in COURSES.items()},
        "texts": {
            "all_drawn": _("{n} parcels are touched."),
            "some_drawn": _("{total} parcels are touched; {n} of them, evenly chosen, are drawn."),
            "failed": _("The answer did not come. Check your connection and try again."),
        },
    }
