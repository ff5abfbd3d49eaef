"""Co-owners of a case with their shares, and their consent."""

from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from apps.cases.capacities import acting_as, capacities
from apps.cases.models import Case, CaseParty
from apps.cases.opening import check_owners_turn, form_open
from apps.cases.recording import append_history, locked_case
from apps.cases.telling import tell
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text, has_controls, latin_digits
from apps.parties import mandates
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.models import Person, Scope
from apps.parties.national_id import is_national_id
from apps.parties.selectors import person_by_mobile

_MOST = 60
_BIGGEST = 100_000


@dataclass(frozen=True, slots=True)
class CoOwner:
    """A co-owner as the applicant declares them. Share as numerator and denominator (2 of 6 dang: 1/3)."""

    name: str
    mobile: str
    national_id: str
    numerator: int
    denominator: int


@transaction.atomic
def declare(*, person: Person, tracking: str, owner: CoOwner) -> CaseParty:
    """Add a co-owner while the case is in the owner's hands. They are told, when their number is known here.

    Raises BadInputError (unreadable, shares above the whole), ConflictError (twice, not now), ForbiddenError.
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    check_owners_turn(case, held)
    mobile, national_id = _checked(owner)
    found = person_by_mobile(mobile)
    _check_room(case, owner, mobile=mobile)
    party = CaseParty.objects.create(
        case=case,
        person=found,
        name=owner.name.strip(),
        mobile=mobile,
        national_id=national_id,
        share_numerator=owner.numerator,
        share_denominator=owner.denominator,
    )
    data = {"party": party.pk, "share": f"{owner.numerator}/{owner.denominator}", "as": acting_as(held)}
    append_history(case=case, actor=person, kind="co_owner", data=data)
    if found is not None:
        tell(case, [found], _told_named(case))
    return party


@transaction.atomic
def withdraw(*, person: Person, tracking: str, pk: int) -> CaseParty:
    """Take a co-owner off the list again, with their consent. Raises as `declare`."""
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    check_owners_turn(case, held)
    party = _party(case, pk)
    party.removed_at = clock.now()
    party.save(update_fields=["removed_at"])
    append_history(case=case, actor=person, kind="co_owner_removed", data={"party": pk, "as": acting_as(held)})
    return party


@transaction.atomic
def consent(*, person: Person, tracking: str, pk: int, about: str = "") -> CaseParty:
    """A co-owner says yes to the request as it stands (`about`: its digest): they, or who may act for them."""
    case = locked_case(tracking=tracking, actor=person)
    party = _party(case, pk)
    if party.person_id != person.pk and not _acts_for(person, party, case):
        raise ForbiddenError(
            fa="رضایت را خود مالک می‌دهد، یا وکیل او با اختیار اقدام برای همین ملک.",
            en="The owner consents in person, or by a mandate to act for this land.",
        )
    if not form_open(case):
        raise ConflictError(fa="پرونده فرستاده شده است.", en="The case has been sent in.", status=case.status)
    party.consented_at, party.consented_by, party.consented_to = clock.now(), person, about[:80]
    party.save(update_fields=["consented_at", "consented_by", "consented_to"])
    append_history(case=case, actor=person, kind="consent", data={"party": pk, "about": about[:80]})
    return party


def forget_consents(case: Case, *, because: str) -> int:
    """The request has become another one: consents given to the former are void, in the caller's transaction."""
    given = case.parties.filter(removed_at__isnull=True, consented_at__isnull=False)
    count = given.update(consented_at=None, consented_by=None, consented_to="")
    if count:
        append_history(case=case, actor=None, kind="consents_void", data={"because": because, "count": count})
    return count


def bind_to(person: Person) -> int:
    """The cases that named this person's confirmed number before they had an account become theirs to see."""
    if not person.mobile_verified:
        return 0
    waiting = CaseParty.objects.filter(person__isnull=True, mobile=person.mobile, removed_at__isnull=True)
    return waiting.exclude(case__parties__person=person).update(person=person)


def _acts_for(person: Person, party: CaseParty, case: Case) -> bool:
    if party.person_id is None:
        return False
    scopes = mandates.scopes(person, principal_id=party.person_id, land_code=case.land_code, tracking=case.tracking)
    return Scope.ACT in scopes


def _checked(owner: CoOwner) -> tuple[str, str]:
    """(mobile, national ID) in canonical form."""
    if not owner.name.strip() or len(owner.name) > 160 or has_controls(owner.name):  # noqa: PLR2004 - the column
        raise BadInputError(fa="نام مالک را بنویسید.", en="Write the owner's name.")
    national_id = latin_digits(owner.national_id).strip()
    if not is_national_id(national_id):
        raise BadInputError(fa="کد ملی مالک درست نیست.", en="The owner's national ID is not right.")
    if not 0 < owner.numerator <= owner.denominator <= _BIGGEST:
        raise BadInputError(
            fa="سهم را مانند ۲ از ۶ بنویسید؛ نه صفر و نه بیش از همه.",
            en="Write the share like 2 of 6: neither nothing nor more than the whole.",
        )
    return canonical_mobile(owner.mobile, plan=city_plan()), national_id


def _check_room(case: Case, owner: CoOwner, *, mobile: str) -> None:
    standing = list(case.parties.filter(removed_at__isnull=True))
    if any(p.mobile == mobile for p in standing) or mobile == case.applicant.mobile:
        raise ConflictError(fa="این مالک در فهرست هست.", en="This owner is on the list already.")
    if len(standing) >= _MOST:
        raise ConflictError(fa=f"حداکثر {_MOST} شریک ثبت می‌شود.", en=f"At most {_MOST} co-owners can be named.")
    total = sum((Fraction(p.share_numerator, p.share_denominator) for p in standing), Fraction(0))
    if total + Fraction(owner.numerator, owner.denominator) > 1:
        raise BadInputError(
            fa="جمع سهم‌ها از کل ملک بیشتر می‌شود. سهم‌ها را بررسی کنید.",
            en="The shares add up to more than the whole. Check them.",
        )


def _party(case: Case, pk: int) -> CaseParty:
    found = CaseParty.objects.filter(case=case, pk=pk, removed_at__isnull=True).first()
    if found is None:
        raise NotFoundError(fa="چنین مالکی در این پرونده نیست.", en="There is no such owner on this case.")
    return found


def _told_named(case: Case) -> Text:
    tracking = f"\u2066{case.tracking}\u2069"
    return Text(
        fa=f"شما در پروندهٔ {tracking} شریک ملک نام برده شده‌اید. پرونده را ببینید و رضایت دهید یا اعتراض کنید.",
        en=f"Case {case.tracking} names you as a co-owner. Look at it and consent, or object.",
    )
