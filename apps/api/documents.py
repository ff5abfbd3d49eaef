"""An extract as a PDF, the parcel's geometry for other programs, and the published schema."""

from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from ninja import Query, Router

from apps.api.params import known_instant, legal_day
from apps.api.parcels import REFUSALS, Kind, KnownAt, On
from apps.api.published_schema import FILE, extract_schema_bytes
from apps.cadastre.parcel_code import parse
from apps.common.addresses import client_address
from apps.common.city import current_city
from apps.common.limits import Limit, spend
from apps.common.text import Text
from apps.documents import services
from apps.documents.geometry import GEOJSON, JSON_FG, feature_of
from apps.permits.selectors import permit_kind as known_kind
from apps.permits.selectors import permit_kinds

router = Router(tags=["documents"])
PRINTS = Limit("print-address", 30, 600)
Language = Annotated[
    Literal["fa", "en"] | None, Query(description="Language of the document; default the city's first", examples=["fa"])
]


def answers(media_type: str, shape: dict[str, Any], *others: str) -> dict[str, Any]:
    """What the description says of a 200 that is not plain JSON."""
    content = {name: {"schema": shape} for name in (media_type, *others)}
    return {"responses": {200: {"description": "OK", "content": content}}}


@router.get(
    "/parcels/{code}/extract.pdf",
    response={200: None, **REFUSALS},
    openapi_extra=answers("application/pdf", {"type": "string", "format": "binary"}),
    summary="The extract as a PDF",
)
def pdf(
    request: HttpRequest,
    code: str,
    on: On = None,
    known_at: KnownAt = None,
    permit_kind: Kind = "NEW",
    lang: Language = None,
) -> HttpResponse:
    """Typeset, with map, reasons, what is not known, and the JSON attached inside. Making one costs a second or two:
    an address may have 30 made in ten minutes; one that was made before costs nothing.
    """
    kind, language = known_kind(permit_kind), lang or current_city().languages[0]
    ready = services.prepare(
        parcel=code,
        page=_page(request, code, language),
        kind_label=_kind_label(kind.value),
        permit_kind=kind.value,
        language=language,
        on=legal_day(on),
        known_at=known_instant(known_at),
    )
    document = ready.held()
    if document is None:
        spend(request, limit=PRINTS, key=client_address(request))
        document = ready.print()
    headers = {
        "ETag": f'"{ready.key}"',
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{ready.file_name}"',
        "X-Extract-Digest": ready.digest,
    }
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@router.get(
    "/parcels/{code}/geometry",
    response={200: None, **REFUSALS},
    openapi_extra=answers(GEOJSON, {"type": "object"}, JSON_FG),
    summary="The parcel's shape as a feature",
)
def geometry(
    request: HttpRequest,
    code: str,
    on: On = None,
    known_at: KnownAt = None,
    crs: Annotated[
        Literal["wgs84", "city"], Query(description="wgs84: GeoJSON (RFC 7946); city: JSON-FG with the city's CRS")
    ] = "wgs84",
) -> HttpResponse:
    """GeoJSON Feature in WGS 84. `crs=city` adds the coordinates as they are stored, by OGC JSON-FG (`place`)."""
    here = request.build_absolute_uri(request.path)
    day, moment = legal_day(on), known_instant(known_at)
    made = feature_of(code=code, on=day, known_at=moment, in_city=crs == "city", address=here)
    return HttpResponse(made.body, content_type=made.media_type)


@router.get(
    f"/schemas/{FILE}",
    response={200: None},
    openapi_extra=answers("application/schema+json", {"type": "object"}),
    summary="JSON Schema of the extract",
)
def schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema (2020-12) of `parvaneh-extract/1`, strict: what it does not name is not in an extract."""
    return HttpResponse(extract_schema_bytes(), content_type="application/schema+json")


def _page(request: HttpRequest, code: str, language: str) -> str:
    with translation.override(language):
        path = reverse("parcel", args=[str(parse(code))])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _kind_label(code: str) -> Text:
    return next(kind.label for kind in permit_kinds() if kind.code == code)
