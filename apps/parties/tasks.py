"""What the queue does for this room."""

from celery import shared_task

from apps.parties import sign_in_log


@shared_task
def sweep_sign_ins() -> int:
    """Delete sign-ins whose time is over; how many."""
    return sign_in_log.sweep()
