"""The door: a mobile number, a code, in. Over HTTP."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.common import clock
from apps.common.text import persian_digits
from apps.parties.messaging import SendingFailedError
from apps.parties.models import OutboxMessage, Person
from apps.parties.services import ensure_person

pytestmark = pytest.mark.django_db
ASK, CONFIRM = "/account/login/", "/account/login/code/confirm/"
MOBILE = "09121234567"


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """Limits count in windows of the clock: none of them turns in the middle of a test unless the test turns it."""
    with time_machine.travel(clock.now(), tick=False):
        yield


def ask(client: Client, mobile: str = MOBILE, **extra: str):
    return client.post(ASK, {"phone": mobile}, **extra)


def last_code() -> str:
    found = re.search(r"\b(\d{6})\b", OutboxMessage.objects.latest("pk").body_en)
    assert found is not None
    return found.group(1)


def wrong(code: str) -> str:
    return str((int(code) + 1) % 1_000_000).zfill(6)


def guess(client: Client, code: str):
    return client.post(CONFIRM, {"code": code})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_names_are_those_allauth_asks_for() -> None:
    assert reverse("account_login") == ASK
    assert reverse("account_confirm_login_code") == CONFIRM
    assert reverse("account_request_login_code") == "/account/login/code/"


def test_the_pages_are_ours(client: Client) -> None:
    ask(client)
    client.get(ASK)
    for page in (Client().get(ASK), client.get(CONFIRM), client.get("/account/inactive/")):
        assert page.status_code == 200
        assert "frontend/templates/account" in page.templates[0].origin.name


def test_unknown_number_becomes_a_person_only_when_confirmed(client: Client) -> None:
    response = ask(client)
    assert (response.status_code, response["Location"]) == (302, CONFIRM)
    assert not Person.objects.exists()
    assert guess(client, wrong(last_code())).status_code == 200
    assert not Person.objects.exists()
    assert guess(client, last_code()).status_code == 302
    person = Person.objects.get()
    assert (person.mobile, person.mobile_verified, person.synthetic) == ("+989121234567", True, False)
    assert not person.has_usable_password()
    assert is_in(client)


def test_known_number_signs_the_same_person_in(client: Client) -> None:
    person = ensure_person(mobile=MOBILE, name_fa="کسی")
    ask(client, "+98 912 123 4567")
    guess(client, last_code())
    assert client.session["_auth_user_id"] == str(person.pk)
    person.refresh_from_db()
    assert (person.name_fa, person.mobile_verified) == ("کسی", True)


def test_code_in_persian_digits(client: Client) -> None:
    ask(client, "۰۹۱۲ ۱۲۳ ۴۵۶۷")
    guess(client, persian_digits(last_code()))
    assert is_in(client)


def test_known_and_unknown_get_the_same_answer_for_the_same_work(django_assert_max_num_queries) -> None:
    ensure_person(mobile="09120000007")
    seen = []
    for mobile in ("09120000007", "09120000008"):
        client = Client()
        with django_assert_max_num_queries(50) as captured:
            response = ask(client, mobile)
        page = client.get(CONFIRM)
        wrong_answer = guess(client, "000000" if last_code() != "000000" else "000001")
        statements = [re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in captured.captured_queries]
        text = page.content.decode().replace(mobile, "").replace("+98" + mobile[1:], "")
        text = re.sub(r'value="[^"]{64}"|nonce="[^"]*"', "", text)
        seen.append((response.status_code, response["Location"], statements, text, wrong_answer.status_code))
    assert seen[0] == seen[1]
    assert not any("parties_person" in sql for sql in seen[0][2])


def test_three_guesses_and_the_code_is_void(client: Client) -> None:
    ask(client)
    code = last_code()
    for _ in range(3):
        guess(client, wrong(code))
    assert guess(client, code)["Location"].endswith(reverse("account_request_login_code"))
    assert not is_in(client)


def test_guesses_sent_side_by_side_are_counted_too(client: Client) -> None:
    """Each of the requests below reads the session as it was before any of the others wrote to it."""
    ask(client)
    code = last_code()
    row = Session.objects.get(pk=client.session.session_key)
    frozen = row.session_data
    for _ in range(3):
        Session.objects.filter(pk=row.pk).update(session_data=frozen)
        guess(client, wrong(code))
    Session.objects.filter(pk=row.pk).update(session_data=frozen)
    assert guess(client, code).status_code == 429
    assert not is_in(client)


def test_code_expires(client: Client) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        ask(client)
        code = last_code()
        traveller.shift(timedelta(seconds=181))
        response = guess(client, code)
    assert response["Location"] == reverse("account_request_login_code")
    assert not is_in(client)


def test_code_still_works_just_before(client: Client) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        ask(client)
        traveller.shift(timedelta(seconds=179))
        guess(client, last_code())
    assert is_in(client)


def test_code_works_in_the_session_that_asked_and_once() -> None:
    asked, other = Client(), Client()
    ask(asked)
    code = last_code()
    guess(other, code)
    assert not is_in(other)
    guess(asked, code)
    assert is_in(asked)
    asked.post(reverse("account_logout"))
    assert not is_in(asked)
    guess(asked, code)
    assert not is_in(asked)


def test_a_new_code_voids_the_old(client: Client) -> None:
    ask(client)
    old = last_code()
    client.post(CONFIRM, {"action": "resend"})
    new = last_code()
    if old != new:
        guess(client, old)
        assert not is_in(client)
    guess(client, new)
    assert is_in(client)


def test_session_key_changes_at_sign_in(client: Client) -> None:
    ask(client)
    before = client.session.session_key
    guess(client, last_code())
    assert is_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_closed_account_is_told_only_after_proof(client: Client) -> None:
    person = ensure_person(mobile=MOBILE)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert ask(client).status_code == 302
    assert guess(client, last_code()).status_code == 403
    assert not is_in(client)


def test_number_has_its_limit_from_whatever_address() -> None:
    answers = [ask(Client(), REMOTE_ADDR=f"192.0.2.{n}") for n in range(1, 4)]
    assert [a.status_code for a in answers] == [302, 302, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert OutboxMessage.objects.count() == 2


def test_address_has_its_limit_for_whatever_number() -> None:
    answers = [ask(Client(), f"0912000{n:04}", REMOTE_ADDR="192.0.2.9").status_code for n in range(11)]
    assert answers == [302] * 10 + [429]
    assert ask(Client(), "09120009999", REMOTE_ADDR="192.0.2.10").status_code == 302


def test_daily_limit_of_a_number() -> None:
    """One code every eleven minutes keeps under the hourly limit; 45 of them meet the daily 20 once or twice."""
    sent = 0
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for n in range(45):
            sent += ask(Client(), REMOTE_ADDR=f"198.51.100.{n + 1}").status_code == 302
            traveller.shift(timedelta(minutes=11))
    assert 20 <= sent <= 40


def test_bad_number_is_explained_and_sends_nothing(client: Client) -> None:
    response = ask(client, "12345")
    assert response.status_code == 200
    assert "۰۹۱۲" in response.content.decode()
    assert not OutboxMessage.objects.exists()


class Broken:
    def send(self, *, to: str, **_: object) -> None:
        raise SendingFailedError(f"gateway said no to {to}")


@pytest.fixture
def broken_sender(settings: Settings) -> None:
    settings.MESSAGE_SENDER = f"{__name__}.Broken"


@pytest.mark.usefixtures("broken_sender")
def test_failed_sender_gives_a_clear_page_and_remembers_nothing(client: Client) -> None:
    ensure_person(mobile="09120000007")
    pages = []
    for mobile in ("09120000007", "09120000008"):
        response = ask(client, mobile)
        assert response.status_code == 503
        assert response["Retry-After"] == "120"
        assert mobile[1:] not in response.content.decode()
        assert "gateway" not in response.content.decode()
        pages.append(response.content)
    assert pages[0] == pages[1]
    assert client.get(CONFIRM)["Location"] == reverse("account_request_login_code")


def test_no_sender_is_a_clear_page(client: Client, settings: Settings) -> None:
    settings.MESSAGE_SENDER = ""
    assert ask(client).status_code == 503


def test_no_other_door(client: Client) -> None:
    for path in ("signup/", "password/reset/", "password/change/", "email/", "phone/change/", "reauthenticate/"):
        assert client.get(f"/account/{path}").status_code == 404
    person = ensure_person(mobile=MOBILE)
    person.set_password("a long enough password")
    person.save()
    client.post(ASK, {"phone": MOBILE, "login": MOBILE, "password": "a long enough password"})
    assert not is_in(client)


def test_next_is_kept_and_stays_on_this_site(client: Client) -> None:
    response = client.post(f"{ASK}?next=/parcels/3-2-14-5-0-0-0/", {"phone": MOBILE})
    response = client.post(response["Location"], {"code": last_code()})
    assert response["Location"] == "/parcels/3-2-14-5-0-0-0/"
    outside = Client()
    response = outside.post(f"{ASK}?next=https://evil.example/", {"phone": "09120000009"})
    response = outside.post(response["Location"], {"code": last_code()})
    assert response["Location"] == "/"


def test_the_form_carries_next_by_itself(client: Client) -> None:
    page = client.get(f"{ASK}?next=/parcels/3-2-14-5-0-0-0/").content.decode()
    hidden = re.search(r'<input[^>]*name="next"[^>]*value="([^"]*)"', page)
    assert hidden is not None
    response = client.post(ASK, {"phone": MOBILE, "next": hidden.group(1)})
    page = client.get(response["Location"]).content.decode()
    assert 'name="next"' in page
    response = client.post(CONFIRM, {"code": last_code(), "next": hidden.group(1)})
    assert response["Location"] == "/parcels/3-2-14-5-0-0-0/"


def test_a_mistyped_number_can_be_written_again(client: Client) -> None:
    ask(client, "09121234560")
    assert client.get(ASK).status_code == 200
    ask(client, MOBILE)
    guess(client, last_code())
    assert is_in(client)
    assert list(Person.objects.values_list("mobile", flat=True)) == ["+989121234567"]


def test_forms_need_their_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(ASK, {"phone": MOBILE})
    assert response.status_code == 403
    assert not OutboxMessage.objects.exists()


def test_signing_in_and_out_keeps_the_language(client: Client) -> None:
    client.post("/en/account/login/code/", {"phone": MOBILE})
    assert client.post("/en/account/login/code/confirm/", {"code": last_code()}).url == "/en/"
    assert client.post("/en/account/logout/").url == "/en/"
