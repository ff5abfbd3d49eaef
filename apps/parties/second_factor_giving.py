"""A second factor is given: the code of the authenticator, each once, or a recovery code, each once."""

import logging

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.http import HttpRequest

from apps.common.addresses import client_address
from apps.common.errors import BadInputError
from apps.common.limits import Limit, spend
from apps.parties import second_factor, second_factor_codes
from apps.parties.models import Person
from apps.parties.models_identity import Factor

log = logging.getLogger(__name__)
# Three codes of a million work at any moment: sixty guesses a day are a chance of one in five thousand.
PER_PERSON = (Limit("factor-few", 5, 300), Limit("factor-hour", 20, 3600), Limit("factor-day", 60, 86_400))
PER_ADDRESS = Limit("factor-address", 30, 600)


def give(request: HttpRequest, *, person: Person, code: str) -> Factor:
    """Use the code up and remember in the session that it was given. Counts every try.

    Raises BadInputError (wrong, or used before; what to do), TooManyCallsError (429).
    """
    spend_guess(request, person=person)
    with transaction.atomic():
        factor, authenticator = _used(person, code)
    second_factor.remember(request, authenticator=authenticator, factor=factor)
    return factor


def spend_guess(request: HttpRequest, *, person: Person) -> None:
    """Count one guess, outside the session and before it is judged. Raises TooManyCallsError."""
    spend(request, limit=PER_ADDRESS, key=client_address(request))
    for limit in PER_PERSON:
        spend(request, limit=limit, key=str(person.pk))


def _used(person: Person, code: str) -> tuple[Factor, Authenticator]:
    """The rows are locked: of two requests with the same code at the same moment one is let through."""
    rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user_id=person.pk)}
    authenticator, recovery = rows.get(Authenticator.Type.TOTP), rows.get(Authenticator.Type.RECOVERY_CODES)
    if authenticator is None:
        raise _wrong()
    if _step_used(authenticator, code):
        return Factor.AUTHENTICATOR, authenticator
    if recovery is not None and _recovery_used(recovery, code):
        return Factor.RECOVERY_CODE, authenticator
    raise _wrong()


def _step_used(authenticator: Authenticator, code: str) -> bool:
    try:
        secret = decrypt(authenticator.data["secret"])
    except InvalidToken:  # SECRET_KEY was changed without SECRET_KEY_FALLBACKS: an administrator must reset it
        log.exception("the authenticator of person %s cannot be read", authenticator.user_id)
        return False
    step = second_factor_codes.matching_step(secret, code, after=authenticator.data.get("last_step", -1))
    if step is None:
        return False
    authenticator.data["last_step"] = step  # that code and every earlier one work no more
    authenticator.save(update_fields=["data"])
    authenticator.record_usage()
    return True


def _recovery_used(recovery: Authenticator, code: str) -> bool:
    seal = second_factor_codes.sealed(code, person_pk=recovery.user_id)
    if seal not in recovery.data["sealed"]:
        return False
    recovery.data["sealed"].remove(seal)
    recovery.save(update_fields=["data"])
    recovery.record_usage()
    return True


def _wrong() -> BadInputError:
    return BadInputError(
        fa="این کد پذیرفته نشد: نادرست است یا پیش‌تر به کار رفته. کد بعدی رمزساز را بنویسید و ساعت گوشی را بررسی کنید.",
        en="This code was not accepted: it is wrong or was used before. Wait for the next one, and check your phone's "
        "clock.",
    )
