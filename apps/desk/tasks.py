"""Celery tasks of the desk: load, call the service."""

from uuid import UUID

from celery import shared_task

from apps.desk import intake_running, upload_room


@shared_task
def run_intake(run: str) -> None:
    """Take a layer in."""
    intake_running.perform(UUID(run))


@shared_task
def revive_runs() -> int:
    """Take up runs whose worker died, or whose message was lost."""
    return intake_running.revive()


@shared_task
def sweep_uploads() -> int:
    """Delete uploads whose time is over."""
    return upload_room.sweep()
