"""Where authenticators are kept, and how one is taken away from a person who lost it."""

import logging

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import transaction

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, UnavailableError
from apps.common.text import Text
from apps.parties import second_factor_codes
from apps.parties.messaging import send_message
from apps.parties.models import Person
from apps.parties.models_identity import SecondFactorReset

log = logging.getLogger(__name__)
ADDED = Text(
    fa="پروانه: رمزساز تازه‌ای به حساب شما افزوده شد. اگر شما نبودید، همین حالا به شهرداری خبر دهید.",
    en="Parvaneh: a new authenticator was added to your account. If it was not you, call the municipality now.",
)
REMOVED = Text(
    fa="پروانه: گام دوم ورود شما را مدیر سامانه برداشت. اگر نخواسته بودید، همین حالا به شهرداری خبر دهید.",
    en="Parvaneh: an administrator took your second factor away. If you did not ask for it, call the municipality now.",
)


@transaction.atomic
def store(*, person: Person, secret: str, recovery: list[str], last_step: int = -1) -> Authenticator:
    """The person's only authenticator from now on, and their only recovery codes; sessions of the old one end."""
    Person.objects.select_for_update().get(pk=person.pk)
    Authenticator.objects.filter(user_id=person.pk).delete()
    sealed = [second_factor_codes.sealed(code, person_pk=person.pk) for code in recovery]
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={"sealed": sealed})
    data = {"secret": encrypt(secret), "last_step": last_step}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=data)


def check_reset(*, person: Person, by: Person, reason: str) -> None:
    """Raises ForbiddenError (no administrator, or one's own), BadInputError (no reason), ConflictError (none there)."""
    if not (by.is_active and by.is_staff) or by.pk == person.pk:
        raise ForbiddenError(
            fa="گام دوم ورود را تنها یک مدیر سامانه، و تنها برای کس دیگری، برمی‌دارد.",
            en="A second factor is taken away by an administrator only, and never one's own.",
        )
    if not reason.strip():
        raise BadInputError(
            fa="بنویسید چرا، و هویت او را چگونه بررسی کردید.", en="Write why, and how you checked who asks."
        )
    if not Authenticator.objects.filter(user_id=person.pk).exists():
        raise ConflictError(fa="این شخص رمزساز ندارد.", en="This person has no authenticator.")


def reset(*, person: Person, by: Person, reason: str) -> SecondFactorReset:
    """Take the second factor away from who lost it; recorded, and the person is told. Raises as `check_reset`."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        check_reset(person=person, by=by, reason=reason)
        Authenticator.objects.filter(user_id=person.pk).delete()
        record = SecondFactorReset.objects.create(person=person, by=by, reason=reason.strip()[:300], at=clock.now())
    tell(person, REMOVED)
    return record


def tell(person: Person, body: Text) -> None:
    """A message that cannot be sent undoes nothing."""
    try:
        send_message(to=person.mobile, body=body)
    except UnavailableError:
        log.warning("person %s was not told about a change of the second factor", person.pk)
