"""People and organisations of a package: who belongs where, and mistakes named before anything is written."""

from pathlib import Path

import pytest
from pytest_django import Settings

from apps.api.city_build.inspection import inspect_city
from apps.api.city_build.law import build_offices
from apps.api.city_build.ledger import Ledger
from apps.common.city import current_city
from apps.common.errors import IntakeError
from apps.parties.memberships import is_member, memberships_of
from apps.parties.models import Assignment, MemberRole, Organisation, Person, Role
from apps.parties.roles import OFFICE_ROLES, people_with
from tests.city.package import make_package

pytestmark = pytest.mark.django_db
WRITTEN = """
[[organisation]]
kind = "counter_office"
national_id = "10000001030"
name = { fa = "دفتر", en = "Office" }
[[person]]
mobile = "0912 000 0004"
role = "citizen"
name = { fa = "چهار", en = "Four" }
[[person.membership]]
organisation = "10000001030"
role = "manager"
"""


@pytest.fixture
def people(tmp_path: Path, settings: Settings) -> Path:
    """people.toml of a tiny city."""
    settings.CITY_ROOT = make_package(tmp_path / "tiny", synthetic=True)
    path = Path(settings.CITY_ROOT) / "people.toml"
    path.write_text(path.read_text(encoding="utf-8") + WRITTEN, encoding="utf-8")
    return path


def test_an_organisation_comes_with_its_members_once(people: Path) -> None:
    for _ in range(2):
        build_offices(current_city(), Ledger(lambda _said: None))
    office = Organisation.objects.get()
    assert (office.name_en, office.synthetic) == ("Office", True)
    assert is_member(Person.objects.get(mobile="+989120000004"), office, roles=[MemberRole.MANAGER])


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('national_id = "10000001030"', 'national_id = "10000001031"', "no valid identifier"),
        ('organisation = "10000001030"', 'organisation = "10000001025"', "no such organisation"),
        ('role = "manager"', 'role = "king"', "not one of manager"),
        ('kind = "counter_office"', 'kind = "club"', "not one of legal_person"),
    ],
    ids=["wrong check digit", "unknown organisation", "unknown role", "unknown kind"],
)
def test_a_mistake_is_named_and_nothing_is_written(people: Path, right: str, wrong: str, says: str) -> None:
    people.write_text(people.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    with pytest.raises(IntakeError, match=says):
        inspect_city(current_city(), people.parent, files=False)
    assert not Organisation.objects.exists()


def test_the_demo_has_officers_of_every_role_and_of_two_districts(settings: Settings) -> None:
    settings.CITY_ROOT = Path(settings.BASE_DIR) / "cities" / "isfahan"
    build_offices(current_city(), Ledger(lambda _said: None))
    assert set(Assignment.objects.values_list("role", flat=True)) == set(Role.values)
    for role in (Role.CASE_OFFICER, Role.INSPECTOR, Role.ZONING_OFFICER, Role.DRAWING_OFFICER, Role.DISTRICT_HEAD):
        alone = [{p.pk for p in people_with(role, districts=[n])} for n in (1, 3)]
        assert all(found - other for found, other in (alone, alone[::-1])), role
    clerk = Person.objects.get(mobile="+989120002021")
    assert [row.organisation.kind for row in memberships_of(clerk)] == ["counter_office"]
    assert not Person.objects.filter(synthetic=False).exists()
    assert not Organisation.objects.filter(synthetic=False).exists()


def test_a_notary_works_for_no_office() -> None:
    assert set(Role) - OFFICE_ROLES == {Role.NOTARY}
