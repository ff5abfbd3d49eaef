"""Tasks of this room."""

from celery import shared_task

from apps.permits import examining


@shared_task
def examine_requests() -> int:
    """Examine what is behind the law: a day that began at midnight, a request that crossed an act, a lost turn."""
    return examining.examine_all()
