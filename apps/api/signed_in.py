"""Who asks: the session of the pages; and that they saw a case is written down.

Office roles count here as on the pages: only with the second factor in the session. `apps.parties.office_gate` sees to
that for both; without it a case that only a role would show is refused with 403 that says so.
"""

from typing import Any

from django.http import HttpRequest
from ninja.security import SessionAuth

from apps.cases import access_log
from apps.cases.models import Case
from apps.common.addresses import UNIX_SOCKET, client_address
from apps.permits.services import sign_in_required


class SignedIn(SessionAuth):
    """The session of the pages. Who is not signed in learns that (401) before anything about forms (403)."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """The person. Raises SignInRequiredError."""
        if not request.user.is_authenticated:
            raise sign_in_required()
        return super().__call__(request)


def seen(request: HttpRequest, case: Case) -> None:
    """Write down that whoever sent this request saw the case. Every operation that shows one calls it."""
    address = client_address(request)
    known = None if address == UNIX_SOCKET else address
    access_log.record(case=case, person=request.user, what=access_log.VIEW, address=known)
