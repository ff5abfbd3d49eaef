"""Reading people and, in the demo only, the messages sent to them."""

from django.conf import settings

from apps.common.errors import NotFoundError
from apps.parties.models import OutboxMessage, Person

_SHOWN = 50


def person_by_mobile(mobile: str) -> Person | None:
    """The person with this canonical number, or None."""
    return Person.objects.filter(mobile=mobile).first()


def outbox() -> list[OutboxMessage]:
    """The newest messages. NotFoundError outside the demo, where this page would hand out people's codes."""
    if not settings.OUTBOX_SHOWN:
        raise NotFoundError(
            fa="چنین صفحه‌ای نیست. نشانی را بررسی کنید یا از نقشه آغاز کنید.",
            en="There is no such page. Check the address, or start from the map.",
        )
    return list(OutboxMessage.objects.all()[:_SHOWN])
