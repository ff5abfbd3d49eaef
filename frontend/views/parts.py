"""The part of a parcel that lies in a zone, to be lit on the map. For the eye only: shares come from the extract."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.extracts.services import part
from frontend.asking import read_ask


@require_safe
def parcel_part(request: HttpRequest, code: str, feature: int) -> HttpResponse:
    """{"geometry": GeoJSON, WGS 84}. Raises NotFoundError when the zone does not lie on the parcel."""
    ask = read_ask(request)
    geometry = part(parcel=code, feature=feature, on=ask.on, known_at=ask.known_at)
    return HttpResponse(f'{{"geometry": {geometry}}}', content_type="application/json")
