"""Where a case stands, for whoever has its number and code: no sign-in, and nothing of anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.cases.public import PublicState
from apps.cases.public_asking import tracked
from apps.common.errors import NotFoundError, ParvanehError, TooManyCallsError

NO_INDEX = "noindex, nofollow, noarchive"


@require_safe
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """The form, and with `?number=` and `?code=` the answer."""
    return _answered(request, request.GET.get("number", ""), request.GET.get("code", ""))


@require_safe
@never_cache
def short(request: HttpRequest, tracking: str, key: str) -> HttpResponse:
    """The short address of a receipt's picture: the same answer."""
    return _answered(request, tracking, key)


def _answered(request: HttpRequest, number: str, code: str) -> HttpResponse:
    found: PublicState | None = None
    error: ParvanehError | None = None
    if number.strip() or code.strip():
        try:
            found = tracked(request, number=number, code=code)
        except (NotFoundError, TooManyCallsError) as refused:
            error = refused
    context = {"found": found, "error": error, "number": number.strip()[:30]}
    response = render(request, "frontend/track.html", context, status=error.status if error else 200)
    response["X-Robots-Tag"] = NO_INDEX
    response["Referrer-Policy"] = "no-referrer"
    if isinstance(error, TooManyCallsError):
        response["Retry-After"] = str(error.details["retry_after"])
    return response
