"""Search without scripts: the same results as the box on the map."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.cadastre.parcel_code import RenovationScheme, scheme
from apps.cadastre.selectors import search
from apps.common.city import current_city
from frontend.asking import read_ask
from frontend.wording import digits, say

LIMIT = 30


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results of `?q=` on a day: parcels lead to their page, places to the parcels around them and to the map."""
    ask = read_ask(request)
    query = request.GET.get("q", "").strip()
    found = search(query, limit=LIMIT, on=ask.on, known_at=ask.known_at) if query else None
    more = found is not None and len(found.results) >= LIMIT
    return render(
        request,
        "frontend/search.html",
        {"query": query, "found": found, "more": more, "examples": _examples(), "ask": ask},
    )


def _examples() -> dict[str, Any]:
    lon, lat = current_city().center
    return {
        "code": digits(say(scheme().example)),
        "plate": digits("5/15185/23") if isinstance(scheme(), RenovationScheme) else "",
        "coordinates": digits(f"{lat:.4f}, {lon:.4f}"),
    }
