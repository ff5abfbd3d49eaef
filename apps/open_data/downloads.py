"""Downloads and metadata over HTTP: files of editions and rulebooks, the catalogue. Drafts are not there."""

import hashlib
from collections.abc import Callable

import orjson
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from apps.common.clock import today
from apps.legal.selectors import law_version
from apps.open_data.answering import base_url
from apps.open_data.catalog import catalog
from apps.open_data.editions import edition_facts
from apps.open_data.iso import record
from apps.open_data.links import GPKG
from apps.open_data.packages import package_of
from apps.open_data.rulebooks import rulebook_table, rulebook_workbook
from gis_layers.postgis_ogc_state import state

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CACHE = "public, max-age=60"


@require_safe
def catalog_jsonld(request: HttpRequest) -> HttpResponseBase:
    """GET /open/catalog.jsonld"""
    return _known(request, lambda: _plain(orjson.dumps(catalog(site_of(request))), "application/ld+json"))


@require_safe
def catalog_turtle(request: HttpRequest) -> HttpResponseBase:
    """GET /open/catalog.ttl: the same triples."""
    return _known(request, lambda: _plain(_turtle(site_of(request)), "text/turtle; charset=utf-8"))


@require_safe
def edition_package(request: HttpRequest, code: str) -> HttpResponseBase:
    """GET /open/editions/<instrument>.gpkg"""

    def made() -> HttpResponseBase:
        law = law_version()
        facts = edition_facts(code, on=today())
        path = package_of(facts, law=law, day=today().isoformat(), base=site_of(request))
        return FileResponse(path.open("rb"), content_type=GPKG, as_attachment=True, filename=f"{code}.gpkg")

    return _known(request, made)


@require_safe
def edition_record(request: HttpRequest, code: str) -> HttpResponseBase:
    """GET /open/editions/<instrument>.xml"""

    def made() -> HttpResponseBase:
        text = record(edition_facts(code, on=today()), base=site_of(request))
        return _plain(text.encode(), "application/xml; charset=utf-8")

    return _known(request, made)


@require_safe
def rulebook_sheet(request: HttpRequest, code: str) -> HttpResponseBase:
    """GET /open/rulebooks/<instrument>.xlsx: the rows, and a sheet of the acts."""
    return _known(request, lambda: _file(rulebook_workbook(code), _SHEET, f"{code}.xlsx"))


@require_safe
def rulebook_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    """GET /open/rulebooks/<instrument>.csv: the rows."""
    return _known(request, lambda: _file(rulebook_table(code), "text/csv; charset=utf-8", f"{code}.csv"))


def site_of(request: HttpRequest) -> str:
    """The address of this site without a slash at its end."""
    return base_url(request).removesuffix("/ogc")


def _known(request: HttpRequest, made: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer, or 304 when the caller has it already: tagged by the state of the data and the day."""
    text = f"{state()}|{today().isoformat()}|{request.build_absolute_uri()}"
    tag = f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(status=304) if request.headers.get("If-None-Match") == tag else made()
    response["ETag"], response["Cache-Control"] = tag, _CACHE
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _plain(body: bytes, kind: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind)


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = _plain(body, kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _turtle(base: str) -> bytes:
    from rdflib import Graph

    graph = Graph().parse(data=orjson.dumps(catalog(base)), format="json-ld")
    return bytes(graph.serialize(format="turtle", encoding="utf-8"))
