"""Sending notices by message, apart from writing them: what fails here undoes nothing and is tried again."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from apps.common import clock
from apps.common.errors import UnavailableError
from apps.common.text import Text, persian_digits
from apps.notices.due import try_again_at
from apps.notices.models import Notice
from apps.parties.messaging import send_message
from apps.parties.models import Person

log = logging.getLogger(__name__)
PAGE = "/notices/"
_MOST_TOLD = 3
# How long a worker may hold what it took to send; then another one takes it.
LEASE = timedelta(minutes=10)


def send_due() -> int:
    """Send what is due, one message to each person; returns the messages sent. Safe beside other workers.

    Who was switched off meanwhile is sent nothing: what is told of requests is for officers who still serve.
    """
    now = clock.now()
    due = Notice.objects.filter(due_at__lte=now, person__is_active=True).order_by("person")
    return sum(_send_to(person, now) for person in list(due.values_list("person", flat=True).distinct()))


def _send_to(person: int, now: datetime) -> bool:
    taken = _take(person, now)
    if not taken:
        return False
    mobile = Person.objects.values_list("mobile", flat=True).get(pk=person)
    ids = [n.pk for n in taken]
    try:
        send_message(to=mobile, body=message(taken))
    except UnavailableError:
        log.warning("%s notices to person %s were not taken; tried again later", len(ids), person)
        for notice in taken:
            Notice.objects.filter(pk=notice.pk).update(due_at=try_again_at(notice.attempts, now))
        return False
    Notice.objects.filter(pk__in=ids).update(sent_at=clock.now(), due_at=None)
    return True


def _take(person: int, now: datetime) -> list[Notice]:
    """The person's due notices, held for a while so that nobody else sends them too."""
    with transaction.atomic():
        mine = Notice.objects.select_for_update(skip_locked=True).filter(person=person, due_at__lte=now)
        taken = list(mine.order_by("pk"))
        for notice in taken:
            notice.attempts += 1
            notice.due_at = now + LEASE
        Notice.objects.bulk_update(taken, ["attempts", "due_at"])
    return taken


def message(notices: Sequence[Notice]) -> Text:
    """One message for all of them: each in full while they are few, else the first ones and how many there are."""
    told = notices if len(notices) <= _MOST_TOLD else notices[: _MOST_TOLD - 1]
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
