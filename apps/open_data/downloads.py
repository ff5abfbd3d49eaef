"""Downloads."""

from django.http import Http404, HttpRequest, HttpResponse


def catalog_jsonld(request: HttpRequest) -> HttpResponse:
    """To come."""
    raise Http404


def catalog_turtle(request: HttpRequest) -> HttpResponse:
    """To come."""
    raise Http404


def edition_package(request: HttpRequest, code: str) -> HttpResponse:
    """To come."""
    raise Http404


edition_record = rulebook_sheet = rulebook_csv = edition_package
