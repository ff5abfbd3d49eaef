"""The edge of the site: size, calls per address, the two hot paths, and one mapping of errors to answers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils.module_loading import import_string

from apps.common.addresses import client_address
from apps.common.error_pages import failed, respond
from apps.common.foreseen import FORESEEN, too_large, unreadable, wrong_method
from apps.common.limits import LocalWindow, too_many

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_SAFE = ("GET", "HEAD")
_NOT_ALLOWED = 405
_NO_LIMIT = ("/static/", "/healthz", "/readyz")


class Edges:
    """Second in the chain, right after Django's SecurityMiddleware.

    Hot paths (settings.HOT_PATHS) go from here straight to their view: see docs/decisions/0006-hot-paths.md.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._hot_calls = LocalWindow(amount=settings.CALLS_PER_MINUTE_HOT, seconds=60)
        self._calls = LocalWindow(amount=settings.CALLS_PER_MINUTE, seconds=60)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse, or answer (a hot path without the rest of the chain)."""
        hot = is_hot(request.path_info)
        refusal = self._refusal(request, hot=hot)
        if refusal is not None:
            return refusal
        answer = straight if hot else self.get_response
        response = answer(request)
        if request.method in _SAFE and getattr(response, "connection_lost", False):
            response = _once_more(request, answer, response)
        if not hot:
            response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    def _refusal(self, request: HttpRequest, *, hot: bool) -> HttpResponse | None:
        if _length(request) > _most_bytes(request.path_info):
            return respond(request, too_large())
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return respond(request, unreadable())
        window = self._hot_calls if hot else self._calls
        if not window.amount or request.path_info.startswith(_NO_LIMIT):
            return None
        seconds = window.left_to_wait(client_address(request))
        return respond(request, too_many(seconds=seconds)) if seconds else None


class ErrorPages:
    """Innermost: turns what a view raises or leaves bare into an answer, before Django would call it a fault."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The view's answer; a bare "405" becomes a page that says what to do."""
        response = self.get_response(request)
        return _explained(request, response) if response.status_code == _NOT_ALLOWED else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """None for faults nobody foresaw: those are logged with their trace and end in handler500."""
        return failed(request, exception) if isinstance(exception, FORESEEN) else None


def _explained(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    explained = respond(request, wrong_method())
    if response.has_header("Allow"):
        explained["Allow"] = response["Allow"]
    return explained


def is_hot(path: str) -> bool:
    """Whether `path` starts and ends as one of settings.HOT_PATHS says."""
    return any(path.startswith(start) and path.endswith(end) for start, end in settings.HOT_PATHS)


def straight(request: HttpRequest) -> HttpResponseBase:
    """The view's answer without any further middleware. Unforeseen faults rise to handler500 as usual."""
    try:
        match = resolve(request.path_info)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except FORESEEN as exc:
        response = failed(request, exc)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if isinstance(response, HttpResponse):
        # What CommonMiddleware would do; without it the server sends the body in chunks.
        response.headers.setdefault("Content-Length", str(len(response.content)))
    return response


def _once_more(request: HttpRequest, answer: GetResponse, response: HttpResponseBase) -> HttpResponseBase:
    """Reading is safe to repeat: after the database came back, the first reader must not pay for a dead socket."""
    if not settings.RENEW_CONNECTIONS or not import_string(settings.RENEW_CONNECTIONS)():
        return response
    return answer(request)


def _most_bytes(path: str) -> int:
    """What a request may weigh: more where files are sent (settings.LARGE_REQUESTS), in any language of the address."""
    for code, _ in settings.LANGUAGES:
        path = path.removeprefix(f"/{code}")
    large = (most for start, most in settings.LARGE_REQUESTS if path.startswith(start))
    return max(settings.MAX_REQUEST_BYTES, next(large, 0))


def _length(request: HttpRequest) -> int:
    raw = request.META.get("CONTENT_LENGTH") or "0"
    return int(raw) if raw.isdigit() else 0
