"""Who asks: the session of the pages."""

from typing import Any

from django.http import HttpRequest
from ninja.security import SessionAuth

from apps.permits.services import sign_in_required


class SignedIn(SessionAuth):
    """The session of the pages. Who is not signed in learns that (401) before anything about forms (403)."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """The person. Raises SignInRequiredError."""
        if not request.user.is_authenticated:
            raise sign_in_required()
        return super().__call__(request)
