"""E-mail, through Django's own backends (settings.EMAIL_BACKEND): SMTP in production, the outbox in the demo."""

import logging
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from apps.common import clock
from apps.common.errors import UnavailableError
from apps.common.text import Text
from apps.parties.models import OutboxMessage

log = logging.getLogger(__name__)
_RULE = "\n\n――――――――\n\n"
_LONGEST_ADDRESS = 40


class OutboxBackend(BaseEmailBackend):
    """The demo's carrier of e-mail: keeps it for the outbox page and sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each; returns how many."""
        for message in email_messages:
            fa, _, en = str(message.body).partition(_RULE)
            to = message.to[0][:_LONGEST_ADDRESS]
            OutboxMessage.objects.create(to=to, channel="email", body_fa=fa, body_en=en or fa, created_at=clock.now())
        return len(email_messages)


def mail_is_offered() -> bool:
    """Whether this site can send e-mail at all."""
    return bool(settings.EMAIL_BACKEND)


def send_mail(*, to: str, subject: Text, body: Text) -> None:
    """One e-mail in both languages, Persian first. Raises UnavailableError that names no address and no cause."""
    if not mail_is_offered():
        log.error("EMAIL_BACKEND is not set: no e-mail can leave")
        raise _not_sent()
    message = EmailMessage(subject=f"{subject.fa} | {subject.en}", body=f"{body.fa}{_RULE}{body.en}", to=[to])
    try:
        taken = message.send()
    except (smtplib.SMTPException, OSError) as error:
        log.exception("an e-mail was not taken")
        raise _not_sent() from error
    if not taken:
        raise _not_sent()


def _not_sent() -> UnavailableError:
    return UnavailableError(
        fa="نامه فرستاده نشد. چیزی از دست نرفته است؛ کمی دیگر دوباره تلاش کنید.",
        en="The e-mail could not be sent. Nothing was lost; try again in a while.",
        part="mail",
        retry_after=300,
    )
