"""A fresh code before a signature: proof that the signed-in person holds their phone now, for one thing only.

The code goes to the signer's own mobile. It is bound to the person and to what is signed (`binding`, a digest of it),
works for three minutes, for three guesses, once. Limits are those of the sign-in: a phone must not ring all night, and
guesses sent side by side are counted outside the session, which each of them would read before any other writes.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from apps.common import clock
from apps.common.addresses import client_address
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, TooManyCallsError
from apps.common.limits import Limit, spend
from apps.common.text import Text, isolated, latin_digits, persian_digits
from apps.parties.messaging import send_message
from apps.parties.models import Person
from apps.parties.sign_in import GUESSES_PER_ADDRESS, spend_code

_KEY = "reauth"
_SALT = "apps.parties.reauth"
_GUESSES = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """A code that was sent in this session and still works. `until`: seconds since 1970."""

    binding: str
    until: float


def send_code(request: HttpRequest, *, person: Person, binding: str, what: Text) -> None:
    """Send a code for `what` to the person's own number; an earlier one stops working.

    Raises ForbiddenError (no confirmed number), TooManyCallsError, or UnavailableError (nothing is remembered then).
    """
    if not person.mobile_verified:
        raise ForbiddenError(
            fa="شمارهٔ همراه شما تأیید نشده است. یک بار با کد پیامکی وارد شوید و سپس امضا کنید.",
            en="Your mobile number is not confirmed. Sign in once by a code sent to it, then sign.",
        )
    spend_code(request, mobile=person.mobile)
    code: str = get_adapter().generate_login_code()
    send_message(to=person.mobile, body=_message(code, what))
    process = uuid.uuid4().hex
    request.session[_KEY] = {
        "process": process,
        "person": person.pk,
        "binding": binding,
        "until": clock.now().timestamp() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
        "seal": _sealed(code, process=process, person=person, binding=binding),
    }


def waiting(request: HttpRequest, *, person: Person, binding: str) -> Waiting | None:
    """The code this session waits for, when it is the person's, for exactly this, and still works."""
    state = _state(request, person=person, binding=binding)
    return None if state is None else Waiting(binding=binding, until=state["until"])


def use_code(request: HttpRequest, *, person: Person, binding: str, code: str) -> None:
    """Use the code up. Raises ConflictError (none works for this: ask for one), BadInputError (wrong; try again).

    After three wrong guesses, and after one right one, the code is void.
    """
    state = _state(request, person=person, binding=binding)
    if state is None:
        raise _ask_again()
    _spend_guess(request, process=state["process"])
    sealed = _sealed(latin_digits(code).strip(), process=state["process"], person=person, binding=binding)
    if not constant_time_compare(sealed, state["seal"]):
        raise BadInputError(
            fa="کد درست نیست. پیامک را دوباره ببینید؛ هر کد سه بار امتحان می‌شود.",
            en="The code is not right. Look at the message again; a code may be tried three times.",
        )
    request.session.pop(_KEY, None)
    _spend_once(request, process=state["process"])


def _state(request: HttpRequest, *, person: Person, binding: str) -> dict[str, Any] | None:
    """What the session remembers, when it is this person's, of this thing, and its time is not over."""
    state: dict[str, Any] | None = request.session.get(_KEY)
    if not state or state["person"] != person.pk or state["binding"] != binding:
        return None
    return state if clock.now().timestamp() < float(state["until"]) else None


def _spend_guess(request: HttpRequest, *, process: str) -> None:
    try:
        spend(request, limit=GUESSES_PER_ADDRESS, key=client_address(request))
        spend(request, limit=_per_code("reauth-guess", _GUESSES), key=process)
    except TooManyCallsError as error:
        request.session.pop(_KEY, None)
        raise _ask_again() from error


def _spend_once(request: HttpRequest, *, process: str) -> None:
    """Of two requests that carry the right code at the same moment, one."""
    try:
        spend(request, limit=_per_code("reauth-used", 1), key=process)
    except TooManyCallsError as error:
        raise _ask_again() from error


def _per_code(name: str, amount: int) -> Limit:
    return Limit(name, amount, 2 * settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def _sealed(code: str, *, process: str, person: Person, binding: str) -> str:
    """What the session holds instead of the code: whoever reads a session cannot sign with it."""
    return str(salted_hmac(_SALT, f"{process}|{person.pk}|{binding}|{code}", algorithm="sha256").hexdigest())


def _message(code: str, what: Text) -> Text:
    return Text(
        fa=f"کد امضای {what.fa}: {isolated(code)} ({persian_digits(3)} دقیقه اعتبار دارد). "
        "اگر شما نخواسته‌اید، به هیچ‌کس نگویید و به شهرداری خبر دهید.",
        en=f"Parvaneh code to sign {what.en}: {code} (valid for three minutes). "
        "If you did not ask for it, tell it to nobody and call the municipality.",
    )


def _ask_again() -> ConflictError:
    return ConflictError(
        fa="این کد دیگر کار نمی‌کند: زمانش گذشته، به کار رفته، یا برای چیز دیگری بوده است. کد تازه‌ای بخواهید.",
        en="This code works no more: its time is over, it was used, or it was for something else. Ask for a new one.",
    )
