"""Tasks of this room."""

from celery import shared_task

from apps.cases import deadline_ticks, document_upkeep


@shared_task
def keep_deadlines() -> int:
    """Remind, escalate, and take the steps of deadlines that have passed."""
    return deadline_ticks.tick()


@shared_task
def scan_documents() -> int:
    """Ask the virus scanner about files it gave no answer for."""
    return document_upkeep.scan_again()


@shared_task
def sweep_documents() -> int:
    """Remove stored files that no version names."""
    return document_upkeep.sweep()
