"""Sending is apart from writing: what fails is tried again with growing pauses and undoes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from apps.notices import sending, tasks
from apps.notices.due import MOST_ATTEMPTS, due_at, next_digest, try_again_at
from apps.notices.models import Mode, Notice
from apps.notices.sending import message, send_due
from apps.parties.messaging import SendingFailedError
from apps.parties.models import OutboxMessage, Person

NOW = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)  # 12:30 in Isfahan
SENT: list[tuple[str, str]] = []


class Failing:
    """Takes nothing."""

    def send(self, **sent: object) -> None:
        raise SendingFailedError(sent["to"])


class OnlyFor:
    """Takes messages to one number."""

    def send(self, *, to: str, body: object) -> None:
        if not to.endswith("1"):
            raise SendingFailedError(to)
        OutboxMessage.objects.create(to=to, body_fa="", body_en=str(body), created_at=NOW)


def notice(person: Person, key: str, *, due: datetime | None = NOW, link: str = "/acts/1/") -> Notice:
    return Notice.objects.create(
        key=key, person=person, kind="recorded", text_fa=f"متن {key}", text_en=f"text {key}", link=link,
        created_at=NOW, due_at=due,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon():  # type: ignore[no-untyped-def] # a generator fixture
    with time_machine.travel(NOW, tick=False):
        yield


def test_one_message_to_each_person_and_only_of_what_is_due(person: Person, other_person: Person) -> None:
    notice(person, "a")
    notice(person, "b")
    notice(other_person, "c")
    notice(other_person, "later", due=NOW + timedelta(minutes=1))
    notice(other_person, "silent", due=None)
    assert send_due() == 2
    assert send_due() == 0
    bodies = dict(OutboxMessage.objects.values_list("to", "body_en"))
    assert bodies[person.mobile] == "text a\ntext b\n/en/notices/"
    assert bodies[other_person.mobile] == "text c\n/en/acts/1/"
    assert Notice.objects.filter(sent_at__isnull=False, due_at__isnull=True).count() == 3


def test_who_was_switched_off_is_sent_nothing(person: Person, other_person: Person) -> None:
    notice(person, "a")
    notice(other_person, "b")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert send_due() == 1
    assert [m.to for m in OutboxMessage.objects.all()] == [other_person.mobile]


def test_many_at_once_are_told_by_their_number(person: Person, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://rules.example"
    text = message([notice(person, str(n)) for n in range(5)])
    assert text.en == "text 0\ntext 1\nAnd 3 more.\nhttps://rules.example/en/notices/"
    assert text.fa == "متن 0\nمتن 1\nو ۳ خبر دیگر.\nhttps://rules.example/notices/"


def test_what_is_not_taken_stays_and_comes_again_later(person: Person, settings: Settings) -> None:
    settings.MESSAGE_SENDER = "tests.notices.test_sending.Failing"
    kept = notice(person, "a")
    assert send_due() == 0
    kept.refresh_from_db()
    assert (kept.sent_at, kept.attempts, kept.due_at) == (None, 1, NOW + timedelta(minutes=2))
    settings.MESSAGE_SENDER = "apps.parties.messaging.OutboxSender"
    assert send_due() == 0, "not before its time"
    with time_machine.travel(NOW + timedelta(minutes=3), tick=False):
        assert send_due() == 1


def test_one_persons_failure_holds_up_nobody(person: Person, other_person: Person, settings: Settings) -> None:
    settings.MESSAGE_SENDER = "tests.notices.test_sending.OnlyFor"
    notice(other_person, "b")  # …2 is not taken
    notice(person, "a")  # …1 is
    assert send_due() == 1


def test_without_a_carrier_nothing_is_lost(person: Person, settings: Settings) -> None:
    settings.MESSAGE_SENDER = ""
    notice(person, "a")
    assert send_due() == 0
    assert Notice.objects.filter(due_at__isnull=False, attempts=1).count() == 1


def test_what_a_dying_worker_held_is_sent_by_another(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken for ten minutes: nobody else sends it meanwhile, after that somebody does."""

    def dying(**_: object) -> None:
        raise KeyboardInterrupt

    notice(person, "a")
    monkeypatch.setattr(sending, "send_message", dying)
    with pytest.raises(KeyboardInterrupt):
        send_due()
    monkeypatch.undo()
    assert send_due() == 0
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        assert send_due() == 1


def test_pauses_grow_and_end() -> None:
    waits = [try_again_at(n, NOW) for n in range(1, MOST_ATTEMPTS + 1)]
    assert [(w - NOW) // timedelta(minutes=1) for w in waits[:-1] if w] == [2, 4, 8, 16, 32, 64, 128, 256, 360]
    assert waits[-1] is None


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2027, 1, 10, 4, 29, tzinfo=UTC), datetime(2027, 1, 10, 4, 30, tzinfo=UTC)),  # 07:59 → 08:00
        (datetime(2027, 1, 10, 4, 30, tzinfo=UTC), datetime(2027, 1, 11, 4, 30, tzinfo=UTC)),  # 08:00 → tomorrow
        (datetime(2027, 1, 10, 20, 31, tzinfo=UTC), datetime(2027, 1, 11, 4, 30, tzinfo=UTC)),  # 00:01 → this morning
    ],
)
def test_a_digest_leaves_at_the_citys_hour(now: datetime, then: datetime) -> None:
    assert next_digest(now) == then
    assert due_at(Mode.DIGEST, now) == then
    assert due_at(Mode.AT_ONCE, now) == now


def test_the_tasks_call_their_services(person: Person) -> None:
    notice(person, "a")
    assert tasks.send_notices() == 1
    assert tasks.write_notices() == 0
    assert tasks.tell_of_effects() == 0
