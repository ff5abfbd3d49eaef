"""Who looked at a case, or took something out of it: written at each view, read by the case's own people."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Window
from django.db.models.expressions import BaseExpression
from django.db.models.functions import RowNumber, TruncDate

from apps.cases.capacities import OWNER_SIDE, acting_as, capacities
from apps.cases.models import AccessRecord, Case
from apps.common import clock
from apps.common.errors import ForbiddenError
from apps.parties.models import Person

_SHOWN = 200
VIEW, DOWNLOAD = "view", "download"


def record(
    *,
    case: Case,
    person: "Person | AnonymousUser",
    what: str,
    thing: str = "",
    address: str | None = None,
    held: frozenset[str] | None = None,
) -> None:
    """That `person` saw the case (`what` view) or took `thing` out of it (download). In the view's own transaction.

    `held`: the person's capacities when they are known already.
    """
    if not isinstance(person, Person):
        return
    capacity = (
        acting_as(capacities(case, person) if held is None else held) or getattr(case, "seen_because", "") or "other"
    )
    AccessRecord.objects.create(
        case=case, person=person, capacity=capacity, what=what, thing=thing[:120], address=address, at=clock.now()
    )


def log_of(*, case: Case, person: "Person | AnonymousUser") -> list[AccessRecord]:
    """The newest looks, for the owner's side and for auditors: one entry for each person, day and thing.

    `times` of an entry: how often. So nobody drives a look out of the list by looking again and again. Raises
    ForbiddenError for others.
    """
    seen = getattr(case, "seen_because", "")
    if not capacities(case, person) & OWNER_SIDE and seen != "auditor":
        raise ForbiddenError(
            fa="فهرست بازدیدها را مالک و بازرس می‌بینند.", en="The list of accesses is for the owner and the auditor."
        )
    alike: list[BaseExpression | F] = [F("person"), F("capacity"), F("what"), F("thing"), TruncDate("at")]
    rows = AccessRecord.objects.filter(case=case).annotate(
        times=Window(Count("pk"), partition_by=alike),
        newest=Window(RowNumber(), partition_by=alike, order_by=F("pk").desc()),
    )
    return list(rows.filter(newest=1).select_related("person").order_by("-pk")[:_SHOWN])
