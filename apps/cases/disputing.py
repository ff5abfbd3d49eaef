"""What the type itself asks for may be disputed too: the office then says whether it is needed."""

from django.db import transaction

from apps.cases.asked import check_text
from apps.cases.asks import DISPUTED, OPEN, SETTLED
from apps.cases.capacities import acting_as, capacities, hold_mandate
from apps.cases.models import CaseAsk
from apps.cases.opening import check_owners_turn
from apps.cases.recording import append_history, locked_case
from apps.cases.types.registry import definition_of
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.parties.models import Person

SPOKEN_FOR = (OPEN, DISPUTED, SETTLED)
"""States of an ask in which its document is not missing: it is asked apart, disputed, or not needed."""


@transaction.atomic
def dispute_wanted(*, person: Person, tracking: str, code: str, text: str) -> CaseAsk:
    """The owner holds that a document of the type need not be given, and says why; the office's word settles it.

    The case may be sent in meanwhile. Raises NotFoundError (no such document), ForbiddenError, ConflictError (not the
    owner's turn, disputed already), BadInputError (no reason).
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    check_owners_turn(case, held)
    hold_mandate(case, person, held)
    wanted = next((d for d in definition_of(case).documents if d.code == code), None)
    if wanted is None:
        raise NotFoundError(fa="چنین مدرکی خواسته نشده است.", en="No such document is asked for.")
    if not text.strip():
        raise BadInputError(
            fa="بنویسید چرا این مدرک لازم نیست.", en="Write why this document should not be asked of you."
        )
    check_text(text)
    if case.asks.filter(code=code, state__in=SPOKEN_FOR).exists():
        raise ConflictError(fa="دربارهٔ این مدرک پیش‌تر نوشته‌اید.", en="You have written about this document already.")
    now = clock.now()
    made = CaseAsk.objects.create(
        case=case,
        kind="document",
        code=code,
        title_fa=wanted.name.fa,
        title_en=wanted.name.en,
        reason_fa=wanted.guide.fa,
        reason_en=wanted.guide.en,
        asked_at=now,
        state=DISPUTED,
        answer=text.strip(),
        answered_by=person,
        answered_at=now,
    )
    data = {"ask": made.pk, "title": wanted.name.as_dict(), "text": text.strip(), "as": acting_as(held)}
    append_history(case=case, actor=person, kind=DISPUTED, data=data)
    return made
