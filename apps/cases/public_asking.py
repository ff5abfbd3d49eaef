"""Public tracking under its limits: so many questions from an address, so many wrong codes for a number."""

from django.http import HttpRequest

from apps.cases.public import PublicState, canonical_tracking, public_state
from apps.common.addresses import client_address
from apps.common.errors import NotFoundError
from apps.common.limits import Limit, check, spend

PER_ADDRESS = Limit("track-address", 60, 600)
WRONG_PER_NUMBER = Limit("track-number", 20, 3600)
"""A code has six digits: at this rate half of them take about three years. Right answers are not counted."""


def tracked(request: HttpRequest, *, number: str, code: str) -> PublicState:
    """The state of a case. Raises NotFoundError alike for unknown numbers and wrong codes, TooManyCallsError."""
    spend(request, limit=PER_ADDRESS, key=client_address(request))
    named = canonical_tracking(number)
    check(request, limit=WRONG_PER_NUMBER, key=named)
    try:
        return public_state(tracking=number, code=code)
    except NotFoundError:
        spend(request, limit=WRONG_PER_NUMBER, key=named)
        raise
