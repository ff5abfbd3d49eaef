"""Invented cases of the demo: every entry can be read, and one is made through the doors, once."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from apps.api.city_build import sample_cases
from apps.api.city_build.ledger import Ledger
from apps.cases.models import Case, DocumentVersion
from apps.cases.types.definition import Place, Turn
from apps.cases.types.outline import outline
from apps.cases.types.registry import case_type, case_types, is_brought
from apps.common.city import current_city
from apps.parties.models import Person, Role
from apps.permits.kinds import offered
from tests.cases.conftest import someone
from tests.conftest import MakeParcel

pytestmark = pytest.mark.django_db
FILE = Path(settings.CITY_ROOT) / "sample_cases.toml"
ENTRIES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


def people() -> set[str]:
    raw = tomllib.loads((FILE.parent / "people.toml").read_text(encoding="utf-8"))
    return {person["mobile"] for person in raw["person"]}


def test_every_entry_names_people_and_services_that_are_there() -> None:
    known = people()
    for entry in ENTRIES:
        assert entry["owner"] in known
        assert {step["by"] for step in entry.get("step", ())} <= known
        assert ("kind" in entry) is not ("service" in entry)
        if "service" in entry:
            assert case_type(entry["service"]).code == entry["service"]
        else:
            assert offered(entry["kind"])


def test_cases_are_made_once_and_their_papers_say_what_they_are(make_parcel: MakeParcel) -> None:
    owner = someone(2002)
    officer = someone(1031, Role.CASE_OFFICER)
    Person.objects.filter(pk__in=[owner.pk, officer.pk]).update(synthetic=True)
    said: list[str] = []
    sample_cases.build_cases(current_city(), Ledger(said.append))
    made = list(Case.objects.all())
    assert [case.case_type for case in made] == ["complaint"], "the others want parcels of districts that are not here"
    assert made[0].status == "submitted"
    sample_cases.build_cases(current_city(), Ledger(said.append))
    assert Case.objects.count() == 1
    assert sum("left out" in line for line in said) == len(ENTRIES) - 1
    assert not DocumentVersion.objects.exists()
    assert b"Synthetic" in sample_cases._paper("deed").read()


def test_a_case_of_no_place_has_somebody_at_every_office_it_comes_to() -> None:
    raw = tomllib.loads((FILE.parent / "people.toml").read_text(encoding="utf-8"))
    given = [one for person in raw["person"] for one in person.get("assignment", ())]
    whole_city = {one["role"] for one in given if "districts" not in one}
    for definition in case_types().values():
        if definition.place in (Place.NONE, Place.MAYBE_POINT):
            assert {state.role for state in definition.states if state.turn is Turn.OFFICE} <= whole_city


def test_the_usual_way_of_every_service_ends_in_a_closed_state() -> None:
    for definition in case_types().values():
        if not is_brought(definition.code):
            assert outline(definition).usual[-1].state.closed, definition.code
