"""The demo's authenticators: invented officers only, shown on the outbox page only, in the demo only."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from apps.parties import second_factor
from apps.parties.models import Person, Role
from apps.parties.sample_factor import ensure_sample, sample_codes, sample_secret
from apps.parties.services import ensure_assignment, ensure_person
from tests.signing_in import code_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(person: Person) -> Person:
    ensure_assignment(person=person, role=Role.CASE_OFFICER, since=date(2020, 1, 1))
    ensure_sample(person)
    return person


def test_the_outbox_shows_a_code_that_works(officer: Person) -> None:
    (shown,) = sample_codes()
    assert shown.person == officer
    assert 1 <= shown.seconds <= 30
    page = Client().get("/en/outbox/").content.decode()
    assert "A convenience of the demo" in page
    assert code_now(sample_secret(officer)) in page or code_now(sample_secret(officer), later=-1) in page
    client = Client()
    client.force_login(officer)
    assert client.post("/en/account/second-factor/", {"code": sample_codes()[0].code}).status_code == 302


def test_it_is_given_once(officer: Person) -> None:
    first = second_factor.authenticator_of(officer)
    ensure_sample(officer)
    assert second_factor.authenticator_of(officer) == first


def test_citizens_and_real_people_get_none(other_person: Person) -> None:
    ensure_sample(other_person)
    real = ensure_person(mobile="09120000077")
    ensure_assignment(person=real, role=Role.AUDITOR, since=date(2020, 1, 1))
    ensure_sample(real)
    assert second_factor.authenticator_of(other_person) is None
    assert second_factor.authenticator_of(real) is None
    assert sample_codes() == []


def test_outside_the_demo_there_is_nothing(officer: Person, settings: Settings) -> None:
    settings.OUTBOX_SHOWN = False
    assert sample_codes() == []
    assert Client().get("/en/outbox/").status_code == 404
    other = ensure_person(mobile="09120000078", synthetic=True)
    ensure_assignment(person=other, role=Role.AUDITOR, since=date(2020, 1, 1))
    ensure_sample(other)
    assert second_factor.authenticator_of(other) is None
