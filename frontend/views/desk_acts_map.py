"""What the scripts of the act pages need: the place of an act in WGS 84, tiles, the calendar, sentences."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.gis.db.models.functions import AsGeoJSON, Transform
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.common.city import current_city
from apps.common.clock import today
from apps.legal.models import ActDraft
from frontend.texts import script_texts
from frontend.views.desk_acts_form import ActForm

_WGS84 = 4326


def draft_map(draft: ActDraft) -> dict[str, Any] | None:
    """The block of a still map of the draft's place; None when the act holds everywhere."""
    place = _place(draft)
    return None if place is None else {**_frame(), "scope": place, "draw": False}


def drawing_map(draft: ActDraft | None, form: ActForm) -> dict[str, Any]:
    """The block of the form: what was drawn already comes back."""
    scope = _drawn(form.data.get("scope", "")) if form.is_bound else None
    if scope is None and draft is not None and not form.is_bound:
        scope = _place(draft)
    return {**_frame(), "scope": scope, "draw": "scope" in form.fields}


def building_map(*, drawn: str, places: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The block of a map on which a building is drawn; `places` (label, code, GeoJSON geometry) are only shown."""
    return {**_frame(), "scope": _drawn(drawn), "draw": True, "places": list(places)}


def _drawn(text: str) -> Any:
    """What a form brought back; None for what is no JSON, or nested without end."""
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _place(draft: ActDraft) -> dict[str, Any] | None:
    as_json = AsGeoJSON(Transform("scope", _WGS84), precision=8)
    found = ActDraft.objects.filter(pk=draft.pk, scope__isnull=False).values_list(as_json, flat=True).first()
    return json.loads(found) if found else None


def _frame() -> dict[str, Any]:
    city = current_city()
    west, south, east, north = city.bounds
    return {
        "language": get_language(),
        "calendar": city.calendar,
        "today": today().isoformat(),
        "bounds": [[south, west], [north, east]],
        "layers": "/api/v1/layers",
        "texts": {**script_texts(), "drawn_area": _("Drawn: about {area} m²"), "nothing_drawn": _("Nothing is drawn.")},
    }
