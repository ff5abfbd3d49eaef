"""Co-owners of a case with their shares, and their consent."""

from django.db import transaction

from apps.cases.capacities import acting_as, capacities, hold_mandate
from apps.cases.models import Case, CaseParty
from apps.cases.opening import check_owners_turn, form_open
from apps.cases.owners_checks import CoOwner, check_room, checked
from apps.cases.owners_standing import acts_for, standing_for, stands_for
from apps.cases.recording import append_history, locked_case
from apps.cases.telling import tell
from apps.common import clock
from apps.common.errors import ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text
from apps.parties.models import Person
from apps.parties.organisations import organisation_known
from apps.parties.selectors import person_by_mobile

__all__ = ["CoOwner", "consent", "declare", "forget_consents", "withdraw"]


@transaction.atomic
def declare(*, person: Person, tracking: str, owner: CoOwner) -> CaseParty:
    """Add a co-owner while the case is in the owner's hands. They are told, when their number is known here.

    Raises BadInputError (unreadable, shares above the whole), ConflictError (twice, not now), ForbiddenError.
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    check_owners_turn(case, held)
    hold_mandate(case, person, held)
    known = checked(owner)
    check_room(case, owner, known)
    found = None if known.legal else person_by_mobile(known.mobile)
    party = CaseParty.objects.create(
        case=case,
        person=found,
        organisation=organisation_known(known.national_id) if known.legal else None,
        name=owner.name.strip(),
        mobile=known.mobile,
        national_id=known.national_id,
        share_numerator=owner.numerator,
        share_denominator=owner.denominator,
    )
    data = {"party": party.pk, "share": f"{owner.numerator}/{owner.denominator}", "as": acting_as(held)}
    append_history(case=case, actor=person, kind="co_owner", data=data)
    tell(case, standing_for(party), _told_named(case))
    return party


@transaction.atomic
def withdraw(*, person: Person, tracking: str, pk: int) -> CaseParty:
    """Take a co-owner off the list again, with their consent. Raises as `declare`."""
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    check_owners_turn(case, held)
    hold_mandate(case, person, held)
    party = _party(case, pk)
    if party.confirmed_by_id is not None:
        raise ConflictError(
            fa="این مالک را کارشناس با سند سنجیده است و از فهرست برداشته نمی‌شود. اگر سهم او واگذار شده، در گفت‌وگوی "
            "پرونده با سند تازه بگویید تا کارشناس تأیید را بردارد.",
            en="An officer has held this owner against the deed, and they stay on the list. If their share was sold, "
            "say so in the case's conversation with the new deed; the officer then takes the confirmation back.",
        )
    party.removed_at = clock.now()
    party.save(update_fields=["removed_at"])
    append_history(case=case, actor=person, kind="co_owner_removed", data={"party": pk, "as": acting_as(held)})
    return party


@transaction.atomic
def consent(*, person: Person, tracking: str, pk: int, about: str = "") -> CaseParty:
    """A co-owner says yes to the request as it stands (`about`: its digest): they, or who may act for them."""
    case = locked_case(tracking=tracking, actor=person)
    party = _party(case, pk)
    if not stands_for(person, party) and not acts_for(person, party, case):
        raise ForbiddenError(
            fa="رضایت را خود مالک می‌دهد (برای شرکت: مدیر یا صاحب امضای آن)، یا وکیل او با اختیار اقدام برای همین ملک.",
            en="The owner consents in person (a company by a manager or signatory), or by a mandate to act here.",
        )
    _check_same(party)
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


def _check_same(party: CaseParty) -> None:
    """Nobody consents under somebody else's national ID: whose account it is counts, where that is known."""
    known = "" if party.person is None else party.person.national_id
    if known and known != party.national_id:
        raise ForbiddenError(
            fa="این شریک با کد ملی دیگری جز کد ملی حساب او نام برده شده است. از متقاضی بخواهید آن را درست کند.",
            en="This co-owner was named with another national ID than the account's. Ask the applicant to mend it.",
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
