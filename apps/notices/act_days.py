"""Acts that work from a later day than they were recorded on, and whether they really did. Days of the city."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from psycopg.types.range import Range

from apps.legal.acts import ActKind, Status
from apps.legal.models import InForcePeriod, LegalAct

_STANDS_BY_PERIOD = frozenset({ActKind.PROMULGATE, ActKind.ANNUL, ActKind.REPEAL})
_ANNOUNCED = Status.PROMULGATED.value


def midnight(day: date) -> datetime:
    """The first instant of a legal day in the city."""
    return timezone.make_aware(datetime.combine(day, time()))


def taking_effect(acts: QuerySet[LegalAct], *, until: date) -> QuerySet[LegalAct]:
    """Those of the acts that were recorded on an earlier day than they work from, with that day until `until`."""
    recorded_on = TruncDate("recorded_at", tzinfo=timezone.get_current_timezone())
    return acts.filter(effective_on__gt=recorded_on, effective_on__lte=until)


def still_standing(acts: Iterable[LegalAct]) -> Iterator[LegalAct]:
    """Those that really did what they say on their day, as known when it began: none suspended or annulled before."""
    listed = list(acts)
    periods: dict[int, list[InForcePeriod]] = {}
    for period in InForcePeriod.objects.filter(act__in=[a.pk for a in listed]).defer("scope"):
        periods.setdefault(period.act_id or 0, []).append(period)
    for act in listed:
        instant = max(midnight(act.effective_on), act.recorded_at)
        held = (p for p in periods.get(act.pk, ()) if _within(p.legal, act.effective_on) and _within(p.known, instant))
        if act.kind not in _STANDS_BY_PERIOD or any(p.status != _ANNOUNCED for p in held):
            yield act


def _within(span: Range[Any], moment: date) -> bool:
    """Whether a half-open range holds a day, or an instant."""
    lower, upper = span.lower, span.upper
    return (lower is None or lower <= moment) and (upper is None or moment < upper)
