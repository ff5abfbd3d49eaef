"""Setting an authenticator up: two codes at once, recovery codes once; replacing one; and taking one away."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.parties import second_factor, second_factor_store
from apps.parties.messaging import SendingFailedError
from apps.parties.models import OutboxMessage, Person, Role, SecondFactorReset, SignIn
from apps.parties.services import ensure_assignment
from tests.signing_in import RECOVERY, code_now, give_authenticator, office_client

pytestmark = pytest.mark.django_db
SETUP, CASES = "/en/account/second-factor/setup/", "/en/officer/cases/"


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now(), tick=False) as travelling:
        yield travelling


@pytest.fixture
def officer(person: Person) -> Person:
    ensure_assignment(person=person, role=Role.INSPECTOR, since=date(2020, 1, 1))
    return person


@pytest.fixture
def client(officer: Person) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def administrator(db: None) -> Person:
    return Person.objects.create_superuser("+989120000009", "a long enough password")


def secret_on(page) -> str:
    found = re.search(r'class="code secret"[^>]*>([A-Z2-7 ]+)<', page.content.decode())
    assert found is not None
    return found.group(1).replace(" ", "")


def sms_code(client: Client) -> str:
    assert client.post(SETUP, {"action": "send"}).status_code == 200
    found = re.search(r"\b(\d{6})\b", OutboxMessage.objects.latest("pk").body_en)
    assert found is not None
    return found.group(1)


def set_up(client: Client, **form: str):
    secret = secret_on(client.get(SETUP))
    return client.post(SETUP, {"sms_code": sms_code(client), "code": code_now(secret), **form})


def codes_on(page) -> list[str]:
    return re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page.content.decode())


def test_both_codes_set_it_up_and_recovery_codes_are_shown_once(client: Client, officer: Person) -> None:
    page = set_up(client, next=CASES)
    codes = codes_on(page)
    assert len(set(codes)) == 10
    assert "no-store" in page["Cache-Control"]
    assert f'href="{CASES}"' in page.content.decode()
    assert second_factor.authenticator_of(officer) is not None
    assert "new authenticator" in OutboxMessage.objects.latest("pk").body_en
    assert [(s.way, s.factor) for s in SignIn.objects.all()] == [("second_factor", "totp")]
    assert not codes_on(client.get(SETUP))
    assert not codes_on(client.get("/en/account/"))
    assert "Recovery codes left: 10" in client.get("/en/account/").content.decode()


def test_each_of_the_codes_lets_in_once(client: Client, officer: Person) -> None:
    codes = codes_on(set_up(client))
    other = Client()
    other.force_login(officer)
    assert other.post("/en/account/second-factor/", {"code": codes[3]}).status_code == 302
    assert other.post("/en/account/second-factor/", {"code": codes[3]}).status_code == 400
    assert "Recovery codes left: 9" in other.get("/en/account/").content.decode()


def test_the_code_that_set_it_up_is_used_up(client: Client, officer: Person) -> None:
    secret = secret_on(client.get(SETUP))
    client.post(SETUP, {"sms_code": sms_code(client), "code": code_now(secret)})
    other = Client()
    other.force_login(officer)
    assert other.post("/en/account/second-factor/", {"code": code_now(secret)}).status_code == 400


def test_a_wrong_code_of_either_kind_changes_nothing(client: Client, officer: Person) -> None:
    secret = secret_on(client.get(SETUP))
    sms = sms_code(client)
    wrong = str((int(sms) + 1) % 1_000_000).zfill(6)
    answers = [
        client.post(SETUP, {"sms_code": sms, "code": "000000"}),
        client.post(SETUP, {"sms_code": wrong, "code": code_now(secret)}),
        client.post(SETUP, {"code": code_now(secret)}),
    ]
    assert [a.status_code for a in answers] == [400, 400, 400]
    assert all('role="alert"' in a.content.decode() for a in answers)
    assert secret_on(answers[0]) == secret
    assert second_factor.authenticator_of(officer) is None
    assert not second_factor.has_given(answers[0].wsgi_request)
    assert client.post(SETUP, {"sms_code": sms, "code": code_now(secret)}).status_code == 200
    assert second_factor.authenticator_of(officer) is not None


def test_without_a_message_there_is_no_authenticator(client: Client, officer: Person) -> None:
    secret = secret_on(client.get(SETUP))
    assert client.post(SETUP, {"sms_code": "123456", "code": code_now(secret)}).status_code == 409
    assert second_factor.authenticator_of(officer) is None


def test_a_code_for_another_secret_confirms_nothing(client: Client, officer: Person) -> None:
    """The message is bound to the very secret on the page: a second session has another."""
    sms = sms_code(client)
    other = Client()
    other.force_login(officer)
    secret = secret_on(other.get(SETUP))
    assert other.post(SETUP, {"sms_code": sms, "code": code_now(secret)}).status_code == 409


def test_the_secret_is_drawn_as_well(client: Client) -> None:
    page = client.get(SETUP).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert "style=" not in page.split("<main")[1]
    assert "frontend/templates/mfa" in client.get(SETUP).templates[0].origin.name


def test_the_session_holds_no_secret_in_the_clear(client: Client) -> None:
    secret = secret_on(client.get(SETUP))
    assert secret not in str(dict(client.session.items()))


def test_anybody_may_have_one(other_person: Person) -> None:
    client = Client()
    client.force_login(other_person)
    assert "add a code of an application" in client.get("/en/account/").content.decode()
    set_up(client)
    assert second_factor.authenticator_of(other_person) is not None


def test_replacing_needs_the_old_one_first(client: Client, officer: Person) -> None:
    old = give_authenticator(officer)
    assert client.get(SETUP)["Location"] == "/en/account/second-factor/?next=%2Fen%2Faccount%2Fsecond-factor%2Fsetup%2F"
    assert client.post(SETUP, {"action": "send"}).status_code == 302
    assert not OutboxMessage.objects.exists()
    client.post("/en/account/second-factor/", {"code": RECOVERY})
    set_up(client)
    assert not Authenticator.objects.filter(pk=old.pk).exists()
    assert client.get(CASES).status_code in (200, 403)


def test_another_session_of_the_old_one_ends(client: Client, officer: Person) -> None:
    other = office_client(officer)
    client.post("/en/account/second-factor/", {"code": code_now()})
    set_up(client)
    assert second_factor.has_given(client.get("/en/account/").wsgi_request)
    assert not second_factor.has_given(other.get("/en/account/").wsgi_request)


def test_it_needs_somebody(db: None) -> None:
    assert Client().get(SETUP)["Location"].startswith("/en/account/login/")


class Broken:
    def send(self, **_: object) -> None:
        raise SendingFailedError("gateway said no")


def test_a_message_that_cannot_leave_stops_it_before_and_not_after(
    client: Client, officer: Person, settings: Settings
) -> None:
    secret, sms = secret_on(client.get(SETUP)), sms_code(client)
    settings.MESSAGE_SENDER = f"{__name__}.Broken"
    assert client.post(SETUP, {"action": "send"}).status_code == 503
    assert client.post(SETUP, {"sms_code": sms, "code": code_now(secret)}).status_code == 200
    assert second_factor.authenticator_of(officer) is not None


def reset_form(person: Person, reason: str = "گوشی گم شد؛ کارت شناسایی دیده شد") -> dict[str, object]:
    return {"person": person.pk, "reason": reason}


def test_an_administrator_takes_it_away_and_that_is_recorded(officer: Person, administrator: Person) -> None:
    give_authenticator(officer)
    desk = Client()
    desk.force_login(administrator)
    assert desk.post("/admin/parties/secondfactorreset/add/", reset_form(officer)).status_code == 302
    record = SecondFactorReset.objects.get()
    assert (record.person, record.by) == (officer, administrator)
    assert not Authenticator.objects.exists()
    assert OutboxMessage.objects.latest("pk").to == officer.mobile
    assert desk.get("/admin/parties/secondfactorreset/").status_code == 200
    change = f"/admin/parties/secondfactorreset/{record.pk}/change/"
    assert desk.get(change).status_code == 200
    assert desk.post(change, reset_form(officer, "x")).status_code == 403
    assert desk.post(f"/admin/parties/secondfactorreset/{record.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_admin_page_says_what_forbids_it(officer: Person, administrator: Person) -> None:
    desk = Client()
    desk.force_login(administrator)
    for form in (reset_form(officer), reset_form(administrator), {"reason": "x"}):
        page = desk.post("/admin/parties/secondfactorreset/add/", form)
        assert page.status_code == 200
        assert "errorlist" in page.content.decode()
    assert not SecondFactorReset.objects.exists()


def test_who_may_take_it_away(officer: Person, other_person: Person, administrator: Person) -> None:
    give_authenticator(officer)
    give_authenticator(administrator)
    with pytest.raises(ForbiddenError):
        second_factor_store.reset(person=officer, by=other_person, reason="x")
    with pytest.raises(ForbiddenError):
        second_factor_store.reset(person=administrator, by=administrator, reason="x")
    with pytest.raises(BadInputError):
        second_factor_store.reset(person=officer, by=administrator, reason="  ")
    with pytest.raises(ConflictError):
        second_factor_store.reset(person=other_person, by=administrator, reason="x")
    assert Authenticator.objects.filter(type="totp").count() == 2


def test_the_record_of_it_stays(officer: Person, administrator: Person) -> None:
    give_authenticator(officer)
    record = second_factor_store.reset(person=officer, by=administrator, reason="x")
    for change in (lambda: SecondFactorReset.objects.update(reason="y"), record.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_after_it_a_new_one_can_be_set_up(client: Client, officer: Person, administrator: Person, traveller) -> None:
    give_authenticator(officer)
    second_factor_store.reset(person=officer, by=administrator, reason="x")
    traveller.shift(timedelta(minutes=5))
    assert len(codes_on(set_up(client))) == 10
