"""The stages of the law within a span of days: on every day of a stage the same editions are in force."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from apps.common.clock import now
from apps.legal.models import InForcePeriod, InstrumentKind
from apps.open_data.spans import Span


def days_of(span: Span, known_at: datetime | None) -> list[date]:
    """One day of each stage of the span, the earliest first: its last day, or its first where it has no end."""
    if span.one_day and span.last is not None:
        return [span.last]
    return stage_days(span, turning_days(known_at))


def stage_days(span: Span, turns: Iterable[date]) -> list[date]:
    """As `days_of`, given the days on which some edition begins to stand otherwise."""
    first, last = span.first or date.min, span.last or date.max
    inside = sorted(day for day in set(turns) if first < day <= last)
    ends = [day - timedelta(days=1) for day in inside]
    if span.last is not None:
        return [*ends, span.last]
    final = inside[-1] if inside else span.first
    return [*ends, final] if final is not None else ends


def turning_days(known_at: datetime | None = None) -> set[date]:
    """Every day on which the status of some edition changes somewhere, as recorded by the instant (None = now)."""
    periods = InForcePeriod.objects.filter(instrument__kind=InstrumentKind.EDITION, known__contains=known_at or now())
    spans = periods.order_by().values_list("legal", flat=True).distinct()
    return {day for legal in spans for day in (legal.lower, legal.upper) if day is not None}


def first_day() -> str | None:
    """The day on which the first edition took effect, as an instant for a temporal extent; None without any law."""
    first = min(turning_days(), default=None)
    return None if first is None else f"{first.isoformat()}T00:00:00Z"
