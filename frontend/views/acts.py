"""The public acts: what happened, newest first, and one act with the place where it works."""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.common.clock import today
from apps.notices.act_entries import ActEntry
from apps.notices.act_places import shape_of
from apps.notices.acts import act_by_id, acts_page
from frontend.texts import script_texts
from gis_layers.models import Theme


@require_safe
def act_list(request: HttpRequest) -> HttpResponse:
    """A page of the list; `?theme=`, `?instrument=`, `?after=`. Raises BadInputError for an unreadable `after`."""
    asked = {name: request.GET.get(name, "").strip()[:120] for name in ("theme", "instrument", "after")}
    found = acts_page(theme=asked["theme"], instrument=asked["instrument"], after=asked["after"])
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    context = {
        "page": found,
        "asked": asked,
        "themes": Theme.objects.only("code", "label_fa", "label_en"),
        "next_query": urlencode({**kept, "after": found.next}),
        "feed_query": f"?{urlencode(kept)}" if kept else "",
    }
    return render(request, "frontend/acts.html", context)


@require_safe
def act_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One act. Raises NotFoundError."""
    entry = act_by_id(pk)
    context = {
        "entry": entry,
        "page_data": _map_of(entry),
        "lifted": act_by_id(entry.lifts) if entry.lifts else None,
    }
    return render(request, "frontend/act.html", context)


def _map_of(entry: ActEntry) -> dict[str, Any] | None:
    """The JSON block of the small map that shows where the act works."""
    shape = shape_of(entry.act)
    if shape is None or entry.place.bbox is None:
        return None
    day = min(entry.effective_on, today())
    return {
        "language": get_language(),
        "geometry": json.loads(shape.json),
        "bbox": list(entry.place.bbox),
        "layers": f"/api/v1/layers?on={day.isoformat()}",
        "texts": script_texts(),
    }
