"""The page for people."""

from django.http import Http404, HttpRequest, HttpResponse


def open_page(request: HttpRequest) -> HttpResponse:
    """To come."""
    raise Http404
