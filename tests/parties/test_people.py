"""People, and the messages the demo shows."""

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from apps.common import clock
from apps.common.errors import BadInputError, NotFoundError
from apps.common.text import Text
from apps.parties.adapter import PersonAdapter
from apps.parties.messaging import OutboxSender
from apps.parties.models import OutboxMessage, Person
from apps.parties.selectors import outbox
from apps.parties.services import ensure_person

pytestmark = pytest.mark.django_db


def test_ensure_person_is_idempotent_and_changes_nobody() -> None:
    first = ensure_person(mobile="۰۹۱۲۰۰۰۰۰۰۱", name_fa="نام", name_en="Name", synthetic=True, verified=True)
    again = ensure_person(mobile="+989120000001", name_fa="دیگر", synthetic=False)
    assert again.pk == first.pk
    assert (again.name_fa, again.synthetic, again.mobile_verified) == ("نام", True, True)
    assert not again.has_usable_password()
    assert Person.objects.count() == 1


def test_ensure_person_refuses_what_is_no_mobile() -> None:
    with pytest.raises(BadInputError):
        ensure_person(mobile="03112345678")
    assert not Person.objects.exists()


def test_confirming_marks_only_the_number_that_was_confirmed() -> None:
    person = ensure_person(mobile="09120000001")
    PersonAdapter().set_phone_verified(person, "+989120000002")
    person.refresh_from_db()
    assert not person.mobile_verified
    PersonAdapter().set_phone_verified(person, "+989120000001")
    person.refresh_from_db()
    assert person.mobile_verified
    assert PersonAdapter().get_phone(person) == ("+989120000001", True)
    assert PersonAdapter().get_user_by_phone("+989120000001") == person
    assert PersonAdapter().get_user_by_phone("+989120000009") is None


def test_outbox_keeps_a_bounded_number() -> None:
    for n in range(OutboxSender.KEEP + 3):
        OutboxSender().send(to="+989120000001", body=Text(fa=str(n), en=str(n)))
    assert OutboxMessage.objects.count() == OutboxSender.KEEP
    assert outbox()[0].body_en == str(OutboxSender.KEEP + 2)


def test_nobody_reads_messages_outside_the_demo(settings: Settings) -> None:
    OutboxSender().send(to="+989120000001", body=Text(fa="کد", en="code"))
    settings.OUTBOX_SHOWN = False
    with pytest.raises(NotFoundError):
        outbox()


def test_password_guesses_are_counted_per_address_and_per_account(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # guesses are counted, not slowed
    with time_machine.travel(clock.now(), tick=False):
        tries = [
            Client().post("/admin/login/", {"username": f"+98912000{n:04}", "password": "x"}, REMOTE_ADDR="192.0.2.1")
            for n in range(11)
        ]
        assert [answer.status_code for answer in tries] == [200] * 10 + [429]
        tries = [
            Client().post("/admin/login/", {"username": "+989129999999", "password": "x"}, REMOTE_ADDR=f"192.0.2.{n}")
            for n in range(10, 31)
        ]
        assert [answer.status_code for answer in tries] == [200] * 20 + [429]


def test_admin_door_has_passwords_and_no_plain_people() -> None:
    client = Client()
    Person.objects.create_superuser("+989120000003", "a long enough password")
    plain = Person.objects.create_user("+989120000004", "a long enough password")
    assert plain.check_password("a long enough password")
    for mobile, allowed in (("+989120000004", False), ("+989120000003", True)):
        client.post("/admin/login/", {"username": mobile, "password": "a long enough password"})
        assert ("_auth_user_id" in client.session) is allowed
