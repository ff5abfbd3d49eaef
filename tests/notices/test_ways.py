"""By message, by e-mail, at once or as a digest; what fails one way goes the other, and undoes nothing."""

import re
import smtplib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import Settings

from apps.cases.models import Case
from apps.cases.telling import tell
from apps.common.clock import now
from apps.common.durable import deliver_pending
from apps.common.text import Text
from apps.notices import preferences
from apps.notices.models import Notice, Preference
from apps.notices.sending import send_due
from apps.parties.mandate_rules import Offer
from apps.parties.mandates_ending import revoke
from apps.parties.mandates_giving import agent_of, give_mandate
from apps.parties.models import MandateKind, OutboxMessage, Person, Scope
from tests.conftest import MakeParcel

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def case(person: Person, make_parcel: MakeParcel) -> Case:
    parcel = make_parcel("3-2-14-5")
    return Case.objects.create(
        tracking="AB12",
        case_type="permit",
        parcel=parcel,
        land_code=parcel.land_code,
        applicant=person,
        opened_at=now(),
    )


def told(case: Case, person: Person, text: str = "A word.") -> Notice:
    tell(case, [person], Text("سخنی.", text))
    deliver_pending()
    return person.notices.get(text_en=text)


def confirmed(person: Person, **wish: object) -> Preference:
    return Preference.objects.create(
        person=person, email="sara@example.org", email_confirmed_at=now(), **{"sms": True, **wish}
    )


def test_whatever_is_told_about_a_case_is_forwarded_without_any_wish(case: Case, person: Person) -> None:
    notice = told(case, person)
    assert notice.due_at is not None
    assert notice.mail_due_at is None
    assert send_due() == 1
    assert OutboxMessage.objects.get().to == person.mobile


def test_both_ways_and_one_that_fails_does_not_hold_up_the_other(
    case: Case, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(person)
    notice = told(case, person)

    def refuse(*_: object, **__: object) -> int:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert send_due() == 1, "the message left"
    notice.refresh_from_db()
    assert (notice.sent_at is None, notice.mail_sent_at, notice.mail_attempts) == (False, None, 1)
    assert Notice.objects.count() == 1, "what was told stays told"
    monkeypatch.undo()
    with time_machine.travel(now() + timedelta(minutes=3), tick=False):
        assert send_due() == 1
    letter = mail.outbox[0]
    assert letter.to == ["sara@example.org"]
    assert "A word." in letter.body
    assert letter.body.index("سخنی.") < letter.body.index("A word.")


def test_a_digest_waits_for_its_hour_and_is_one_letter(case: Case, person: Person) -> None:
    with time_machine.travel(NOON, tick=False):
        confirmed(person, cases="digest", sms=False)
        told(case, person, "One.")
        told(case, person, "Two.")
        assert send_due() == 0
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert send_due() == 1
    assert [("One." in m.body, "Two." in m.body) for m in mail.outbox] == [(True, True)]
    assert not OutboxMessage.objects.exists(), "no message was wanted"


def test_an_address_taken_back_is_written_to_no_more(case: Case, person: Person) -> None:
    confirmed(person, sms=False)
    told(case, person)
    preferences.ask_email(person=person, email="")
    assert send_due() == 0
    assert not mail.outbox


def test_an_address_counts_once_its_link_was_opened(signed_in: Client, person: Person, other_person: Person) -> None:
    page = signed_in.post(
        "/en/notices/settings/", {"cases": "digest", "sms": "on", "email": "sara@example.org"}, follow=True
    )
    assert "Open the link in the letter" in page.content.decode()
    kept = preferences.preference_of(person)
    assert (kept.cases, kept.email) == ("digest", "")
    link = re.search(r"/notices/email/\S+", mail.outbox[0].body)
    assert link is not None
    stranger = Client()
    assert stranger.get(link.group()).status_code == 302
    stranger.force_login(other_person)
    assert stranger.post(link.group()).status_code == 404
    assert signed_in.get(link.group()).status_code == 200
    assert preferences.preference_of(person).email == "", "opening the page alone confirms nothing"
    assert signed_in.post(link.group()).status_code == 302
    assert preferences.preference_of(person).email == "sara@example.org"


def test_an_old_or_bent_link_confirms_nothing(signed_in: Client, person: Person) -> None:
    preferences.ask_email(person=person, email="sara@example.org")
    path = re.search(r"/notices/email/(\S+)/", mail.outbox[0].body)
    assert path is not None
    assert signed_in.post(f"/notices/email/x{path.group(1)}/").status_code == 404
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        signed_in.force_login(person)
        assert signed_in.post(path.group()).status_code == 404


@pytest.mark.parametrize("bad", ["nobody", "a@b", "a@b.c\nBcc: all@example.org"])
def test_an_address_that_is_none(signed_in: Client, bad: str) -> None:
    answer = signed_in.post("/notices/settings/", {"cases": "at_once", "email": bad})
    assert answer.status_code == 400
    assert not mail.outbox


def test_letters_are_limited(signed_in: Client) -> None:
    codes = [
        signed_in.post("/notices/settings/", {"cases": "at_once", "email": f"n{n}@example.org"}).status_code
        for n in range(6)
    ]
    assert codes == [302] * 5 + [429]


def test_a_site_without_mail_offers_none(signed_in: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = ""
    assert 'name="email"' not in signed_in.get("/notices/settings/").content.decode()
    assert signed_in.post("/notices/settings/", {"cases": "at_once", "email": "a@example.org"}).status_code == 409


def test_the_owner_is_told_of_each_mandate_at_once(person: Person, other_person: Person) -> None:
    confirmed(person, cases="digest")
    offer = Offer(
        kind=MandateKind.TECHNICAL_AGENT,
        scopes=frozenset({Scope.VIEW}),
        until=now() + timedelta(days=9),
        land_code="3-2-14-5",
    )
    given = give_mandate(principal=person, agent=agent_of(mobile=other_person.mobile), offer=offer)
    deliver_pending()
    revoke(person=person, mandate=given.pk)
    deliver_pending()
    texts = list(person.notices.order_by("pk").values_list("text_en", flat=True))
    assert [text.split(":")[0] for text in texts] == ["A mandate was given", "Ended"]
    assert "Sample Two" in texts[0]
    assert all(n.due_at <= now() and n.mail_due_at <= now() for n in person.notices.all())
    assert not other_person.notices.exists()
