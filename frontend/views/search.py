"""Search without scripts: the same results as the box on the map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.cadastre.selectors import search

LIMIT = 30


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results of `?q=`: parcels lead to their page, places to the map."""
    query = request.GET.get("q", "").strip()
    found = search(query, limit=LIMIT) if query else None
    return render(request, "frontend/search.html", {"query": query, "found": found})
