"""Tasks of this room."""

from celery import shared_task

from apps.common.durable import deliver_pending


@shared_task
def deliver_events() -> int:
    """Hand over the events that wait for their listeners."""
    return deliver_pending()
