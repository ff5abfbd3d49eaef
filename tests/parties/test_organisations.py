"""Organisations are known by their identifier; their members come, and are put out at once."""

from datetime import date, timedelta

import pytest
import time_machine

from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text
from apps.parties import organisations
from apps.parties.memberships import is_member, memberships_of
from apps.parties.models import MemberRole, Organisation, OrganisationKind, OrganisationStatus, Person
from tests.parties.conftest import NOON, join

NAME = Text("دفتر نمونه", "Sample office")
DAY = timedelta(days=1)


def make(**other: object) -> Organisation:
    terms = {"kind": OrganisationKind.COUNTER_OFFICE, "national_id": "۱۰۳۸۰۲۸۴۷۹۰", "name": NAME, **other}
    return organisations.ensure_organisation(**terms)


@pytest.mark.django_db
def test_an_organisation_is_made_once_and_not_changed() -> None:
    first = make(synthetic=True)
    again = make(national_id="103-8028-4790", name=Text("دیگر", "Other"))
    assert again.pk == first.pk
    assert (again.national_id, again.name_fa, again.synthetic) == ("10380284790", "دفتر نمونه", True)


@pytest.mark.django_db
def test_a_public_body_may_have_no_identifier_and_nobody_else() -> None:
    body = make(kind=OrganisationKind.PUBLIC_BODY, national_id="")
    assert make(kind=OrganisationKind.PUBLIC_BODY, national_id="").pk == body.pk
    with pytest.raises(BadInputError):
        make(national_id="")
    with pytest.raises(BadInputError):
        make(kind=OrganisationKind.PUBLIC_BODY, national_id="10380284791")


def test_only_an_open_one_is_found(office: Organisation) -> None:
    assert organisations.organisation_by_national_id("۱۰۳۸۰۲۸۴۷۹۰") == office
    with pytest.raises(NotFoundError):
        organisations.organisation_by_national_id("10100387143")
    with pytest.raises(BadInputError):
        organisations.organisation_by_national_id("10380284791")
    Organisation.objects.update(status=OrganisationStatus.SUSPENDED)
    with pytest.raises(NotFoundError):
        organisations.organisation_by_national_id("10380284790")


def test_a_manager_takes_in_and_puts_out(person: Person, other_person: Person, office: Organisation) -> None:
    join(person, office, role=MemberRole.MANAGER)
    row = organisations.add_member(by=person, person=other_person, organisation=office, role=MemberRole.MEMBER)
    twin = organisations.add_member(by=person, person=other_person, organisation=office, role=MemberRole.MEMBER)
    assert twin.pk == row.pk
    assert is_member(other_person, office)
    organisations.end_membership(by=person, membership=row.pk)
    assert not is_member(other_person, office)
    again = organisations.end_membership(by=person, membership=row.pk)
    assert again.until == row.since


def test_a_member_leaves_but_changes_nobody_else(person: Person, other_person: Person, office: Organisation) -> None:
    mine, other = join(person, office), join(other_person, office)
    with pytest.raises(ForbiddenError):
        organisations.end_membership(by=person, membership=other.pk)
    with pytest.raises(ForbiddenError):
        organisations.add_member(by=person, person=other_person, organisation=office, role=MemberRole.MANAGER)
    with time_machine.travel(NOON, tick=False):
        assert organisations.end_membership(by=person, membership=mine.pk).until == NOON.date()
    with pytest.raises(NotFoundError):
        organisations.end_membership(by=person, membership=0)


def test_the_last_manager_stays_until_there_is_another(
    person: Person, other_person: Person, office: Organisation
) -> None:
    first = join(person, office, role=MemberRole.MANAGER)
    with pytest.raises(ConflictError):
        organisations.end_membership(by=person, membership=first.pk)
    organisations.add_member(by=person, person=other_person, organisation=office, role=MemberRole.MANAGER)
    organisations.end_membership(by=person, membership=first.pk)
    assert not is_member(person, office)


def test_somebody_who_joins_later_and_leaves_before_was_never_there(person: Person, office: Organisation) -> None:
    with time_machine.travel(NOON, tick=False):
        row = join(person, office, since=NOON.date() + DAY)
        assert not memberships_of(person).exists()
        ended = organisations.end_membership(by=person, membership=row.pk)
    assert ended.until == row.since


def test_a_switched_off_manager_manages_nothing(person: Person, other_person: Person, office: Organisation) -> None:
    join(person, office, role=MemberRole.MANAGER)
    person.is_active = False
    person.save()
    assert not is_member(person, office)
    with pytest.raises(ForbiddenError):
        organisations.add_member(by=person, person=other_person, organisation=office, role=MemberRole.MEMBER)


def test_membership_of_a_day_is_half_open(person: Person, office: Organisation) -> None:
    join(person, office, since=date(2026, 1, 1), until=date(2026, 2, 1))
    on = [
        memberships_of(person, date(*day)).exists()
        for day in ((2025, 12, 31), (2026, 1, 1), (2026, 1, 31), (2026, 2, 1))
    ]
    assert on == [False, True, True, False]
