"""Write doors of permit requests."""

from django.db import transaction

from apps.cases.models import Case
from apps.cases.selectors import visible_case
from apps.cases.services import take_step
from apps.parties.models import Person
from apps.permits.evidence import read_digest
from apps.permits.examined import wake_if_behind
from apps.permits.models import PermitRequest
from apps.permits.starting import check_free, sign_in_required, start
from apps.permits.states import DRAFT

__all__ = ["Case", "cancel", "check_free", "sign_in_required", "start", "submit"]


def cancel(*, person: Person, tracking: str) -> Case:
    """Give up a draft, or withdraw what was sent in; the land is free again.

    Raises NotFoundError or ConflictError with the reason.
    """
    verb = "cancel" if visible_case(tracking=tracking, person=person).status == DRAFT else "withdraw"
    return take_step(tracking=tracking, actor=person, verb=verb)


@transaction.atomic
def submit(*, person: Person, tracking: str, accepted: str = "", expected: str = "") -> PermitRequest:
    """Send a draft in: the extract of this instant is frozen, the filing day noted.

    `accepted`: digest of the answer the person has read; needed when it is another than the one the draft rests on.
    Raises NotFoundError, ConflictError (held, being examined, not complete, sent in already), AnswerChangedError.
    """
    case = take_step(
        tracking=tracking, actor=person, verb="submit", data={"accepted": read_digest(accepted)}, expected=expected
    )
    transaction.on_commit(wake_if_behind, robust=True)
    return PermitRequest.objects.select_related("case", "case__parcel").get(case=case)
