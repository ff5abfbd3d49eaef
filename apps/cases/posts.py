"""The conversation of a case: both sides read it, nobody edits it."""

from django.db import transaction

from apps.cases.capacities import acting_as, capacities, hold_mandate, side_of, told_of
from apps.cases.models import Case, CasePost
from apps.cases.recording import check_not_over, locked_case
from apps.cases.telling import at_office, tell
from apps.common import clock
from apps.common.errors import BadInputError, ForbiddenError
from apps.common.text import Text, has_controls, persian_digits
from apps.parties.models import Person

_LONGEST = 4000
VIEWER_ONLY = frozenset({"viewer"})


@transaction.atomic
def say(*, person: Person, tracking: str, text: str) -> CasePost:
    """One more sentence; the other side is told of it. Raises NotFoundError, ForbiddenError, BadInputError.

    ConflictError once the case is closed.
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    side = side_of(held)
    if not side or held == VIEWER_ONLY:
        raise ForbiddenError(
            fa="شما این پرونده را تنها می‌بینید و پیامی نمی‌نویسید.", en="You may look at this case, not write in it."
        )
    hold_mandate(case, person, held)
    check_not_over(case)
    words = text.strip()
    if not words or len(words) > _LONGEST or has_controls(words):
        raise BadInputError(
            fa=f"پیام را بنویسید: حداکثر {persian_digits(_LONGEST)} نویسه و بی نویسهٔ نامرئی.",
            en=f"Write a message: at most {_LONGEST} characters, without invisible ones.",
        )
    post = CasePost.objects.create(
        case=case, author=person, capacity=acting_as(held), side=side, text=words, at=clock.now()
    )
    others = [owner for owner in told_of(case) if owner.pk != person.pk]
    tell(case, [*others, *at_office(case)] if side == "owner" else others, _told(case, side))
    return post


def _told(case: Case, side: str) -> Text:
    tracking = f"\u2066{case.tracking}\u2069"
    if side == "owner":
        return Text(fa=f"پیام تازه‌ای از مالک در پروندهٔ {tracking} هست.", en=f"The owner wrote in case {case.tracking}.")
    return Text(fa=f"شهرداری در پروندهٔ {tracking} پیامی نوشت.", en=f"The city wrote in case {case.tracking}.")
