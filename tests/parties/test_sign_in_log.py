"""The log of sign-ins: one row for each entry, never rewritten, shown to its person, kept for a stated time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from apps.common import clock
from apps.parties import sign_in_log
from apps.parties.models import Person, SignIn, Way
from apps.parties.tasks import sweep_sign_ins
from tests.parties.test_sign_in import ask, last_code

pytestmark = pytest.mark.django_db


def came_in(person: Person, *, days_ago: float = 0) -> SignIn:
    at = clock.now() - timedelta(days=days_ago)
    return SignIn.objects.create(person=person, at=at, address="192.0.2.1", way=Way.CODE)


def test_an_entry_by_code_is_written_once(client: Client) -> None:
    ask(client, REMOTE_ADDR="192.0.2.44")
    assert not SignIn.objects.exists()
    client.post("/account/login/code/confirm/", {"code": last_code()}, REMOTE_ADDR="192.0.2.44")
    row = SignIn.objects.get()
    assert (row.person.mobile, row.address, row.way, row.factor) == ("+989121234567", "192.0.2.44", "code", "")
    client.get("/account/")
    assert SignIn.objects.count() == 1


def test_an_entry_to_the_admin_site_too(client: Client) -> None:
    Person.objects.create_superuser("+989120000003", "a long enough password")
    client.post("/admin/login/", {"username": "+989120000003", "password": "wrong"})
    assert not SignIn.objects.exists()
    client.post("/admin/login/", {"username": "+989120000003", "password": "a long enough password"})
    assert SignIn.objects.get().way == "password"


def test_a_person_sees_their_own_and_nobody_elses(person: Person, other_person: Person) -> None:
    came_in(person)
    SignIn.objects.create(person=other_person, at=clock.now(), address="198.51.100.7", way=Way.PROVIDER)
    client = Client()
    client.force_login(person)
    page = client.get("/en/account/").content.decode()
    assert "192.0.2.1" in page
    assert "198.51.100.7" not in page
    assert "365" in page
    assert Client().get("/en/account/")["Location"].startswith("/en/account/login/")


def test_rows_are_never_rewritten_or_removed(person: Person) -> None:
    row = came_in(person, days_ago=89)
    for change in (lambda: SignIn.objects.update(address="203.0.113.1"), row.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    assert SignIn.objects.get().address == "192.0.2.1"


def test_the_sweep_takes_what_is_older_than_the_setting(
    person: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_log, "_AT_ONCE", 2)
    settings.SIGN_INS_KEPT_DAYS = 100
    kept = [came_in(person, days_ago=days).pk for days in (0, 99.9)]
    for days in (100.1, 101, 400):
        came_in(person, days_ago=days)
    assert sweep_sign_ins() == 3
    assert set(SignIn.objects.values_list("pk", flat=True)) == set(kept)
    assert sweep_sign_ins() == 0


def test_an_identity_is_shown_by_the_name_of_its_service(person: Person, settings: Settings) -> None:
    person.identities.create(issuer="https://sso.example", subject="x", bound_at=clock.now())
    client = Client()
    client.force_login(person)
    assert "https://sso.example" in client.get("/en/account/").content.decode()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "https://sso.example", "c", "s"
    settings.OIDC_NAME_FA, settings.OIDC_NAME_EN = "سامانه", "The service"
    page = client.get("/en/account/").content.decode()
    assert "The service" in page
    assert "https://sso.example" not in page


def test_an_identity_is_never_moved(person: Person, other_person: Person) -> None:
    bound = person.identities.create(issuer="https://sso.example", subject="x", bound_at=clock.now())
    bound.person = other_person
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        bound.save()
