"""Reading cases. Every reader goes through `visible_to`; what one may not see is as if it were not there."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.db.models import Q

from apps.cases.models import Case, CaseEvent
from apps.cases.querysets import DRAFT, CaseQuerySet
from apps.common.errors import NotFoundError

if TYPE_CHECKING:
    from apps.parties.models import Person


_ON_LAND = ("one_open_case_per_land", "one_draft_per_land_and_applicant")


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
    """What stands against a new case on a land, without anybody's data; None when the person may open one.

    A case under way, or the person's own draft. Drafts of others hold nothing: who sends in first has the land.
    """
    held = Case.objects.open().filter(land_code=land_code, holds_land=True)
    blocking = held.filter(~Q(status=DRAFT) | Q(status=DRAFT, applicant=person.pk))
    case = blocking.only("opened_at", "tracking", "applicant_id").order_by("pk").first()
    if case is None:
        return None
    own = person.pk is not None and case.applicant_id == person.pk
    return OpenOnLand(since=case.opened_at, own_tracking=case.tracking if own else None)


def is_about_land(error: IntegrityError) -> bool:
    """Whether the database refused a second case on a land."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) in _ON_LAND


def history(case: Case) -> list[CaseEvent]:
    """What happened, oldest first. Call it with a case that came through `visible_case`."""
    return list(case.events.order_by("at", "pk"))
