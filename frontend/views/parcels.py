"""The extract of a parcel as a part of the map page and as a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from frontend.asking import read_ask
from frontend.parcel_page import parcel_context


@require_safe
@ensure_csrf_cookie
def parcel_page(request: HttpRequest, code: str) -> HttpResponse:
    """The whole extract as text: needs no script, can be printed. Raises NotFoundError with suggestions."""
    return render(request, "frontend/parcel_page.html", parcel_context(code=code, ask=read_ask(request)))


@require_safe
@ensure_csrf_cookie
def parcel_panel(request: HttpRequest, code: str) -> HttpResponse:
    """The same extract without the page around it, for the map's panel."""
    context = parcel_context(code=code, ask=read_ask(request))
    return render(request, "frontend/parts/parcel.html", {**context, "on_map": True})
