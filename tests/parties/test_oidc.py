"""Sign-in by an OpenID Connect provider, over real HTTP with the stub: who comes in, and as whom."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.common import clock
from apps.parties.models import Identity, OutboxMessage, Person, SignIn
from apps.parties.services import ensure_person
from tests.oidc import START, Stub, come_back, consent, is_in, leave, running_stub, through
from tests.signing_in import code_now, give_authenticator

pytestmark = pytest.mark.django_db
MOBILE_PAGE, CONFIRM = "/account/login/identity/mobile/", "/account/login/code/confirm/"
SARAS = "+989120002001"


@pytest.fixture(scope="module")
def running() -> Iterator[Stub]:
    with running_stub() as stub:
        yield stub


@pytest.fixture(autouse=True)
def stub(running: Stub, settings: Settings) -> Stub:
    running.app.extensions["spoil"] = None
    running.configure(settings)
    return running


def last_code() -> str:
    found = re.search(r"\b(\d{6})\b", OutboxMessage.objects.latest("pk").body_en)
    assert found is not None
    return found.group(1)


def confirm(client: Client, mobile: str):
    asked = client.post(MOBILE_PAGE, {"phone": mobile})
    assert asked.status_code == 302
    return client.post(asked["Location"], {"code": last_code()})


def signed_in_as(client: Client) -> str:
    return Person.objects.get(pk=client.session["_auth_user_id"]).mobile


def test_a_confirmed_number_makes_a_person_and_binds_them(client: Client, stub: Stub) -> None:
    response = through(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    person = Person.objects.get()
    assert (person.mobile, person.mobile_verified, person.national_id) == (SARAS, True, "0000002011")
    assert person.name_fa == "سارا نمونه"
    bound = Identity.objects.get()
    assert (bound.person, bound.issuer, bound.subject) == (person, stub.url, "sara")
    assert signed_in_as(client) == SARAS


def test_the_person_who_is_there_is_found_and_keeps_what_they_have(client: Client) -> None:
    person = ensure_person(mobile="09120002001", name_fa="نام خودم")
    through(client)
    person.refresh_from_db()
    assert (person.name_fa, person.national_id) == ("نام خودم", "0000002011")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_second_time_the_subject_is_enough(client: Client, stub: Stub) -> None:
    through(client)
    person = Person.objects.get()
    person.mobile = "+989120009999"  # the number moved on; the identity stays
    person.save()
    again = Client()
    through(again)
    assert again.session["_auth_user_id"] == str(person.pk)
    assert Identity.objects.count() == 1


def test_without_a_confirmed_number_a_mobile_is_confirmed_once(client: Client) -> None:
    response = through(client, "hamid", next_url="/requests/")
    assert (response.status_code, response["Location"]) == (302, MOBILE_PAGE)
    assert not is_in(client)
    assert not Person.objects.exists()
    assert confirm(client, "09120004444")["Location"] == "/requests/"
    assert signed_in_as(client) == "+989120004444"
    again = Client()
    assert through(again, "hamid")["Location"] == "/"
    assert signed_in_as(again) == "+989120004444"


def test_an_unconfirmed_number_or_a_mail_address_names_nobody(client: Client) -> None:
    """Reza claims Sara's number without proof, and Hamid a mail address: both are asked for a number of their own."""
    sara = ensure_person(mobile="09120002001", verified=True)
    for sub in ("reza", "hamid"):
        assert through(client, sub)["Location"] == MOBILE_PAGE
        assert not is_in(client)
    assert not sara.identities.exists()


def test_a_number_that_belongs_to_another_identity_is_refused(client: Client) -> None:
    """Two people who share a phone are not made one."""
    through(client)
    other = Client()
    refused = through(other, "twin")
    assert refused.status_code == 409
    assert "به شناسهٔ دیگری" in refused.content.decode()
    assert not is_in(other)
    assert Identity.objects.count() == 1


def test_a_different_national_id_is_refused_and_nothing_is_written(client: Client) -> None:
    person = ensure_person(mobile="09120002001", national_id="0013542419")
    refused = through(client)
    assert refused.status_code == 409
    assert "شمارهٔ ملی این حساب" in refused.content.decode()
    assert not is_in(client)
    person.refresh_from_db()
    assert (person.national_id, person.mobile_verified) == ("0013542419", False)
    assert not Identity.objects.exists()


def test_a_national_id_of_another_account_is_refused(client: Client) -> None:
    ensure_person(mobile="09120007777", national_id="0000002011")
    refused = through(client)
    assert refused.status_code == 409
    assert "از آنِ حساب دیگری" in refused.content.decode()
    assert not is_in(client)
    assert Person.objects.count() == 1


