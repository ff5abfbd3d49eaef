"""OGC API – Features over HTTP: reads, never writes. What is refused is said as the standard wants it."""

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from pygeoapi import api as core
from pygeoapi.api import API, itemtypes

from apps.common.errors import NotFoundError
from apps.open_data import documents
from apps.open_data.answering import answered, as_json, base_url
from apps.open_data.collections import Collection
from apps.open_data.engine import engine, request_for
from apps.open_data.openapi import openapi
from apps.open_data.questions import COMMON, asking, check_names, read_item, read_items
from apps.open_data.stages import first_day


@answered
def landing_page(request: HttpRequest, now_state: str) -> HttpResponse:
    """GET /ogc/"""
    check_names(request.GET, COMMON)
    base = base_url(request)
    api, _ = engine(base, now_state)
    headers, _, document = _call(core.landing_page, api, request)
    site = base.removesuffix(reverse("open_data:landing").rstrip("/"))
    catalog, page = f"{site}{reverse('open_files:catalog')}", f"{site}{reverse('open_page')}"
    return _in_its_language(as_json(documents.landing(document, base, catalog, page)), headers)


@answered
def api_document(request: HttpRequest, now_state: str) -> HttpResponse:
    """GET /ogc/api"""
    check_names(request.GET, COMMON)
    base = base_url(request)
    _, known = engine(base, now_state)
    return as_json(openapi(base, known), documents.OPENAPI)


@answered
def conformance(request: HttpRequest, _state: str) -> HttpResponse:
    """GET /ogc/conformance"""
    check_names(request.GET, COMMON)
    return as_json(documents.conformance())


@answered
def collection_list(request: HttpRequest, now_state: str) -> HttpResponse:
    """GET /ogc/collections"""
    check_names(request.GET, COMMON)
    base = base_url(request)
    api, known = engine(base, now_state)
    headers, _, document = _call(core.describe_collections, api, request)
    return _in_its_language(as_json(documents.all_collections(document, base, known, first_day())), headers)


@answered
def collection(request: HttpRequest, now_state: str, layer: str) -> HttpResponse:
    """GET /ogc/collections/{collectionId}"""
    check_names(request.GET, COMMON)
    base = base_url(request)
    api, known = engine(base, now_state)
    found = _known(known, layer)
    headers, _, document = _call(core.describe_collections, api, request, layer)
    return _in_its_language(as_json(documents.one_collection(document, base, found, first_day())), headers)


@answered
def item_list(request: HttpRequest, now_state: str, layer: str) -> HttpResponse:
    """GET /ogc/collections/{collectionId}/items"""
    base = base_url(request)
    api, known = engine(base, now_state)
    found = _known(known, layer)
    with asking(read_items(request.GET, found, now_state)):
        headers, status, document = _call(itemtypes.get_collection_items, api, request, layer)
    if status != 200:  # noqa: PLR2004
        return as_json(document, status=status)
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
        return as_json(document, status=status)
    return _geojson(documents.item(document, base, found, request.GET), headers)


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


def _geojson(body: dict[str, Any], headers: dict[str, str]) -> HttpResponse:
    response = as_json(body, documents.GEOJSON)
    response["Content-Crs"] = headers["Content-Crs"]
    return response


def _in_its_language(response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    response["Content-Language"] = headers["Content-Language"]
    return response
