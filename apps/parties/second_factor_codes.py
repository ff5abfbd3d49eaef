"""The codes themselves: of an authenticator (RFC 6238, 30 seconds, six digits) and for recovery."""

import secrets

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.utils.crypto import constant_time_compare, salted_hmac

from apps.common import clock
from apps.common.text import latin_digits

STEP_SECONDS = 30
RECOVERY_CODES = 10
_DRIFT = 1  # steps to either side: a phone's clock may be half a minute off
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0/O, 1/I/L: they are copied by hand
_GROUPS = (4, 4, 4)  # 12 letters of 31: 59 bits
_SALT = "apps.parties.recovery"


def new_secret() -> str:
    """160 random bits in base 32."""
    secret: str = generate_totp_secret()
    return secret


def current_step() -> int:
    """The number of the present half minute."""
    return int(clock.now().timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The six digits of a secret at a step."""
    code: str = format_hotp_value(hotp_value(secret, step))
    return code


def matching_step(secret: str, code: str, *, after: int = -1) -> int | None:
    """The step whose code this is, when it is near now and later than `after`; None when it is no such code."""
    typed, now = latin_digits(code).replace(" ", ""), current_step()
    near = range(max(now - _DRIFT, after + 1), now + _DRIFT + 1)
    found = [step for step in near if constant_time_compare(code_at(secret, step), typed)]
    return found[0] if found else None


def new_recovery_codes() -> list[str]:
    """Ten codes such as ABCD-EFGH-JKMN."""
    return ["-".join(_word(size) for size in _GROUPS) for _ in range(RECOVERY_CODES)]


def sealed(code: str, *, person_pk: int) -> str:
    """What is stored of a recovery code. A slow hash would add nothing: the codes are random, not chosen by people."""
    plain = "".join(letter for letter in latin_digits(code).upper() if letter.isalnum())
    return str(salted_hmac(_SALT, f"{person_pk}|{plain}", algorithm="sha256").hexdigest())


def _word(size: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(size))
