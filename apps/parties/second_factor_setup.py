"""An authenticator is added, or replaces the old one: with a fresh code to the person's own mobile."""

import hashlib

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.utils import decrypt, encrypt
from django.http import HttpRequest

from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.parties import reauth, second_factor, second_factor_codes
from apps.parties.models import Person
from apps.parties.models_identity import Factor
from apps.parties.second_factor_giving import spend_guess
from apps.parties.second_factor_store import ADDED, store, tell

_KEY = "second_factor_setup"
WHAT = Text("افزودن رمزساز به حساب شما", "a new authenticator for your account")


def secret_of(request: HttpRequest, *, person: Person) -> str:
    """The secret that waits in this session to be confirmed; a new one when none does."""
    state = request.session.get(_KEY) or {}
    if state.get("person") != person.pk:
        state = {"person": person.pk, "secret": encrypt(second_factor_codes.new_secret())}
        request.session[_KEY] = state
    return str(decrypt(state["secret"]))


def picture(secret: str, *, person: Person) -> str:
    """The secret as a QR code: a data: address of an SVG."""
    uri = get_adapter().build_totp_url(person, secret)
    return str(segno.make(uri, error="m", micro=False).svg_data_uri(scale=5, border=3, light="#fff"))


def may_set_up(request: HttpRequest, *, person: Person) -> bool:
    """The first one always; another only after the old one, or a recovery code, was given in this session."""
    return second_factor.authenticator_of(person) is None or second_factor.has_given(request)


def send_code(request: HttpRequest, *, person: Person) -> None:
    """A code to the person's mobile, for exactly this authenticator. Raises as `reauth.send_code`."""
    reauth.send_code(request, person=person, binding=_binding(secret_of(request, person=person)), what=WHAT)


def waits(request: HttpRequest, *, person: Person) -> bool:
    """Whether a code that was sent for this still works."""
    return reauth.waiting(request, person=person, binding=_binding(secret_of(request, person=person))) is not None


def finish(request: HttpRequest, *, person: Person, code: str, sms_code: str) -> list[str]:
    """Store the authenticator and give its recovery codes, which are shown this once.

    Raises BadInputError or ConflictError (one of the codes), TooManyCallsError; then the old one still works.
    """
    secret = secret_of(request, person=person)
    spend_guess(request, person=person)
    step = second_factor_codes.matching_step(secret, code)
    if step is None:
        raise BadInputError(
            fa="کد رمزساز درست نیست. کدی را بنویسید که همین حالا نشان می‌دهد و ساعت گوشی را بررسی کنید.",
            en="The authenticator's code is not right. Write the one it shows now, and check your phone's clock.",
        )
    reauth.use_code(request, person=person, binding=_binding(secret), code=sms_code)
    codes = second_factor_codes.new_recovery_codes()
    authenticator = store(person=person, secret=secret, recovery=codes, last_step=step)
    request.session.pop(_KEY, None)
    second_factor.remember(request, authenticator=authenticator, factor=Factor.AUTHENTICATOR)
    tell(person, ADDED)
    return codes


def _binding(secret: str) -> str:
    return f"second-factor:{hashlib.sha256(secret.encode()).hexdigest()}"
