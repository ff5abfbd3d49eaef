"""Celery tasks of this room: load, call the service."""

from celery import shared_task

from apps.map_services import difference_work, differences


# Retried with growing pauses whatever the failure; cells that stand are not computed again.
@shared_task(autoretry_for=(Exception,), retry_backoff=2, retry_backoff_max=600, max_retries=6)
def compute_difference(key: str) -> None:
    """Compute what is not done yet of a difference."""
    difference_work.compute(key)


@shared_task
def continue_differences() -> int:
    """Take up differences whose worker or message was lost; returns how many are unfinished."""
    keys = differences.unfinished()
    for key in keys:
        compute_difference.delay(key)
    return len(keys)
