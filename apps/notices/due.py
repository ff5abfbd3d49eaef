"""When a notice is to be sent, and when to try again. Pure but for the city's time zone."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from apps.notices.models import Mode

MOST_ATTEMPTS = 10
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=6)


def due_at(mode: str, now: datetime) -> datetime:
    """At once, or at the next hour of the daily digest in the city."""
    return now if mode == Mode.AT_ONCE else next_digest(now)


def next_digest(now: datetime) -> datetime:
    """The next time the clock of the city strikes `settings.NOTICE_DIGEST_HOUR`."""
    day = timezone.localtime(now).date()
    today, tomorrow = (_strikes(day + timedelta(days=n)) for n in (0, 1))
    return today if today > now else tomorrow


def try_again_at(attempts: int, now: datetime) -> datetime | None:
    """After so many failed attempts: a pause that doubles; None = no more."""
    if attempts >= MOST_ATTEMPTS:
        return None
    pause: timedelta = _FIRST_PAUSE * 2 ** (attempts - 1)
    return now + min(pause, _LONGEST_PAUSE)


def _strikes(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(settings.NOTICE_DIGEST_HOUR)))
