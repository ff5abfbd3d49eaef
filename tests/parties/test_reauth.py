"""A fresh code before a signature: the signer's own number, one thing, three minutes, three guesses, once."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, TooManyCallsError, UnavailableError
from apps.common.text import Text, persian_digits
from apps.parties import reauth
from apps.parties.messaging import SendingFailedError
from apps.parties.models import OutboxMessage, Person

WHAT = Text("«توقف» شمارهٔ ۷", "the suspension No. 7")


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[object]:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def request_(rf: RequestFactory, db: None) -> HttpRequest:
    request = rf.post("/")
    request.session = SessionStore()
    return request


def ask(request: HttpRequest, person: Person, binding: str = "draft-1") -> str:
    reauth.send_code(request, person=person, binding=binding, what=WHAT)
    found = re.search(r"\b(\d{6})\b", OutboxMessage.objects.latest("pk").body_en)
    assert found is not None
    return found.group(1)


def use(request: HttpRequest, person: Person, code: str, binding: str = "draft-1") -> None:
    reauth.use_code(request, person=person, binding=binding, code=code)


def wrong(code: str) -> str:
    return str((int(code) + 1) % 1_000_000).zfill(6)


def test_the_code_goes_to_the_signers_own_number_and_names_what_is_signed(request_, person: Person) -> None:
    code = ask(request_, person)
    message = OutboxMessage.objects.get()
    assert message.to == person.mobile
    assert "suspension No. 7" in message.body_en
    assert persian_digits(code) in message.body_fa
    assert reauth.waiting(request_, person=person, binding="draft-1") is not None
    use(request_, person, code)
    assert reauth.waiting(request_, person=person, binding="draft-1") is None


def test_the_session_does_not_hold_the_code(request_, person: Person) -> None:
    assert ask(request_, person) not in str(dict(request_.session.items()))


def test_persian_digits_are_read(request_, person: Person) -> None:
    use(request_, person, f" {persian_digits(ask(request_, person))} ")


def test_it_works_once(request_, person: Person) -> None:
    code = ask(request_, person)
    use(request_, person, code)
    with pytest.raises(ConflictError, match="works no more"):
        use(request_, person, code)


def test_of_two_requests_side_by_side_one_is_let_through(request_, person: Person) -> None:
    """Each reads the session as it was before the other wrote to it."""
    code = ask(request_, person)
    remembered = dict(request_.session["reauth"])
    use(request_, person, code)
    request_.session["reauth"] = remembered
    with pytest.raises(ConflictError, match="works no more"):
        use(request_, person, code)


def test_three_guesses_and_it_is_void(request_, person: Person) -> None:
    code = ask(request_, person)
    for _ in range(3):
        with pytest.raises(BadInputError, match="not right"):
            use(request_, person, wrong(code))
    with pytest.raises(ConflictError):
        use(request_, person, code)


def test_guesses_side_by_side_are_counted_too(request_, person: Person) -> None:
    code = ask(request_, person)
    remembered = dict(request_.session["reauth"])
    for _ in range(3):
        request_.session["reauth"] = dict(remembered)
        with pytest.raises(BadInputError):
            use(request_, person, wrong(code))
    request_.session["reauth"] = dict(remembered)
    with pytest.raises(ConflictError):
        use(request_, person, code)


@pytest.mark.parametrize(("seconds", "works"), [(179, True), (180, False), (181, False)])
def test_it_works_for_three_minutes(request_, person: Person, still_clock, seconds: int, works: bool) -> None:
    code = ask(request_, person)
    still_clock.shift(timedelta(seconds=seconds))
    if works:
        use(request_, person, code)
    else:
        with pytest.raises(ConflictError):
            use(request_, person, code)


def test_it_is_for_one_thing_and_one_person(request_, person: Person, other_person: Person) -> None:
    code = ask(request_, person)
    with pytest.raises(ConflictError):
        use(request_, person, code, binding="draft-2")
    with pytest.raises(ConflictError):
        use(request_, other_person, code)
    use(request_, person, code)


def test_a_new_code_voids_the_old(request_, person: Person) -> None:
    old, new = ask(request_, person), ask(request_, person)
    if old != new:
        with pytest.raises(BadInputError):
            use(request_, person, old)
    use(request_, person, new)


def test_without_asking_there_is_nothing_to_use(request_, person: Person) -> None:
    with pytest.raises(ConflictError):
        use(request_, person, "000000")


def test_an_unconfirmed_number_gets_no_code(request_, person: Person) -> None:
    person.mobile_verified = False
    with pytest.raises(ForbiddenError, match="not confirmed"):
        ask(request_, person)
    assert not OutboxMessage.objects.exists()


def test_a_phone_rings_twice_a_minute_at_most(request_, person: Person) -> None:
    ask(request_, person)
    ask(request_, person)
    with pytest.raises(TooManyCallsError):
        ask(request_, person)
    assert OutboxMessage.objects.count() == 2


class Broken:
    def send(self, **_: object) -> None:
        raise SendingFailedError("gateway said no")


def test_a_code_that_could_not_be_sent_is_not_remembered(request_, person: Person, settings) -> None:
    settings.MESSAGE_SENDER = f"{__name__}.Broken"
    with pytest.raises(UnavailableError):
        ask(request_, person)
    assert reauth.waiting(request_, person=person, binding="draft-1") is None
