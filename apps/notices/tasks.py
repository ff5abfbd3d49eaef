"""Celery tasks of the notices: call the service."""

from celery import shared_task

from apps.notices import rounds, sending


@shared_task
def write_notices() -> int:
    """Ask the watches about every act that is not settled."""
    return rounds.run_rounds()


@shared_task
def tell_of_effects() -> int:
    """At the city's midnight: acts that work from today on."""
    rounds.open_effect_rounds()
    return rounds.run_rounds()


@shared_task
def send_notices() -> int:
    """Send what is due."""
    return sending.send_due()
