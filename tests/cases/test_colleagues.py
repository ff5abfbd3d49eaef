"""To whom a case can be handed: asked at once for everybody, and the same as the door says of each."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.cases import kartabl
from apps.cases.capacities import capacities
from apps.cases.models import Case, CaseParty
from apps.cases.steps import take_step
from apps.common import clock
from apps.parties.mandate_terms import EndGround
from apps.parties.memberships import MemberRole
from apps.parties.models import Mandate, Membership, Organisation, OrganisationKind, Person, Role, Scope
from tests.cases.conftest import Cast, someone

pytestmark = pytest.mark.django_db
ROLE = Role.CASE_OFFICER.value


def stakes(cast: Cast, able: dict[int, Person]) -> None:
    """80 may look, 81 only pay, 82 acts on other land, 83 acted, 84's office acts, 85 and 86 own halves."""
    ended = {"ended_by": cast.owner, "end_ground": EndGround.REVOKED}
    office = Organisation.objects.create(
        kind=OrganisationKind.COUNTER_OFFICE, national_id="10380284790", name_fa="دفتر نمونه", name_en="Sample office"
    )
    cast.mandate(able[80], Scope.VIEW)
    cast.mandate(able[81], Scope.PAY)
    cast.mandate(able[82], Scope.VIEW, Scope.ACT, land_code="9-9-9-9-0-0-0")
    Mandate.objects.filter(pk=cast.mandate(able[83], Scope.VIEW, Scope.ACT).pk).update(ended_at=clock.now(), **ended)
    cast.mandate(None, Scope.VIEW, agent_organisation=office, land_code=cast.case.land_code)
    Membership.objects.create(organisation=office, person=able[84], role=MemberRole.MEMBER, since=date(2020, 1, 1))
    CaseParty.objects.create(case=cast.case, name="x", person=able[85], share_denominator=2)
    CaseParty.objects.create(case=cast.case, name="y", national_id="1234567891", share_denominator=2)
    Person.objects.filter(pk=able[86].pk).update(national_id="1234567891")


@pytest.fixture
def able(cast: Cast) -> dict[int, Person]:
    """Officers: 80 to 89 of the case's district, 90 of the whole city, 91 of another district."""
    local = {n: someone(n, Role.CASE_OFFICER, [3]) for n in range(80, 90)}
    return local | {90: someone(90, Role.CASE_OFFICER), 91: someone(91, Role.CASE_OFFICER, [4])}


def named(cast: Cast) -> set[int]:
    return {p.pk for p in kartabl.colleagues(cast.fresh(), cast["officer"], role=ROLE)}


def let_in(cast: Cast, able: dict[int, Person]) -> set[int]:
    everybody = Person.objects.filter(pk__in=[cast["colleague"].pk, *(p.pk for p in able.values())])
    return {p.pk for p in everybody if ROLE in capacities(cast.fresh(), p)}


def test_the_names_are_those_whom_the_door_lets_in(cast: Cast, able: dict[int, Person]) -> None:
    stakes(cast, able)
    assert named(cast) == let_in(cast, able)
    assert named(cast) == {cast["colleague"].pk} | {able[n].pk for n in (81, 82, 83, 87, 88, 89, 90)}


def test_where_the_district_is_not_known_only_the_whole_city_is_named(cast: Cast, able: dict[int, Person]) -> None:
    Case.objects.filter(pk=cast.case.pk).update(district=None)
    assert named(cast) == let_in(cast, able) == {able[90].pk}


def test_ten_more_colleagues_cost_no_more_queries(
    cast: Cast, able: dict[int, Person], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stakes(cast, able)
    case = cast.fresh()
    assert case.applicant
    with django_assert_num_queries(5):
        found = kartabl.colleagues(case, cast["officer"], role=ROLE)
    assert len(found) == 8


def test_the_worklist_has_nothing_of_ones_own(cast: Cast, able: dict[int, Person]) -> None:
    """In person, as a co-owner, by the applicant's national ID, by a declared one."""
    from tests.cases.test_steps import ready

    ready(cast)
    take_step(tracking=cast.case.tracking, actor=cast.owner, verb="submit")
    CaseParty.objects.create(case=cast.case, name="x", person=able[85], share_denominator=2)
    CaseParty.objects.create(case=cast.case, name="y", national_id="1234567891", share_denominator=2)
    Person.objects.filter(pk=able[86].pk).update(national_id="1234567891")
    Person.objects.filter(pk__in=[able[87].pk, cast.owner.pk]).update(national_id="")
    Person.objects.filter(pk=cast.owner.pk).update(national_id="0084575948")
    Person.objects.filter(pk=able[88].pk).update(national_id="0084575948")
    seen = {n for n, p in able.items() if kartabl.office_items(Person.objects.get(pk=p.pk)).exists()}
    assert seen == {80, 81, 82, 83, 84, 87, 89, 90}
