"""OGC API – Features over HTTP: reads, never writes. What is refused is said as the standard wants it."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from pygeoapi import api as core
from pygeoapi.api import API, itemtypes

from apps.common.clock import today
from apps.common.errors import NotFoundError, ParvanehError
from apps.open_data import documents
from apps.open_data.collections import Collection
from apps.open_data.engine import engine, request_for
from apps.open_data.openapi import openapi
from apps.open_data.questions import COMMON, asking, check_names, read_item, read_items
from apps.open_data.stages import first_day
from gis_layers.postgis_ogc_state import state
from gis_layers.postgis_tiles_views import districts_state

_CACHE = "public, max-age=60"
View = Callable[..., HttpResponse]


def answered(view: View) -> View:
    """Errors as JSON with the standard's `code` and `description`; a tag made of the data's state and of the day."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **names: str) -> HttpResponse:
        try:
            now_state = state()
            tag = _tag(request, now_state, names.get("layer", ""))
            if request.headers.get("If-None-Match") == tag:
                response = HttpResponse(status=304)
            else:
                response = view(request, now_state, **names)
        except ParvanehError as error:
            return _open(_refusal(error))
        if response.status_code < 400:  # noqa: PLR2004
            response["ETag"] = tag
            response["Cache-Control"] = _CACHE
        return _open(response)

    return answer


@answered
def landing_page(request: HttpRequest, now_state: str) -> HttpResponse:
    """GET /ogc/"""
    check_names(request.GET, COMMON)
    base = base_url(request)
    api, _ = engine(base, now_state)
    headers, _, document = _call(core.landing_page, api, request)
    site = base.removesuffix(reverse("open_data:landing").rstrip("/"))
    catalog, page = f"{site}{reverse('open_files:catalog')}", f"{site}{reverse('open_page')}"
    return _in_its_language(_json(documents.landing(document, base, catalog, page)), headers)


@answered
def api_document(request: HttpRequest, now_state: str) -> HttpResponse:
    """GET /ogc/api"""
    check_names(request.GET, COMMON)
    base = base_url(request)
    _, known = engine(base, now_state)
    return _json(openapi(base, known), documents.OPENAPI)


@answered
def conformance(request: HttpRequest, _state: str) -> HttpResponse:
    """GET /ogc/conformance"""
    check_names(request.GET, COMMON)
    return _json(documents.conformance())


@answered
def collection_list(request: HttpRequest, now_state: str) -> HttpResponse:
    """GET /ogc/collections"""
    check_names(request.GET, COMMON)
    base = base_url(request)
    api, known = engine(base, now_state)
    headers, _, document = _call(core.describe_collections, api, request)
    return _in_its_language(_json(documents.all_collections(document, base, known, first_day())), headers)


@answered
def collection(request: HttpRequest, now_state: str, layer: str) -> HttpResponse:
    """GET /ogc/collections/{collectionId}"""
    check_names(request.GET, COMMON)
    base = base_url(request)
    api, known = engine(base, now_state)
    found = _known(known, layer)
    headers, _, document = _call(core.describe_collections, api, request, layer)
    return _in_its_language(_json(documents.one_collection(document, base, found, first_day())), headers)


@answered
def item_list(request: HttpRequest, now_state: str, layer: str) -> HttpResponse:
    """GET /ogc/collections/{collectionId}/items"""
    base = base_url(request)
    api, known = engine(base, now_state)
    found = _known(known, layer)
    with asking(read_items(request.GET, found, now_state)):
        headers, status, document = _call(itemtypes.get_collection_items, api, request, layer)
    if status != 200:  # noqa: PLR2004
        return _json(document, status=status)
    return _geojson(documents.items(document, base, found, request.GET), headers)


@answered
def item(request: HttpRequest, now_state: str, layer: str, code: str) -> HttpResponse:
    """GET /ogc/collections/{collectionId}/items/{featureId}"""
    base = base_url(request)
    api, known = engine(base, now_state)
    found = _known(known, layer)
    with asking(read_item(request.GET, found, now_state)):
        headers, status, document = _call(itemtypes.get_collection_item, api, request, layer, code)
    if status != 200:  # noqa: PLR2004
        return _json(document, status=status)
    return _geojson(documents.item(document, base, found, request.GET), headers)


def base_url(request: HttpRequest) -> str:
    """The landing page without its last slash: under PUBLIC_URL where it is set, else as the caller named us."""
    here = reverse("open_data:landing").rstrip("/")
    return f"{settings.PUBLIC_URL}{here}" if settings.PUBLIC_URL else request.build_absolute_uri(here)


def _known(known: dict[str, Collection], layer: str) -> Collection:
    if layer not in known:
        raise NotFoundError(
            fa=f"مجموعه‌ای به نام «{layer[:60]}» نیست. فهرست: /ogc/collections.",
            en=f"There is no collection “{layer[:60]}”. The list is at /ogc/collections.",
        )
    return known[layer]


def _call(function: Callable[..., Any], api: API, request: HttpRequest, *names: str) -> tuple[Any, int, dict[str, Any]]:
    headers, status, content = function(api, request_for(api, request), *names)
    return headers, int(status), orjson.loads(content)


def _tag(request: HttpRequest, now_state: str, layer: str) -> str:
    more = districts_state() if layer == "districts" else ""
    language = request.headers.get("Accept-Language", "")
    text = "|".join((now_state, more, today().isoformat(), language, request.build_absolute_uri()))
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _geojson(body: dict[str, Any], headers: dict[str, str]) -> HttpResponse:
    response = _json(body, documents.GEOJSON)
    response["Content-Crs"] = headers["Content-Crs"]
    return response


def _in_its_language(response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    response["Content-Language"] = headers["Content-Language"]
    return response


def _json(body: dict[str, Any], kind: str = documents.JSON, *, status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(body), content_type=kind, status=status)


def _refusal(error: ParvanehError) -> HttpResponse:
    code = {400: "InvalidParameterValue", 404: "NotFound"}.get(error.status, "NoApplicableCode")
    body = {"code": code, "description": error.message.en, "description_fa": error.message.fa}
    response = _json({**body, "details": error.details}, status=error.status)
    response["Cache-Control"] = "no-store"
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Pages of other sites may read what is public."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Content-Crs, ETag, Link"
    response["Vary"] = "Accept-Language"
    return response
