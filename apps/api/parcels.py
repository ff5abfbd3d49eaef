"""Parcels: at a point, by search, by code, and their extract."""

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from apps.api.extract_schema import ExtractOut
from apps.api.params import known_instant, legal_day
from apps.api.schemas import ErrorBody, Lat, Lon, ParcelAtOut, ParcelOut, SearchOut
from apps.cadastre import selectors
from apps.cadastre.parcel_code import parse
from apps.extracts.services import compose, part
from apps.permits.selectors import permit_kind as known_kind

router = Router(tags=["parcels"])
On = Annotated[
    str | None,
    Query(description="Legal day: 1404-09-01 (Jalali) or 2025-11-22; default today", examples=["1404-09-01"]),
]
KnownAt = Annotated[
    str | None,
    Query(description="As recorded by this instant, with offset; default now", examples=["2025-11-22T05:00:00Z"]),
]
Kind = Annotated[str, Query(description="A permit kind of /api/v1/permit-kinds", examples=["NEW"])]
REFUSALS = {400: ErrorBody, 404: ErrorBody, 429: ErrorBody, 503: ErrorBody}


@router.get("/at", response={200: ParcelAtOut, **REFUSALS}, summary="The parcel at a point")
def at(
    request: HttpRequest, lon: Query[Lon], lat: Query[Lat], on: On = None, known_at: KnownAt = None
) -> dict[str, Any]:
    """Deterministic on a shared border. No parcel there: 404 `no_parcel_here` with the nearest one."""
    found = selectors.parcel_at(lon=lon, lat=lat, on=legal_day(on), known_at=known_instant(known_at))
    return asdict(found)


@router.get("/search", response={200: SearchOut, **REFUSALS}, summary="Find a parcel or a place")
def search(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=2000, description="Code, plate, street, place, coordinates or a map link")],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    on: On = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """Persian and Arabic letters and digits are alike. Nothing found: `suggestions` say what comes near."""
    return asdict(selectors.search(q, limit=limit, on=legal_day(on), known_at=known_instant(known_at)))


@router.get("/{code}", response={200: ParcelOut, **REFUSALS}, summary="One parcel")
def parcel(request: HttpRequest, code: str, on: On = None, known_at: KnownAt = None) -> dict[str, Any]:
    """By its code, in any digits (a renovation code with or without trailing zeros). Unknown: 404 with suggestions."""
    return asdict(selectors.parcel_by_code(code, on=legal_day(on), known_at=known_instant(known_at)))


@router.get(
    "/{code}/extract",
    response={200: ExtractOut, 304: None, **REFUSALS},
    summary="The rules of a parcel, with their reasons",
    by_alias=True,
)
def extract(
    request: HttpRequest,
    code: str,
    on: On = None,
    known_at: KnownAt = None,
    permit_kind: Kind = "NEW",
) -> HttpResponse:
    """The canonical JSON of the extract, byte for byte; its digest is the ETag."""
    found = compose(
        parcel=str(parse(code)),
        on=legal_day(on),
        known_at=known_instant(known_at),
        permit_kind=known_kind(permit_kind).value,
    )
    tag = f'"{found.digest}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.META.get("HTTP_IF_NONE_MATCH") == tag:
        return HttpResponse(status=304, headers=headers)
    if found.zipped is not None and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        return HttpResponse(
            found.zipped, content_type="application/json", headers={**headers, "Content-Encoding": "gzip"}
        )
    return HttpResponse(found.body, content_type="application/json", headers=headers)


@router.get(
    "/{code}/parts",
    response={200: dict[str, Any], **REFUSALS},
    summary="The part of a parcel that a zone holds",
)
def parts(
    request: HttpRequest,
    code: str,
    feature: Annotated[int, Query(description="`zone.feature` of the extract", ge=1, le=2**62)],
    on: On = None,
    known_at: KnownAt = None,
) -> HttpResponse:
    """GeoJSON geometry in WGS84 (RFC 7946). Not on this parcel: 404."""
    geometry = part(parcel=code, feature=feature, on=legal_day(on), known_at=known_instant(known_at))
    return HttpResponse(geometry, content_type="application/geo+json")
