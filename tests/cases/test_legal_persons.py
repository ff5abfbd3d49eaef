"""A company among the owners: who sees the case for it, who consents for it, and who does not."""

from datetime import date

import pytest

from apps.cases import owners
from apps.cases.capacities import capacities, owners_of
from apps.cases.models import Case, CaseMessage, CaseParty
from apps.cases.owners_standing import acts_for
from apps.cases.selectors import visible_case
from apps.common.durable import deliver_pending
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text
from apps.parties.mandates import agents_of
from apps.parties.models import MemberRole, Membership, Organisation, OrganisationKind, OrganisationStatus, Role, Scope
from apps.parties.organisations import ensure_organisation
from apps.parties.services import ensure_assignment
from tests.cases.conftest import Cast, someone

pytestmark = pytest.mark.django_db
COMPANY = "10380284790"
WHOLE = owners.CoOwner(name="شرکت نمونه", mobile="", national_id="۱۰۳۸۰۲۸۴۷۹۰", numerator=6, denominator=6)


def registered() -> Organisation:
    return ensure_organisation(
        kind=OrganisationKind.LEGAL_PERSON, name=Text("شرکت نمونه", "Sample company"), national_id=COMPANY
    )


@pytest.fixture
def company() -> Organisation:
    """70 manages it, 71 signs for it, 72 works in it, 73 signed for it until yesterday."""
    made = registered()
    ended = {"since": date(2020, 1, 1), "until": date(2024, 1, 1)}
    for number, role, days in (
        (70, MemberRole.MANAGER, {"since": date(2020, 1, 1)}),
        (71, MemberRole.SIGNATORY, {"since": date(2020, 1, 1)}),
        (72, MemberRole.MEMBER, {"since": date(2020, 1, 1)}),
        (73, MemberRole.SIGNATORY, ended),
    ):
        Membership.objects.create(organisation=made, person=someone(number), role=role, **days)
    return made


def named(cast: Cast) -> CaseParty:
    return owners.declare(person=cast.owner, tracking=cast.case.tracking, owner=WHOLE)


def test_its_manager_and_signatory_are_told_see_the_case_and_consent(cast: Cast, company: Organisation) -> None:
    party = named(cast)
    assert (party.organisation, party.person, party.mobile) == (company, None, "")
    assert {message.person for message in CaseMessage.objects.all()} == {someone(70), someone(71)}
    assert {person.pk for person in owners_of(cast.case)} == {cast.owner.pk, someone(70).pk, someone(71).pk}
    for number in (70, 71):
        person = someone(number)
        assert visible_case(tracking=cast.case.tracking, person=person).seen_because == "co_owner"
        assert list(Case.objects.of_owner_side(person)) == [cast.case]
        assert capacities(cast.case, person) == {"co_owner"}
    given = owners.consent(person=someone(71), tracking=cast.case.tracking, pk=party.pk, about="sha256:1")
    assert given.consented_by == someone(71)


@pytest.mark.parametrize("number", [72, 73])
def test_who_only_works_there_or_signed_once_sees_nothing(cast: Cast, company: Organisation, number: int) -> None:
    party = named(cast)
    assert not capacities(cast.case, someone(number))
    assert not Case.objects.of_owner_side(someone(number))
    with pytest.raises(NotFoundError):
        owners.consent(person=someone(number), tracking=cast.case.tracking, pk=party.pk)


def test_the_applicant_does_not_consent_for_the_company_without_binding_it(cast: Cast, company: Organisation) -> None:
    party = named(cast)
    with pytest.raises(ForbiddenError, match="company by a manager"):
        owners.consent(person=cast.owner, tracking=cast.case.tracking, pk=party.pk)
    Membership.objects.create(
        organisation=company, person=cast.owner, role=MemberRole.SIGNATORY, since=date(2020, 1, 1)
    )
    assert owners.consent(person=cast.owner, tracking=cast.case.tracking, pk=party.pk).consented_at


def test_a_suspended_company_is_bound_by_nobody(cast: Cast, company: Organisation) -> None:
    party = named(cast)
    Organisation.objects.filter(pk=company.pk).update(status=OrganisationStatus.SUSPENDED)
    with pytest.raises(NotFoundError):
        owners.consent(person=someone(70), tracking=cast.case.tracking, pk=party.pk)
    assert not Case.objects.of_owner_side(someone(70))


def test_a_mandate_counts_for_whom_it_was_given(cast: Cast, company: Organisation) -> None:
    """The manager's own mandate is none of the company's, nor the company's one of the manager's."""
    party, manager = named(cast), someone(70)
    own = cast.mandate(someone(75), Scope.VIEW, Scope.ACT, principal=manager, land_code=cast.case.land_code)
    body = cast.mandate(
        someone(76),
        Scope.VIEW,
        Scope.ACT,
        principal=manager,
        principal_organisation=company,
        land_code=cast.case.land_code,
    )
    assert (own.principal_organisation, body.principal_organisation) == (None, company)
    assert not acts_for(someone(75), party, cast.case)
    assert acts_for(someone(76), party, cast.case)
    party.organisation, party.person = None, manager
    assert acts_for(someone(75), party, cast.case)
    assert not acts_for(someone(76), party, cast.case)


def test_a_company_that_is_not_registered_yet_finds_the_case_once_it_is(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def] # a fixture without a type
    party = named(cast)
    assert party.organisation is None
    with django_capture_on_commit_callbacks(execute=True):
        made = registered()
    deliver_pending()
    party.refresh_from_db()
    assert party.organisation == made


def test_an_officer_who_signs_for_the_company_is_no_officer_of_the_case(cast: Cast, company: Organisation) -> None:
    named(cast)
    cast.stands("submitted")
    ensure_assignment(person=someone(71), role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])
    assert capacities(cast.case, someone(71)) == {"co_owner"}


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        pytest.param({"national_id": "10380284791"}, BadInputError, "eleven", id="wrong check digit"),
        pytest.param({"numerator": 7}, BadInputError, "share", id="more than the whole"),
        pytest.param({}, ConflictError, "already", id="twice"),
    ],
)
def test_what_is_refused(
    cast: Cast, company: Organisation, change: dict[str, object], error: type[Exception], match: str
) -> None:
    named(cast)
    with pytest.raises(error, match=match):
        owners.declare(
            person=cast.owner,
            tracking=cast.case.tracking,
            owner=owners.CoOwner(**{**{f: getattr(WHOLE, f) for f in WHOLE.__slots__}, **change}),  # type: ignore[arg-type]
        )
    assert CaseParty.objects.count() == 1


def test_a_mandate_of_the_company_opens_its_cases_and_none_of_the_managers_own(
    cast: Cast, company: Organisation
) -> None:
    """The manager is the applicant: of a case on the company's land, and (without the company) of one of their own."""
    Membership.objects.create(organisation=company, person=cast.owner, role=MemberRole.MANAGER, since=date(2020, 1, 1))
    agent = someone(77)
    land = {"land_code": cast.case.land_code}
    cast.mandate(agent, Scope.VIEW, Scope.ACT, principal_organisation=company, **land)
    assert not capacities(cast.case, agent)
    assert not Case.objects.of_owner_side(agent)
    assert not Case.objects.visible_to(agent)
    named(cast)
    assert capacities(cast.case, agent) == {"agent", "owner", "viewer"}
    assert list(Case.objects.of_owner_side(agent)) == [cast.case] == list(Case.objects.visible_to(agent))
    assert agents_of(principal_id=cast.owner.pk, bodies=[company.pk], **land) == {agent.pk}
    assert not agents_of(principal_id=cast.owner.pk, **land)
