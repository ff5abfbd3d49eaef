"""How this face answers: errors as the standard wants them, tags, JSON, and our own address."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.common.clock import today
from apps.common.errors import ParvanehError
from apps.open_data import documents
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


def base_url(request: HttpRequest) -> str:
    """The landing page without its last slash: under PUBLIC_URL where it is set, else as the caller named us."""
    here = reverse("open_data:landing").rstrip("/")
    return f"{settings.PUBLIC_URL}{here}" if settings.PUBLIC_URL else request.build_absolute_uri(here)


def as_json(body: dict[str, Any], kind: str = documents.JSON, *, status: int = 200) -> HttpResponse:
    """A JSON answer."""
    return HttpResponse(orjson.dumps(body), content_type=kind, status=status)


def _refusal(error: ParvanehError) -> HttpResponse:
    code = {400: "InvalidParameterValue", 404: "NotFound"}.get(error.status, "NoApplicableCode")
    body = {"code": code, "description": error.message.en, "description_fa": error.message.fa}
    response = as_json({**body, "details": error.details}, status=error.status)
    response["Cache-Control"] = "no-store"
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Pages of other sites may read what is public."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Content-Crs, ETag, Link"
    response["Vary"] = "Accept-Language"
    return response


def _tag(request: HttpRequest, now_state: str, layer: str) -> str:
    more = districts_state() if layer == "districts" else ""
    language = request.headers.get("Accept-Language", "")
    text = "|".join((now_state, more, today().isoformat(), language, request.build_absolute_uri()))
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
