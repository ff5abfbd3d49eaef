"""The second factor: who needs one, the gate, giving it once, and what is counted."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLResolver, get_resolver
from pytest_django import Settings

from apps.common import clock
from apps.common.text import persian_digits
from apps.parties import second_factor, second_factor_codes, second_factor_store
from apps.parties.models import Assignment, Person, Role, SignIn
from apps.parties.services import ensure_assignment
from tests.parties.test_sign_in import ask, last_code
from tests.signing_in import RECOVERY, SECRET, code_now, give_authenticator, office_client

pytestmark = pytest.mark.django_db
CASES = "/en/officer/cases/"
CHALLENGE, SETUP = "/en/account/second-factor/", "/en/account/second-factor/setup/"
SINCE = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now(), tick=False) as travelling:
        yield travelling


@pytest.fixture
def officer(person: Person) -> Person:
    ensure_assignment(person=person, role=Role.CASE_OFFICER, since=SINCE)
    return person


def entered(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_codes_are_those_of_rfc_6238() -> None:
    """Its test vectors (SHA-1), cut to six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        assert second_factor_codes.code_at(secret, seconds // 30) == code


@pytest.mark.parametrize("role", list(Role))
def test_every_role_of_an_office_needs_one(person: Person, role: Role) -> None:
    assert not second_factor.required_for(person)
    ensure_assignment(person=person, role=role, since=SINCE)
    assert second_factor.required_for(person) is (role != Role.NOTARY)


def test_a_role_that_ended_needs_none(person: Person) -> None:
    Assignment.objects.create(person=person, role=Role.INSPECTOR, since=SINCE, until=date(2020, 2, 1))
    assert not second_factor.required_for(person)
    assert not second_factor.required_for(AnonymousUser())


def test_without_an_authenticator_the_gate_leads_to_set_up(officer: Person) -> None:
    response = entered(officer).get(CASES + "?held=1")
    assert response["Location"] == f"{SETUP}?next=%2Fen%2Fofficer%2Fcases%2F%3Fheld%3D1"


def test_with_one_it_leads_to_the_challenge_and_back(officer: Person) -> None:
    give_authenticator(officer)
    client = entered(officer)
    response = client.get(CASES)
    assert response["Location"] == f"{CHALLENGE}?next=%2Fen%2Fofficer%2Fcases%2F"
    page = client.get(response["Location"])
    assert "frontend/templates/mfa" in page.templates[0].origin.name
    assert f'name="next" value="{CASES}"' in page.content.decode()
    assert client.post(CHALLENGE, {"code": code_now(), "next": CASES})["Location"] == CASES
    assert client.get(CASES).status_code == 200
    assert [(s.way, s.factor) for s in SignIn.objects.all()] == [("second_factor", "totp")]


def test_a_form_comes_back_to_the_page_that_carried_it(officer: Person) -> None:
    client = entered(officer)
    post = f"{CASES}1234/hold/"
    from_page = client.post(post, HTTP_REFERER="http://testserver/en/officer/cases/1234/?a=b")
    assert from_page["Location"].endswith("?next=%2Fen%2Fofficer%2Fcases%2F1234%2F%3Fa%3Db")
    from_outside = client.post(post, HTTP_REFERER="https://evil.example/x")
    assert from_outside["Location"].endswith("?next=%2Fen%2Faccount%2F")


def test_machines_get_a_sentence(officer: Person) -> None:
    response = entered(officer).get(CASES, HTTP_ACCEPT="application/json")
    assert response.status_code == 403
    assert "second step" in response.json()["error"]["message"]["en"]


def test_who_has_no_role_is_judged_by_the_page(other_person: Person) -> None:
    assert entered(other_person).get(CASES).status_code == 403
    assert Client().get(CASES).status_code == 302


def test_it_holds_for_a_working_day(officer: Person, traveller: time_machine.Traveller) -> None:
    client = office_client(officer)
    traveller.shift(timedelta(hours=12, seconds=-1))
    assert client.get(CASES).status_code == 200
    traveller.shift(timedelta(seconds=1))
    assert client.get(CASES).status_code == 302


def test_one_session_lends_it_to_no_other(officer: Person) -> None:
    office_client(officer)
    assert entered(officer).get(CASES).status_code == 302


def test_a_session_keeps_nothing_of_a_factor_that_was_taken_away(officer: Person, other_person: Person) -> None:
    client = office_client(officer)
    Person.objects.filter(pk=other_person.pk).update(is_staff=True)
    other_person.refresh_from_db()
    second_factor_store.reset(person=officer, by=other_person, reason="گوشی گم شد")
    assert client.get(CASES)["Location"].startswith(SETUP)


def test_signing_in_asks_whoever_has_one(officer: Person, client: Client) -> None:
    give_authenticator(officer)
    ask(client, officer.mobile)
    response = client.post("/account/login/code/confirm/", {"code": last_code(), "next": "/acts/"})
    assert response["Location"] == "/account/second-factor/"
    assert "_auth_user_id" not in client.session
    assert client.get("/acts/").wsgi_request.user.is_anonymous
    refused = client.post(response["Location"], {"code": "000000"})
    assert refused.status_code == 400
    assert 'role="alert"' in refused.content.decode()
    assert client.post(response["Location"], {"code": code_now()})["Location"] == "/acts/"
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert client.get(CASES).status_code == 200
    assert [(s.way, s.factor) for s in SignIn.objects.all()] == [("code", "totp")]


def test_a_stage_whose_authenticator_was_taken_away_starts_anew(officer: Person, client: Client) -> None:
    give_authenticator(officer)
    ask(client, officer.mobile)
    client.post("/account/login/code/confirm/", {"code": last_code()})
    Authenticator.objects.all().delete()
    assert client.post("/account/second-factor/", {"code": code_now()})["Location"] == "/account/login/"


def test_the_challenge_is_for_somebody(client: Client, person: Person) -> None:
    assert client.get(CHALLENGE)["Location"] == "/en/account/login/"
    assert entered(person).get(CHALLENGE)["Location"] == SETUP


@pytest.mark.parametrize(("later", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_off(officer: Person, later: int, works: bool) -> None:
    give_authenticator(officer)
    answer = entered(officer).post(CHALLENGE, {"code": code_now(later=later)})
    assert (answer.status_code == 302) is works


def test_persian_digits_and_spaces(officer: Person) -> None:
    give_authenticator(officer)
    code = persian_digits(code_now())
    assert entered(officer).post(CHALLENGE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_a_code_works_once_and_every_earlier_one_no_more(officer: Person) -> None:
    give_authenticator(officer)
    assert entered(officer).post(CHALLENGE, {"code": code_now()}).status_code == 302
    for used in (code_now(), code_now(later=-1)):
        assert entered(officer).post(CHALLENGE, {"code": used}).status_code == 400
    assert entered(officer).post(CHALLENGE, {"code": code_now(later=1)}).status_code == 302


def test_a_recovery_code_works_once(officer: Person) -> None:
    give_authenticator(officer)
    assert entered(officer).post(CHALLENGE, {"code": RECOVERY.lower().replace("-", " ")}).status_code == 302
    assert entered(officer).post(CHALLENGE, {"code": RECOVERY}).status_code == 400
    assert SignIn.objects.get().factor == "recovery_code"


def test_nothing_in_the_database_is_a_code(officer: Person) -> None:
    give_authenticator(officer)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert RECOVERY not in kept
    assert RECOVERY.replace("-", "") not in kept


def test_a_recovery_code_is_one_persons(officer: Person, other_person: Person) -> None:
    """The same code of two people leaves two different seals."""
    seals = {second_factor_codes.sealed(RECOVERY, person_pk=p.pk) for p in (officer, other_person)}
    assert len(seals) == 2


def test_guesses_are_counted_per_person_from_whatever_address_and_session(officer: Person) -> None:
    give_authenticator(officer)
    answers = [
        entered(officer).post(CHALLENGE, {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(6)
    ]
    assert answers == [400] * 5 + [429]
    assert entered(officer).post(CHALLENGE, {"code": code_now()}, REMOTE_ADDR="192.0.2.99").status_code == 429


def test_guesses_are_counted_per_address(officer: Person) -> None:
    people = [Person.objects.create_user(mobile=f"+9891255500{n:02}") for n in range(7)]
    for guesser in people:
        give_authenticator(guesser)
    answers = [entered(p).post(CHALLENGE, {"code": "000000"}).status_code for p in people for _ in range(5)]
    assert answers == [400] * 30 + [429] * 5


def test_a_key_that_was_lost_lets_nobody_in(officer: Person, settings: Settings) -> None:
    give_authenticator(officer)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key, without the old one as a fallback"
    assert entered(officer).post(CHALLENGE, {"code": code_now()}).status_code == 400
    settings.SECRET_KEY_FALLBACKS = [old]
    assert entered(officer).post(CHALLENGE, {"code": code_now()}).status_code == 302


def test_next_stays_on_this_site(officer: Person) -> None:
    give_authenticator(officer)
    answer = entered(officer).post(CHALLENGE, {"code": code_now(), "next": "https://evil.example/"})
    assert answer["Location"] == "/en/account/"


def test_the_session_key_changes_when_the_stage_is_passed(officer: Person, client: Client) -> None:
    give_authenticator(officer)
    ask(client, officer.mobile)
    client.post("/account/login/code/confirm/", {"code": last_code()})
    before = client.session.session_key
    client.post("/account/second-factor/", {"code": code_now()})
    assert not Session.objects.filter(pk=before).exists()


@pytest.fixture
def administrator(db: None) -> Person:
    return Person.objects.create_superuser("+989120000003", "a long enough password")


def test_the_admin_site_asks_an_administrator_who_has_one(administrator: Person, client: Client) -> None:
    give_authenticator(administrator)
    client.post("/admin/login/", {"username": administrator.mobile, "password": "a long enough password"})
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    asked = client.get("/admin/login/?next=/admin/")
    assert asked["Location"].startswith("/account/second-factor/?next=%2Fadmin%2Flogin%2F")
    given = client.post("/account/second-factor/", {"code": code_now(), "next": "/admin/login/?next=/admin/"})
    assert client.get(given["Location"])["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert [s.way for s in SignIn.objects.order_by("pk")] == ["password", "second_factor"]


def test_and_one_who_needs_one_to_set_it_up(administrator: Person) -> None:
    assert entered(administrator).get("/admin/").status_code == 200
    ensure_assignment(person=administrator, role=Role.AUDITOR, since=SINCE)
    assert entered(administrator).get("/admin/").status_code == 302
    assert entered(administrator).get("/admin/login/")["Location"].startswith("/account/second-factor/setup/")


def test_the_desk_asks_where_the_city_wants_it(person: Person, settings: Settings) -> None:
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=SINCE)
    assert entered(person).get("/en/desk/").status_code == 200
    settings.SECOND_FACTOR_AT_DESK = True
    assert entered(person).get("/en/desk/")["Location"].startswith(SETUP)
    assert office_client(person).get("/en/desk/").status_code == 200


def test_no_page_of_allauth_is_open_but_two_with_our_templates() -> None:
    """Its views of accounts, authenticators and providers have forms and limits of their own, and other words."""
    theirs = {name for name, view in views(get_resolver()) if view.__module__.startswith("allauth")}
    assert theirs == {"account_logout", "account_inactive"}


def views(resolver: URLResolver) -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern)
        else:
            yield str(pattern.name), getattr(pattern.callback, "view_class", pattern.callback)
