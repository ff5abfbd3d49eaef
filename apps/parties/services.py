"""Write doors of this room."""

from django.db import transaction

from apps.common.errors import ForbiddenError
from apps.common.text import Text
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.models import Office, Person


def ensure_person(
    *, mobile: str, name_fa: str = "", name_en: str = "", synthetic: bool = False, verified: bool = False
) -> Person:
    """The person with this mobile (any spelling), made when missing. Idempotent; never changes who is there.

    `synthetic` marks invented people of the demo. Raises BadInputError for an unreadable number.
    """
    number = canonical_mobile(mobile, plan=city_plan())
    person, made = Person.objects.get_or_create(
        mobile=number,
        defaults={"name_fa": name_fa, "name_en": name_en, "synthetic": synthetic, "mobile_verified": verified},
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person


@transaction.atomic
def person_of_confirmed_mobile(*, mobile: str) -> Person:
    """The person who has just proved to hold this number; a new one when the number is new.

    Raises ForbiddenError when that person is switched off: only after the proof, so that nobody else learns it.
    """
    person = ensure_person(mobile=mobile)
    if not person.is_active:
        raise ForbiddenError(
            fa="این حساب بسته شده است. برای باز شدن آن با شهرداری تماس بگیرید.",
            en="This account is closed. Contact the municipality to have it opened.",
        )
    if not person.mobile_verified:
        person.mobile_verified = True
        person.save(update_fields=["mobile_verified"])
    return person


def ensure_office(*, code: str, name: Text, contact: Text) -> Office:
    """The office with this code, its names and contact brought up to date. Idempotent."""
    office, _ = Office.objects.update_or_create(
        code=code,
        defaults={"name_fa": name.fa, "name_en": name.en, "contact_fa": contact.fa, "contact_en": contact.en},
    )
    return office
