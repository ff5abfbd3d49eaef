"""The door must be able to work, and must not work like a demo in production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.utils.module_loading import import_string

from apps.parties.mobile import city_plan

DEMO_SENDER = "apps.parties.messaging.OutboxSender"


@register()
def city_has_a_numbering_plan(**_kwargs: Any) -> list[CheckMessage]:
    """Without it no mobile number can be read."""
    try:
        city_plan()
    except KeyError as error:
        hint = 'Add [phone] with country, trunk, national, example to city.toml, e.g. country = "98".'
        return [
            Error(
                f"The city package does not say how mobile numbers are written: {error}", hint=hint, id="parvaneh.E010"
            )
        ]
    return []


@register()
def messages_have_a_carrier(**_kwargs: Any) -> list[CheckMessage]:
    """MESSAGE_SENDER names an importable carrier; in production a real one, and no outbox."""
    if not settings.MESSAGE_SENDER:
        hint = "Set MESSAGE_SENDER to a class with send(*, to, body); see apps/parties/messaging.py."
        return [Warning("No MESSAGE_SENDER: nobody can sign in.", hint=hint, id="parvaneh.W011")]
    try:
        import_string(settings.MESSAGE_SENDER)
    except ImportError as error:
        return [Error(f"MESSAGE_SENDER cannot be imported: {error}", id="parvaneh.E012")]
    if settings.STRICT and (settings.MESSAGE_SENDER == DEMO_SENDER or settings.OUTBOX_SHOWN):
        hint = "In production name a real carrier; the outbox would hand out people's codes."
        return [Error("The demo's outbox is in use.", hint=hint, id="parvaneh.E013")]
    return []
