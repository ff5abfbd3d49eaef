"""The light page: less data for slow lines. Asked for by `?light=1`, remembered, or by the browser's Save-Data."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

NAME = "light"
_YEAR_SECONDS = 365 * 24 * 3600
_ANSWERS = {"1": True, "0": False}


def is_light(request: HttpRequest) -> bool:
    """What the address says, else what was said before, else what the browser asks for."""
    for said in (request.GET.get(NAME), request.COOKIES.get(NAME)):
        if said in _ANSWERS:
            return _ANSWERS[said]
    return request.headers.get("Save-Data", "").lower() == "on"


class RememberLight:
    """Keeps the choice of `?light=` in a cookie that says nothing about the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the cookie when the address names a choice."""
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Save-Data"])
        said = request.GET.get(NAME, "")
        if said in _ANSWERS:
            response.set_cookie(
                NAME, said, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure()
            )
        return response
