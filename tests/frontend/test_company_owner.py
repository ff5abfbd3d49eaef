"""A company among the owners, on the pages: its manager consents there, the officer holds it against the deed."""

from datetime import date

import pytest
from django.test import Client

from apps.cases import owners
from apps.cases.models import CaseParty
from apps.common.text import Text
from apps.parties.models import MemberRole, Membership, OrganisationKind
from apps.parties.organisations import ensure_organisation
from tests.frontend.case_pages import World
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db
COMPANY = "10380284790"


@pytest.fixture
def party(world: World) -> CaseParty:
    """A company with all of the land, managed by the partner."""
    body = ensure_organisation(
        kind=OrganisationKind.LEGAL_PERSON, name=Text("شرکت نمونه", "Sample company"), national_id=COMPANY
    )
    Membership.objects.create(organisation=body, person=world.partner, role=MemberRole.MANAGER, since=date(2020, 1, 1))
    named = owners.CoOwner("شرکت نمونه", "", COMPANY, 6, 6)
    return owners.declare(person=world.owner, tracking=world.case.tracking, owner=named)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content, "utf-8")


def test_its_manager_consents_on_the_page_and_nobody_else(world: World, party: CaseParty) -> None:
    path = f"/en/requests/{world.case.tracking}/"
    applicant, manager = Client(), Client()
    applicant.force_login(world.owner)
    manager.force_login(world.partner)
    seen = page(applicant, path)
    assert "Legal person" in seen
    assert "I consent to this" not in seen
    assert COMPANY not in seen, "the identifier is for the office"
    seen = page(manager, path)
    assert "You act in the name of this owner" in seen
    about = seen.split('name="about" value="')[1].split('"')[0]
    consent = f"{path}owners/{party.pk}/consent/"
    applicant.post(consent, {"about": about})
    party.refresh_from_db()
    assert party.consented_at is None
    assert manager.post(consent, {"about": about}).status_code == 302
    party.refresh_from_db()
    assert party.consented_by == world.partner


def test_the_officer_sees_the_identifier_confirms_and_takes_it_back(world: World, party: CaseParty) -> None:
    owners.consent(person=world.partner, tracking=world.case.tracking, pk=party.pk)
    world.submitted()
    officer, path = office_client(world.officer), f"/en/officer/cases/{world.case.tracking}/"
    seen = page(officer, path)
    assert COMPANY in seen
    assert "Identity of the account not proven" not in seen
    for deed, by in (("confirm", world.officer), ("reopen", None)):
        assert officer.post(f"{path}owners/{party.pk}/{deed}/").status_code == 302
        party.refresh_from_db()
        assert party.confirmed_by == by
