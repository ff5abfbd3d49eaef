"""What was made for a signed-in person lies in no cache, whatever view made it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.parties.models import Person

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PrivateAnswers:
    """Inside Django's authentication. Views that set Cache-Control themselves are left alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; when somebody asked who is signed in, and somebody is, it is theirs alone."""
        response = self.get_response(request)
        if isinstance(getattr(request, "_cached_user", None), Person):  # nobody asked: the same for everybody
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