def test_the_same_holds_after_a_code(client: Client) -> None:
    ensure_person(mobile="09120004444", national_id="0013542419")
    through(client, "hamid")
    assert confirm(client, "09120004444").status_code == 409
    assert not is_in(client)
    assert not Identity.objects.exists()


def test_a_closed_account_stays_closed(client: Client) -> None:
    through(client)
    Person.objects.update(is_active=False)
    again = Client()
    refused = through(again)
    assert refused.status_code == 403
    assert "بسته شده" in refused.content.decode()
    assert not is_in(again)


def test_the_wait_for_a_number_ends(client: Client) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        through(client, "hamid")
        traveller.shift(timedelta(seconds=601))
        assert client.get(MOBILE_PAGE).status_code == 409
        assert client.post(MOBILE_PAGE, {"phone": "09120004444"}).status_code == 409
    assert not OutboxMessage.objects.exists()
    assert Client().get(MOBILE_PAGE).status_code == 409


def test_another_number_leads_back_to_the_waiting_identity(client: Client) -> None:
    through(client, "hamid")
    client.post(MOBILE_PAGE, {"phone": "09120004440"})
    assert f'href="{MOBILE_PAGE}"' in client.get(CONFIRM).content.decode()
    assert client.post(MOBILE_PAGE, {"phone": "12"}).status_code == 200
    confirm(client, "09120004444")
    assert Identity.objects.get().person.mobile == "+989120004444"


def test_a_plain_sign_in_after_it_binds_nothing(client: Client) -> None:
    """An identity that waits in this browser goes only to whom its own page was answered by."""
    through(client, "hamid")
    client.post("/account/login/", {"phone": "09120005555"})
    client.post(CONFIRM, {"code": last_code()})
    assert signed_in_as(client) == "+989120005555"
    assert not Identity.objects.exists()


def test_who_has_an_authenticator_is_asked_for_it_here_too(client: Client) -> None:
    person = ensure_person(mobile="09120002001")
    give_authenticator(person)
    response = through(client, next_url="/notices/")
    assert response["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.post(response["Location"], {"code": code_now()})["Location"] == "/notices/"
    assert is_in(client)
    assert [(s.way, s.factor) for s in SignIn.objects.all()] == [("provider", "totp")]


def test_somebody_else_who_was_signed_in_is_signed_out(client: Client, person: Person) -> None:
    client.force_login(person)
    through(client)
    assert signed_in_as(client) == SARAS


def test_the_session_key_changes(client: Client) -> None:
    address = leave(client)
    before = client.session.session_key
    come_back(client, consent(address))
    assert is_in(client)
    assert client.session.session_key != before


OUTSIDE = ["https://evil.example/", "//evil.example/", "https:evil.example", "javascript:alert(1)"]


@pytest.mark.parametrize("outside", OUTSIDE)
def test_next_stays_on_this_site(client: Client, outside: str) -> None:
    assert through(client, next_url=outside)["Location"] == "/"
    assert through(Client(), next_url="/acts/")["Location"] == "/acts/"


def test_the_language_is_kept(client: Client) -> None:
    assert through(client, prefix="/en")["Location"] == "/en/"
    other = Client()
    assert through(other, "hamid", prefix="/en")["Location"] == f"/en{MOBILE_PAGE}"
    refused = come_back(other, "/oidc/callback/?state=forged&code=x")
    assert "was not accepted" in refused.content.decode()


def test_the_button_is_shown_only_where_a_provider_is_configured(client: Client, settings: Settings) -> None:
    page = client.get("/en/account/login/?next=/acts/").content.decode()
    assert "Sample service" in page
    assert page.count('name="next"') == 2
    settings.OIDC_CLIENT_SECRET = ""
    assert "Sample service" not in client.get("/en/account/login/").content.decode()
    assert client.post(START).status_code == 404
    assert client.get("/oidc/callback/?code=x&state=y").status_code == 404


def test_leaving_needs_a_form_with_its_token(client: Client) -> None:
    assert client.get(START).status_code == 405
    assert Client(enforce_csrf_checks=True).post(START).status_code == 403


def test_forms_still_go_only_to_ourselves(client: Client) -> None:
    """The provider is reached by a page, not by a redirect after a form: no origin is added to the policy."""
    page = client.post(START)
    assert page.status_code == 200
    directives = [line.strip() for line in page["Content-Security-Policy"].split(";")]  # in no order of their own
    assert "form-action 'self'" in directives
    assert "no-store" in page["Cache-Control"]


def test_presses_are_counted_per_address() -> None:
    with time_machine.travel(clock.now(), tick=False):
        answers = [Client().post(START, REMOTE_ADDR="192.0.2.7").status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
