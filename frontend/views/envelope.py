"""The envelope for the map and the turnable view: shapes in degrees and in metres near the lot, in one answer."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from apps.envelope.services import envelope
from frontend.asking import read_ask


@require_safe
def parcel_envelope(request: HttpRequest, code: str) -> JsonResponse:
    """{"collection": GeoJSON with the summary, "scene": shapes in metres or null}. Raises NotFoundError."""
    ask = read_ask(request)
    found = envelope(parcel=code, on=ask.on, known_at=ask.known_at, permit_kind=ask.kind)
    return JsonResponse({"collection": found.collection, "scene": found.scene})
