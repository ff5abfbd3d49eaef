"""Tiles of comparisons. Those with a draft in them are the desk's: checked by role, private, kept nowhere."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.common.packing import unpacked
from apps.map_services.difference_tiles import difference_tile, edition_tile
from frontend.compare_access import difference_for, edition_for, public_difference

_TYPE = "application/vnd.mapbox-vector-tile"
_FOR_EVER = "public, max-age=31536000, immutable"
_OWN = "private, max-age=600"
_NOT_YET = "no-store"  # the address stays the same when the pieces are there


@require_safe
def compare_tile(request: HttpRequest, key: str, z: int, x: int, y: int) -> HttpResponse:
    """Pieces of a difference between editions that all have acts."""
    found = public_difference(key)
    body = difference_tile(key=key, z=z, x=x, y=y)
    return _answer(request, body, _FOR_EVER if found.done else _NOT_YET)


@require_safe
@login_required
def desk_difference_tile(request: HttpRequest, key: str, z: int, x: int, y: int) -> HttpResponse:
    """Pieces of any difference, for people whose role reaches its theme."""
    found = difference_for(request, key)
    body = difference_tile(key=key, z=z, x=x, y=y)
    return _answer(request, body, _OWN if found.done else _NOT_YET)


@require_safe
@login_required
def desk_edition_tile(request: HttpRequest, edition: int, z: int, x: int, y: int) -> HttpResponse:
    """Coverage and features of an edition, law or not, for people whose role reaches its theme."""
    body = edition_tile(edition=edition_for(request, edition), z=z, x=x, y=y)
    return _answer(request, body, _OWN)


def _answer(request: HttpRequest, body: bytes, keeping: str) -> HttpResponse:
    zipped = bool(body) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(body if zipped else unpacked(body), content_type=_TYPE)
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = keeping
    return response
