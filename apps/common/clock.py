"""The one place that reads the wall clock. Everything else takes its day or instant as an argument."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The current instant, aware, UTC."""
    return timezone.now()


def today() -> date:
    """The current legal day in the city's time zone (settings.TIME_ZONE)."""
    return timezone.localdate(timezone.now())
