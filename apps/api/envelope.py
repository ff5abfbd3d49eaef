"""The buildable envelope of a parcel as GeoJSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from apps.api.params import known_instant, legal_day
from apps.api.parcels import REFUSALS, Kind, KnownAt, On
from apps.envelope.services import envelope
from apps.permits.selectors import permit_kind as known_kind

router = Router(tags=["parcels"])


@router.get(
    "/{code}/envelope",
    response={200: dict[str, Any], 304: None, **REFUSALS},
    summary="What may be built on a parcel: each level's place, height and area",
)
def buildable(
    request: HttpRequest, code: str, on: On = None, known_at: KnownAt = None, permit_kind: Kind = "NEW"
) -> HttpResponse:
    """GeoJSON (RFC 7946, WGS 84). `envelope`: the summary; `crs_of_city`: where it was measured. docs/envelope.md."""
    found = envelope(
        parcel=code,
        on=legal_day(on),
        known_at=known_instant(known_at),
        permit_kind=known_kind(permit_kind).value,
    )
    tag = f'"{found.tag}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.META.get("HTTP_IF_NONE_MATCH") == tag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(found.body, content_type="application/geo+json", headers=headers)
