"""Tasks of this room."""

from celery import shared_task

from apps.permits import examining, inspection_ending


@shared_task
def examine_requests() -> int:
    """Examine what is behind the law: a day that began at midnight, a request that crossed an act, a lost turn."""
    return examining.examine_all()


@shared_task
def free_visits() -> int:
    """Free the visits whose day became a day off."""
    return inspection_ending.free_closed_days()
