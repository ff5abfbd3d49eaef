"""Assignments of a day."""

from datetime import date

from django.db.models import Q, QuerySet

from apps.parties.models import Assignment


def held_on(day: date) -> QuerySet[Assignment]:
    """Assignments that hold on a day, of people who are not switched off."""
    held = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    return Assignment.objects.filter(held, person__is_active=True)
