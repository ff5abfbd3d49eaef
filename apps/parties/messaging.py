"""Messages to people. The carrier is replaceable: settings.MESSAGE_SENDER names a class with `send`."""

import logging
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from apps.common import clock
from apps.common.errors import UnavailableError
from apps.common.text import Text
from apps.parties.models import OutboxMessage

log = logging.getLogger(__name__)


class SendingFailedError(Exception):
    """A carrier raises this when it did not take the message; its text goes to the log only."""


class Sender(Protocol):
    """Carries one message to one mobile number."""

    def send(self, *, to: str, body: Text) -> None:
        """Hand over, or raise SendingFailedError within a few seconds."""
        ...


class OutboxSender:
    """The demo's carrier: keeps the message for the outbox page and sends nothing."""

    KEEP = 500

    def send(self, *, to: str, body: Text) -> None:
        """Keep the message; the oldest beyond KEEP are dropped."""
        OutboxMessage.objects.create(to=to, body_fa=body.fa, body_en=body.en, created_at=clock.now())
        old = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True)[self.KEEP : self.KEEP + 50]
        OutboxMessage.objects.filter(pk__in=list(old)).delete()


def send_message(*, to: str, body: Text) -> None:
    """Hand `body` to the configured carrier. Raises UnavailableError (503) that names no number and no cause."""
    if not settings.MESSAGE_SENDER:
        log.error("MESSAGE_SENDER is not set: no message can leave")
        raise _not_sent()
    sender: Sender = import_string(settings.MESSAGE_SENDER)()
    try:
        sender.send(to=to, body=body)
    except SendingFailedError as error:
        log.exception("a message was not taken by %s", settings.MESSAGE_SENDER)
        raise _not_sent() from error


def _not_sent() -> UnavailableError:
    return UnavailableError(
        fa="پیامک فرستاده نشد. چیزی از دست نرفته است؛ چند دقیقهٔ دیگر دوباره کد بخواهید.",
        en="The text message could not be sent. Nothing was lost; ask for a code again in a few minutes.",
        part="messages",
        retry_after=120,
    )
