"""Celery tasks of the overlay: load, call the service."""

from celery import shared_task

from apps.common import clock
from apps.extracts import kept, law_reader, overlays


# Retried with growing pauses whatever the failure; after that the chunk stays incomplete, so it reads as
# "not known", `manage.py overlay_status` shows it and `manage.py request_overlays` queues it again.
@shared_task(autoretry_for=(Exception,), retry_backoff=2, retry_backoff_max=600, max_retries=6)
def compute_overlay_chunk(chunk: int, edition_ids: list[int]) -> int:
    """Compute what a chunk owes to these editions."""
    return overlays.compute_chunk(chunk=chunk, edition_ids=edition_ids)


@shared_task
def sweep_kept_extracts() -> int:
    """Delete kept extracts that no question of today reaches."""
    today = clock.today()
    return kept.sweep(today=today, law=law_reader.renew(today))


@shared_task
def continue_overlays() -> int:
    """Queue whatever the overlays still owe: a chunk that failed, a message that was lost."""
    return overlays.request_overlays()
