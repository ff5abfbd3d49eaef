"""One mapping from what went wrong to what the caller sees: JSON for machines, a page for people.

Pages are drawn from the template errors/error.html with: `status`, `code`, `message` (in the reader's
language), `message_fa`, `message_en`, `details`, `language`. When that template cannot be drawn (a
database that is away must not break the page that says so), a plain page without any dependency is sent.
"""

import html
import sys

from django.conf import settings
from django.db import Error as DatabaseLayerError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.translation import get_language_from_path
from psycopg_pool import PoolTimeout

from apps.common.cache import AWAY
from apps.common.errors import ForbiddenError, ParvanehError
from apps.common.foreseen import DATABASE_LOST, as_error, forbidden, no_such_page, unforeseen, unreadable
from apps.common.text import Text

_JSON_PATHS = ("/api/", "/ogc/", "/tiles/", "/healthz", "/readyz")
_STATUS_ERROR = 500


def respond(request: HttpRequest, error: ParvanehError) -> HttpResponse:
    """The response of `error` for this caller. Never cached; 429 and 503 carry Retry-After."""
    if wants_json(request):
        response: HttpResponse = JsonResponse(
            error.as_dict(), status=error.status, json_dumps_params={"ensure_ascii": False}
        )
    else:
        response = HttpResponse(_page(request, error), status=error.status)
    retry_after = error.details.get("retry_after")
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    response["Cache-Control"] = "no-store"
    return response


def wants_json(request: HttpRequest) -> bool:
    """Machines: our API and tiles, and whoever accepts JSON but no HTML."""
    accept = request.META.get("HTTP_ACCEPT", "")
    return request.path.startswith(_JSON_PATHS) or ("json" in accept and "html" not in accept)


def _page(request: HttpRequest, error: ParvanehError) -> str:
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE  # as the site's addresses say
    context = {
        "status": error.status,
        "code": error.code,
        "message": error.message.in_language(language),
        "message_fa": error.message.fa,
        "message_en": error.message.en,
        "details": error.details,
        "language": language,
        "languages": [code for code, _ in settings.LANGUAGES],
        "prefix": "" if language == settings.LANGUAGE_CODE else f"/{language}",
        "default": settings.LANGUAGE_CODE,
    }
    # A server-side fault is drawn without the request: its context (the signed-in person) may be what is away.
    try:
        return render_to_string("errors/error.html", context, None if error.status >= _STATUS_ERROR else request)
    except (TemplateDoesNotExist, TemplateSyntaxError, NoReverseMatch, DatabaseLayerError, *AWAY):
        return _plain_page(error.status, error.message, [code for code, _ in settings.LANGUAGES])


def _plain_page(status: int, message: Text, languages: list[str]) -> str:
    first = languages[0]
    said = {"fa": f'<p lang="fa" dir="rtl">{html.escape(message.fa)}</p>'}
    said["en"] = f'<p lang="en" dir="ltr">{html.escape(message.en)}</p>'
    return (
        f'<!doctype html><html lang="{first}" dir="{"rtl" if first == "fa" else "ltr"}"><head><meta charset="utf-8">'
        f'<title>{status}</title><meta name="viewport" content="width=device-width"></head><body><main>'
        f"<h1>{status}</h1>{''.join(said[code] for code in languages)}"
        f'<p><a href="/">{"پروانه · Parvaneh" if "fa" in languages else "Parvaneh"}</a></p></main></body></html>'
    )


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's hook for unreadable requests."""
    return respond(request, as_error(exception) or unreadable())


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's hook for refused requests."""
    return respond(request, as_error(exception) or forbidden())


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's hook for unknown addresses."""
    return respond(request, as_error(exception) or no_such_page())


def handler500(request: HttpRequest) -> HttpResponse:
    """Django's hook for everything else. Faults inside middlewares (a session store that is away) end here."""
    exc = sys.exc_info()[1]
    return failed(request, exc)


def failed(request: HttpRequest, exc: BaseException | None) -> HttpResponse:
    """The response for `exc`, marked when a lost database connection was the cause (see Edges)."""
    response = respond(request, as_error(exc) or unforeseen())
    if isinstance(exc, DATABASE_LOST) and not isinstance(exc.__cause__, PoolTimeout):
        response.connection_lost = True  # type: ignore[attr-defined]  # read by Edges
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW."""
    error = ForbiddenError(
        fa="این فرم کهنه شده است یا از جای دیگری آمده است. صفحه را تازه کنید و دوباره بفرستید.",
        en="This form is stale or comes from elsewhere. Reload the page and send it again.",
        why=reason,
    )
    return respond(request, error)
