"""One mapping from what went wrong to what the caller sees: JSON for machines, a page for people.

Pages are drawn from the template errors/error.html with: `status`, `code`, `message` (in the reader's
language), `message_fa`, `message_en`, `details`, `language`. When that template cannot be drawn (a
database that is away must not break the page that says so), a plain page without any dependency is sent.
"""

import html
import sys

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import Error as DatabaseLayerError
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.translation import get_language_from_path
from kombu.exceptions import OperationalError as BrokerError
from psycopg_pool import PoolTimeout

from apps.common.cache import AWAY
from apps.common.errors import (
    BadInputError,
    ForbiddenError,
    NotFoundError,
    ParvanehError,
    TooLargeError,
    UnavailableError,
)
from apps.common.text import Text

RETRY_AFTER = 5
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
DATABASE_LOST = (OperationalError, InterfaceError)
# Everything as_error() knows; anything else is a fault that nobody foresaw, and is logged with its trace.
FORESEEN = (
    ParvanehError,
    *DATABASE_LOST,
    PoolTimeout,
    *AWAY,
    BrokerError,
    Http404,
    PermissionDenied,
    *UNREADABLE,
)
_JSON_PATHS = ("/api/", "/tiles/", "/healthz", "/readyz")
_STATUS_ERROR = 500


def as_error(exc: BaseException | None) -> ParvanehError | None:
    """`exc` as one of our errors; None when it is a fault that nobody foresaw."""
    if isinstance(exc, ParvanehError):
        return exc
    if isinstance(exc, (*DATABASE_LOST, PoolTimeout)):
        return _away(fa="پایگاه داده", en="The database", part="database")
    if isinstance(exc, (*AWAY, BrokerError)):
        return _away(fa="صف کارها", en="The task queue", part="redis")
    if isinstance(exc, RequestDataTooBig):
        return too_large()
    return _of_django(exc)


def too_large() -> TooLargeError:
    """The request does not fit settings.MAX_REQUEST_BYTES."""
    limit = settings.MAX_REQUEST_BYTES // 1024
    return TooLargeError(
        fa=f"درخواست بزرگ‌تر از {limit} کیلوبایت است. آن را کوچک‌تر کنید.",
        en=f"The request is larger than {limit} KB. Make it smaller.",
        limit_bytes=settings.MAX_REQUEST_BYTES,
    )


def _of_django(exc: BaseException | None) -> ParvanehError | None:
    if isinstance(exc, Http404):
        return no_such_page()
    if isinstance(exc, PermissionDenied):
        return forbidden()
    if isinstance(exc, UNREADABLE):
        return unreadable()
    return None


def no_such_page() -> NotFoundError:
    """Nothing stands at that address."""
    return NotFoundError(
        fa="چنین صفحه‌ای نیست. نشانی را بررسی کنید یا از نقشه آغاز کنید.",
        en="There is no such page. Check the address, or start from the map.",
    )


def forbidden() -> ForbiddenError:
    """The reader lacks the right."""
    return ForbiddenError(
        fa="شما اجازهٔ این کار را ندارید. اگر باید داشته باشید، با اداره تماس بگیرید.",
        en="You may not do this. If you should be able to, contact the office.",
    )


def unreadable() -> BadInputError:
    """A request that no form of ours can have sent (wrong host, broken form data, a NUL in the address)."""
    return BadInputError(
        fa="این درخواست خوانا نیست. به صفحهٔ پیش برگردید و دوباره تلاش کنید.",
        en="This request cannot be read. Go back and try again.",
    )


def _away(*, fa: str, en: str, part: str) -> UnavailableError:
    return UnavailableError(
        fa=f"{fa} اکنون در دسترس نیست. چیزی از دست نرفته است؛ چند لحظهٔ دیگر دوباره تلاش کنید.",
        en=f"{en} cannot be reached now. Nothing was lost; try again in a moment.",
        part=part,
        retry_after=RETRY_AFTER,
    )


def unforeseen() -> ParvanehError:
    """What is shown for a fault of ours; the cause stands in the log only."""
    return ParvanehError(
        fa="خطایی در سامانه رخ داد و ثبت شد. دوباره تلاش کنید؛ اگر ماند، با پشتیبانی تماس بگیرید.",
        en="Something failed on our side and was recorded. Try again; if it stays, contact support.",
    )


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
    }
    # A server-side fault is drawn without the request: its context (the signed-in person) may be what is away.
    try:
        return render_to_string("errors/error.html", context, None if error.status >= _STATUS_ERROR else request)
    except (TemplateDoesNotExist, TemplateSyntaxError, NoReverseMatch, DatabaseLayerError, *AWAY):
        return _plain_page(error.status, error.message)


def _plain_page(status: int, message: Text) -> str:
    return (
        f'<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{status}</title>'
        f'<meta name="viewport" content="width=device-width"></head><body><main><h1>{status}</h1>'
        f'<p>{html.escape(message.fa)}</p><p lang="en" dir="ltr">{html.escape(message.en)}</p>'
        '<p><a href="/">پروانه · Parvaneh</a></p></main></body></html>'
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
