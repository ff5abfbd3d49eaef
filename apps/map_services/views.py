"""Tiles over HTTP: a hot path, so nothing here but reading one row and writing headers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.common.packing import unpacked
from apps.map_services.tiles import tile
from gis_layers.postgis_tiles import TileId

_TYPE = "application/vnd.mapbox-vector-tile"
_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def tile_view(request: HttpRequest, layer: str, key: str, z: int, x: int, y: int) -> HttpResponse:
    """One vector tile. The address names an immutable state, so it is also the ETag."""
    etag = f'"{layer}-{key}-{z}-{x}-{y}"'
    if request.headers.get("If-None-Match") == etag:
        return _lasting(HttpResponse(status=304), etag)
    answer = tile(TileId(layer, key, z, x, y))
    zipped = bool(answer.body) and "gzip" in request.headers.get("Accept-Encoding", "")
    body = answer.body if zipped or not answer.body else unpacked(answer.body)
    response = HttpResponse(body, content_type=_TYPE)
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    if not answer.lasting:
        response["Cache-Control"] = "no-store"
        return response
    return _lasting(response, etag)


def _lasting(response: HttpResponse, etag: str) -> HttpResponse:
    response["Cache-Control"] = _FOR_EVER
    response["ETag"] = etag
    return response
