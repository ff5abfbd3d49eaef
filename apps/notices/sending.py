"""Sending notices by message and e-mail, apart from writing them: what fails undoes nothing and is tried again."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from apps.common import clock
from apps.common.errors import UnavailableError
from apps.common.text import Text, persian_digits
from apps.notices.due import try_again_at
from apps.notices.mail import send_mail
from apps.notices.models import Notice
from apps.notices.ways import ways_of
from apps.parties.messaging import send_message
from apps.parties.models import Person

log = logging.getLogger(__name__)
PAGE = "/notices/"
_MOST_TOLD, _MOST_IN_A_LETTER = 3, 40
_SUBJECT = Text("خبرهای پروانه", "News from Parvaneh")
# How long a worker may hold what it took to send; then another one takes it.
LEASE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out: the names of its columns on `Notice`, and who carries."""

    due: str
    sent: str
    attempts: str
    carry: Callable[[Person, Sequence[Notice]], None]


def send_due() -> int:
    """Send what is due, one message to each person and way; returns the messages sent. Safe beside other workers.

    Who was switched off meanwhile is sent nothing: what is told of requests is for officers who still serve.
    """
    now = clock.now()
    return sum(_send(channel, now) for channel in CHANNELS)


def _send(channel: Channel, now: datetime) -> int:
    due = Notice.objects.filter(**{f"{channel.due}__lte": now}, person__is_active=True).order_by("person")
    return sum(_send_to(channel, person, now) for person in list(due.values_list("person", flat=True).distinct()))


def _send_to(channel: Channel, person: int, now: datetime) -> bool:
    taken = _take(channel, person, now)
    if not taken:
        return False
    ids = [n.pk for n in taken]
    try:
        channel.carry(Person.objects.get(pk=person), taken)
    except UnavailableError:
        log.warning("%s notices to person %s were not taken; tried again later", len(ids), person)
        for notice in taken:
            again = try_again_at(getattr(notice, channel.attempts), now)
            Notice.objects.filter(pk=notice.pk).update(**{channel.due: again})
        return False
    Notice.objects.filter(pk__in=ids).update(**{channel.sent: clock.now(), channel.due: None})
    return True


def _take(channel: Channel, person: int, now: datetime) -> list[Notice]:
    """The person's due notices, held for a while so that nobody else sends them too."""
    with transaction.atomic():
        mine = Notice.objects.select_for_update(skip_locked=True).filter(person=person, **{f"{channel.due}__lte": now})
        taken = list(mine.order_by("pk"))
        for notice in taken:
            setattr(notice, channel.attempts, getattr(notice, channel.attempts) + 1)
            setattr(notice, channel.due, now + LEASE)
        Notice.objects.bulk_update(taken, [channel.attempts, channel.due])
    return taken


def _by_message(person: Person, notices: Sequence[Notice]) -> None:
    send_message(to=person.mobile, body=message(notices))


def _by_mail(person: Person, notices: Sequence[Notice]) -> None:
    """To the address that is confirmed now; one that was taken back meanwhile is written to no more."""
    address = ways_of([person.pk])[person.pk].email
    if address:
        send_mail(to=address, subject=_SUBJECT, body=message(notices, most=_MOST_IN_A_LETTER))


def message(notices: Sequence[Notice], *, most: int = _MOST_TOLD) -> Text:
    """One message for all of them: each in full while they are few, else the first ones and how many there are."""
    told = notices if len(notices) <= most else notices[: most - 1]
    fa, en = [n.text_fa for n in told], [n.text_en for n in told]
    more = len(notices) - len(told)
    if more:
        fa.append(f"و {persian_digits(more)} خبر دیگر.")
        en.append(f"And {more} more.")
    link = notices[0].link if len(notices) == 1 else PAGE
    return Text("\n".join([*fa, _address(link, "fa")]), "\n".join([*en, _address(link, "en")]))


def _address(link: str, language: str) -> str:
    """The address of a page in a language: the site's first language has no prefix."""
    prefix = f"/{language}" if language in dict(settings.LANGUAGES) and language != settings.LANGUAGE_CODE else ""
    return f"{settings.PUBLIC_URL}{prefix}{link}"


CHANNELS = (
    Channel("due_at", "sent_at", "attempts", _by_message),
    Channel("mail_due_at", "mail_sent_at", "mail_attempts", _by_mail),
)
