"""Write doors of this room."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from apps.common.errors import ForbiddenError
from apps.common.events import publish
from apps.common.text import Text
from apps.parties.events import MobileConfirmed
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.models import Assignment, Office, Person, Role


def ensure_person(
    *,
    mobile: str,
    name_fa: str = "",
    name_en: str = "",
    national_id: str = "",
    synthetic: bool = False,
    verified: bool = False,
) -> Person:
    """The person with this mobile (any spelling), made when missing. Idempotent; never changes who is there.

    `synthetic` marks invented people of the demo. Raises BadInputError for an unreadable number.
    """
    number = canonical_mobile(mobile, plan=city_plan())
    person, made = Person.objects.get_or_create(
        mobile=number,
        defaults={
            "name_fa": name_fa,
            "name_en": name_en,
            "national_id": national_id,
            "synthetic": synthetic,
            "mobile_verified": verified,
        },
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
        publish(MobileConfirmed(person_id=person.pk))
    return person


def ensure_office(*, code: str, name: Text, contact: Text) -> Office:
    """The office with this code, its names and contact brought up to date. Idempotent."""
    office, _ = Office.objects.update_or_create(
        code=code,
        defaults={"name_fa": name.fa, "name_en": name.en, "contact_fa": contact.fa, "contact_en": contact.en},
    )
    return office


@transaction.atomic
def ensure_assignment(
    *,
    person: Person,
    role: Role,
    since: date,
    themes: Collection[str] | None = None,
    districts: Collection[int] | None = None,
) -> Assignment:
    """The person's standing assignment of this role with exactly this reach, made when missing; None = all."""
    reach = {
        "themes": None if themes is None else sorted(themes),
        "districts": None if districts is None else sorted(districts),
    }
    Person.objects.select_for_update().get(pk=person.pk)
    standing = Assignment.objects.filter(person=person, role=role, until__isnull=True)
    for held in standing:
        if held.themes == reach["themes"] and held.districts == reach["districts"]:
            return held
    return Assignment.objects.create(person=person, role=role, since=since, **reach)
