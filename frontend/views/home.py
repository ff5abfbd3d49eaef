"""The citizen's map."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from apps.common.clock import today
from apps.common.errors import BadInputError, NotFoundError
from frontend.asking import Ask, read_ask, read_place
from frontend.light import is_light
from frontend.map_page import map_data
from frontend.parcel_page import parcel_context

VIEW_NAMES = ("lat", "lon", "z", "parcel", "on", "kind")  # what the script keeps in forms of the map


@require_safe
@ensure_csrf_cookie
def home(request: HttpRequest) -> HttpResponse:
    """The map; with `?parcel=` its panel is already in the page, so that the link works without scripts."""
    ask = read_ask(request)
    context: dict[str, Any] = {"ask": ask, "on_map": True, "today": today(), "view_names": VIEW_NAMES}
    context["other_time"] = ask.known_at is not None or ask.on != context["today"]
    context |= _chosen(request, ask)
    context["map_wanted"] = request.GET.get("map") == "1"
    context["page_data"] = map_data(
        ask=ask,
        place=read_place(request),
        parcel=context.get("parcel"),
        light=is_light(request),
        map_wanted=context["map_wanted"],
    )
    return render(request, "frontend/home.html", context)


def _chosen(request: HttpRequest, ask: Ask) -> dict[str, Any]:
    code = request.GET.get("parcel", "").strip()
    if not code:
        return {}
    try:
        return parcel_context(code=code, ask=ask)
    except (NotFoundError, BadInputError) as error:
        return {"missing": error}
