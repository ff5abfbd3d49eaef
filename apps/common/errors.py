"""One taxonomy of errors: code, bilingual message that says what to do, HTTP status, whose fault.

Raised anywhere, mapped to a response by one handler (`apps.common.middleware.ErrorPages` for pages,
the API's exception handler for JSON). A user never sees a stack trace.
"""

from enum import StrEnum
from typing import Any

from apps.common.text import Text


class Fault(StrEnum):
    """Who can mend it."""

    CALLER = "caller"
    DATA = "data"
    SYSTEM = "system"


class ParvanehError(Exception):
    """Base of every error we raise on purpose; subclasses fix `code`, `status` and `fault`."""

    code = "error"
    status = 500
    fault = Fault.SYSTEM

    def __init__(self, *, fa: str, en: str, **details: Any) -> None:
        super().__init__(en)
        self.message = Text(fa=fa, en=en)
        self.details: dict[str, Any] = details

    def as_dict(self) -> dict[str, Any]:
        """The JSON shape every face gives: {"error": {code, message: {fa, en}, fault, details}}."""
        return {
            "error": {
                "code": self.code,
                "message": self.message.as_dict(),
                "fault": self.fault.value,
                "details": self.details,
            }
        }


class BadInputError(ParvanehError):
    """The caller's input cannot be read; the message names the format that is accepted."""

    code = "bad_input"
    status = 400
    fault = Fault.CALLER


class NotFoundError(ParvanehError):
    """Nothing here under that name; `details` may carry suggestions."""

    code = "not_found"
    status = 404
    fault = Fault.CALLER


class NoParcelHereError(NotFoundError):
    """No parcel at the point; `details.nearest` = {code, distance_m, centroid} when there is any parcel at all."""

    code = "no_parcel_here"


class MethodError(ParvanehError):
    """The address exists, but is not asked in this way (a form's address opened as a page)."""

    code = "method_not_allowed"
    status = 405
    fault = Fault.CALLER


class ConflictError(ParvanehError):
    """The state of the thing forbids the step (a second open request, an illegal legal act)."""

    code = "conflict"
    status = 409
    fault = Fault.CALLER


class AnswerChangedError(ConflictError):
    """The answer that a step relies on is no longer the one that holds; `details.digest` names the one that does."""

    code = "answer_changed"


class SignInRequiredError(ParvanehError):
    """The step needs a signed-in person."""

    code = "sign_in_required"
    status = 401
    fault = Fault.CALLER


class ForbiddenError(ParvanehError):
    """The signed-in person may not do this."""

    code = "forbidden"
    status = 403
    fault = Fault.CALLER


class TooManyCallsError(ParvanehError):
    """A limit per address or per number is used up; `details.retry_after` is in seconds."""

    code = "too_many_calls"
    status = 429
    fault = Fault.CALLER


class TooLargeError(ParvanehError):
    """The request is larger than this site takes."""

    code = "too_large"
    status = 413
    fault = Fault.CALLER


class IntakeError(ParvanehError):
    """A file or city package cannot be taken in; the message names file, row and field."""

    code = "intake"
    status = 422
    fault = Fault.DATA


class UnavailableError(ParvanehError):
    """A part of the system is away; nothing was lost, try again."""

    code = "unavailable"
    status = 503
    fault = Fault.SYSTEM
