"""Organisations and their members: write doors, and finding one by its identifier."""

from django.db import transaction

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.events import publish
from apps.common.text import Text
from apps.parties.events import OrganisationRegistered
from apps.parties.identifiers import is_legal_id, plain_identifier
from apps.parties.memberships import is_member, standing_memberships
from apps.parties.models import MemberRole, Membership, Organisation, OrganisationKind, OrganisationStatus, Person


def organisation_by_national_id(raw: str) -> Organisation:
    """The open organisation with this identifier, in any digits. Raises BadInputError or NotFoundError."""
    number = _legal_id(raw)
    found = Organisation.objects.filter(national_id=number, status=OrganisationStatus.OPEN).first()
    if found is None:
        raise NotFoundError(
            fa="سازمان فعالی با این شناسهٔ ملی در سامانه نیست. شناسه را بررسی کنید یا از خود آن دفتر بپرسید.",
            en="No open organisation has this identifier here. Check it, or ask the office itself.",
        )
    return found


def organisation_known(national_id: str) -> Organisation | None:
    """The organisation with this identifier, whatever its state; None = not registered here."""
    return Organisation.objects.filter(national_id=national_id).first() if national_id else None


@transaction.atomic
def ensure_organisation(
    *, kind: OrganisationKind, name: Text, national_id: str = "", registration_number: str = "", postal_code: str = "",
    synthetic: bool = False,
) -> Organisation:  # fmt: skip
    """The organisation with this identifier (a public body without one: with this name), made when missing.

    Idempotent; never changes what is there. Raises BadInputError for a wrong identifier.
    """
    number = _legal_id(national_id) if national_id or kind != OrganisationKind.PUBLIC_BODY else ""
    known = {"national_id": number} if number else {"national_id": "", "name_fa": name.fa}
    rest = {"kind": kind, "name_fa": name.fa, "name_en": name.en, "registration_number": registration_number}
    found, made = Organisation.objects.get_or_create(
        **known, defaults={**rest, "postal_code": plain_identifier(postal_code), "synthetic": synthetic}
    )
    if made:
        publish(OrganisationRegistered(organisation_id=found.pk))
    return found


@transaction.atomic
def ensure_membership(*, person: Person, organisation: Organisation, role: MemberRole) -> Membership:
    """The person's standing membership in this role, from today when it is new. Idempotent."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    standing = Membership.objects.filter(person=person, organisation=organisation, role=role, until__isnull=True)
    return standing.first() or Membership.objects.create(
        person=person, organisation=organisation, role=role, since=clock.today()
    )


def add_member(*, by: Person, person: Person, organisation: Organisation, role: MemberRole) -> Membership:
    """A manager takes somebody in. Raises ForbiddenError."""
    _require_manager(by, organisation)
    return ensure_membership(person=person, organisation=organisation, role=role)


@transaction.atomic
def end_membership(*, by: Person, membership: int) -> Membership:
    """A manager puts a member out, or a member leaves: no rights through the organisation from this moment.

    Idempotent. Raises NotFoundError, ForbiddenError, ConflictError (nobody would be left to manage it).
    """
    row = Membership.objects.select_related("organisation").filter(pk=membership).first()
    if row is None:
        raise NotFoundError(fa="چنین عضویتی نیست. فهرست اعضا را تازه کنید.", en="No such membership. Reload the list.")
    if row.person_id != by.pk:
        _require_manager(by, row.organisation)
    Organisation.objects.select_for_update().get(pk=row.organisation_id)
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership)
    if row.until is not None:
        return row
    _require_another_manager(row)
    row.until = max(clock.today(), row.since)
    row.save(update_fields=["until"])
    return row


def _require_manager(by: Person, organisation: Organisation) -> None:
    if not is_member(by, organisation, roles=[MemberRole.MANAGER]):
        raise ForbiddenError(
            fa="تنها مدیر این سازمان اعضای آن را تغییر می‌دهد. از مدیر بخواهید.",
            en="Only a manager of this organisation changes its members. Ask one of them.",
        )


def _require_another_manager(row: Membership) -> None:
    managers = standing_memberships().filter(organisation=row.organisation_id, role=MemberRole.MANAGER)
    if row.role == MemberRole.MANAGER and not managers.exclude(pk=row.pk).exists():
        raise ConflictError(
            fa="این تنها مدیر سازمان است. نخست مدیر دیگری معرفی کنید.",
            en="This is the organisation's only manager. Name another one first.",
        )


def _legal_id(raw: str) -> str:
    number = plain_identifier(raw)
    if not is_legal_id(number):
        raise BadInputError(
            fa="شناسهٔ ملی درست نیست: یازده رقم است و رقم آخرش وارسی می‌شود. آن را از روی آگهی ثبت بنویسید.",
            en="The identifier is not right: it has eleven digits, the last one a check. Copy it from the register.",
            field="national_id",
        )
    return number
