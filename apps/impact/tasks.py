"""Celery tasks of impact reports: load, call the service."""

from celery import shared_task

from apps.impact import running, services


@shared_task
def run_report(report: int) -> None:
    """Compute a report, or go on with it."""
    running.perform(report)


@shared_task
def revive_reports() -> int:
    """Take up reports whose worker died, whose message was lost, or that waited for an overlay."""
    return running.revive()


@shared_task
def sweep_reports() -> int:
    """Delete old reports that a newer one has replaced."""
    return services.sweep()
