"""Reading cases. Every reader goes through `visible_to`; what one may not see is as if it were not there."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from apps.cases.models import Case, CaseEvent
from apps.cases.querysets import CaseQuerySet
from apps.common.errors import NotFoundError

if TYPE_CHECKING:
    from apps.parties.models import Person


@dataclass(frozen=True, slots=True)
class OpenOnLand:
    """That a case is open on a land, since when; `own_tracking` only for its own applicant."""

    since: datetime
    own_tracking: str | None


def visible_cases(person: "Person | AnonymousUser") -> CaseQuerySet:
    """The person's cases, newest first, with the parcel's code; each row says why it is seen (`seen_because`)."""
    return Case.objects.visible_to(person).select_related("parcel")


def visible_case(*, tracking: str, person: "Person | AnonymousUser") -> Case:
    """One case. Raises NotFoundError alike for a case that is not there and for one of somebody else."""
    case = visible_cases(person).filter(tracking=tracking.strip().upper()).first()
    if case is None:
        raise NotFoundError(
            fa=f"درخواستی با شمارهٔ پیگیری «{tracking}» در کارتابل شما نیست. شماره را بررسی کنید.",
            en=f"No request with the tracking number “{tracking}” is in your list. Check the number.",
            tracking=tracking,
        )
    return case


def open_on_land(*, land_code: str, person: "Person | AnonymousUser") -> OpenOnLand | None:
    """The open case of a land, without anybody's data; None when the land is free."""
    case = (
        Case.objects.open()
        .filter(land_code=land_code, holds_land=True)
        .only("opened_at", "tracking", "applicant_id")
        .first()
    )
    if case is None:
        return None
    own = person.pk is not None and case.applicant_id == person.pk
    return OpenOnLand(since=case.opened_at, own_tracking=case.tracking if own else None)


def history(case: Case) -> list[CaseEvent]:
    """What happened, oldest first. Call it with a case that came through `visible_case`."""
    return list(case.events.order_by("at", "pk"))
