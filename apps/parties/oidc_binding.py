"""Which person an identity is. Two people are never made one by a number or an address that nobody confirmed."""

from django.db import IntegrityError, transaction

from apps.common import clock
from apps.common.errors import ForbiddenError
from apps.parties.models import Identity, Person
from apps.parties.oidc_claims import Claims
from apps.parties.oidc_errors import other_national_id, taken_account, taken_national_id
from apps.parties.services import person_of_confirmed_mobile


@transaction.atomic
def bound_person(claims: Claims) -> Person | None:
    """The person this identity was bound to, their empty fields filled from the claims; None for a new identity.

    Raises ForbiddenError (closed account) or ConflictError (another national ID).
    """
    bound = Identity.objects.filter(issuer=claims.issuer, subject=claims.subject).first()
    if bound is None:
        return None
    person = Person.objects.select_for_update().get(pk=bound.person_id)
    if not person.is_active:
        raise ForbiddenError(
            fa="این حساب بسته شده است. برای باز شدن آن با شهرداری تماس بگیرید.",
            en="This account is closed. Contact the municipality to have it opened.",
        )
    _fill(person, claims)
    return person


def bind(claims: Claims, *, mobile: str) -> Person:
    """Bind a new identity to the person of `mobile`, a number that was just confirmed. All of it or nothing.

    Raises ForbiddenError (closed account) or ConflictError (another national ID, or another identity).
    """
    try:
        with transaction.atomic():
            person = Person.objects.select_for_update().get(pk=person_of_confirmed_mobile(mobile=mobile).pk)
            _fill(person, claims)
            known = Identity.objects.filter(issuer=claims.issuer, subject=claims.subject, person=person)
            if not known.exists():
                Identity.objects.create(
                    person=person,
                    issuer=claims.issuer,
                    subject=claims.subject,
                    national_id=claims.national_id,
                    bound_at=clock.now(),
                )
            return person
    except IntegrityError as error:
        raise _explained(error) from error


def _explained(error: IntegrityError) -> Exception:
    """Which of the three rules of Identity was broken."""
    return taken_national_id() if "identity_one_per_national_id" in str(error) else taken_account()


def _fill(person: Person, claims: Claims) -> None:
    """National ID and name where there are none. Raises ConflictError before anything is written."""
    if claims.national_id and person.national_id not in ("", claims.national_id):
        raise other_national_id()
    if claims.national_id and not person.national_id and Person.objects.filter(national_id=claims.national_id).exists():
        raise taken_national_id()
    new = {"national_id": claims.national_id, "name_fa": claims.name}
    filled = {field: value for field, value in new.items() if value and not getattr(person, field)}
    for field, value in filled.items():
        setattr(person, field, value)
    if filled:
        person.save(update_fields=list(filled))
