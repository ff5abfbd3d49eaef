"""The visits of an inspector: what is left over, today's, and those to come. Only cases that the inspector sees."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from apps.cases.models import Case
from apps.common import clock
from apps.common.errors import ForbiddenError
from apps.common.work_calendar import city_calendar
from apps.parties.models import Person, Role
from apps.parties.reaching import reach_by_role
from apps.permits.models_inspection import BOOKED, HOLDING, InspectionVisit

DAYS_AHEAD = 14
_MOST = 200


@dataclass(frozen=True, slots=True)
class MyVisits:
    """Booked visits of former days that nobody reported on, those of today, and those of the days to come."""

    today: date
    late: tuple[InspectionVisit, ...]
    now: tuple[InspectionVisit, ...]
    coming: tuple[InspectionVisit, ...]


def my_visits(person: "Person | AnonymousUser") -> MyVisits:
    """In the districts of the person's role. Raises ForbiddenError for who is no inspector."""
    reach = reach_by_role(person) if isinstance(person, Person) else {}
    if Role.INSPECTOR.value not in reach:
        raise ForbiddenError(fa="این فهرست برای مأموران بازدید است.", en="This list is for inspectors.")
    today = city_calendar().local_day(clock.now())
    cases = Case.objects.visible_to(person).exclude(applicant=person.pk).values("pk")
    found = InspectionVisit.objects.filter(case__in=cases, day__lte=today + timedelta(days=DAYS_AHEAD))
    districts = reach[Role.INSPECTOR.value]
    if districts is not None:
        found = found.filter(district__in=sorted(districts))
    rows = list(_shown(found, today))
    return MyVisits(
        today=today,
        late=tuple(v for v in rows if v.day < today),
        now=tuple(v for v in rows if v.day == today),
        coming=tuple(v for v in rows if v.day > today),
    )


def _shown(found: QuerySet[InspectionVisit], today: date) -> QuerySet[InspectionVisit]:
    late, rest = found.filter(day__lt=today, state=BOOKED), found.filter(day__gte=today, state__in=HOLDING)
    return (late | rest).select_related("case", "case__parcel").order_by("day", "starts", "seat")[:_MOST]
