"""An officer has seen the deed: a declared co-owner and share are so, or are so no more."""

from django.db import transaction

from apps.cases.capacities import acting_as, capacities, side_of
from apps.cases.models import CaseParty
from apps.cases.querysets import CLOSED
from apps.cases.recording import append_history, locked_case
from apps.common.errors import ConflictError, ForbiddenError, NotFoundError
from apps.parties.models import Person


@transaction.atomic
def confirm(*, person: Person, tracking: str, pk: int) -> CaseParty:
    """Confirm a co-owner of a case. Raises NotFoundError, ForbiddenError (no officer of it), ConflictError (closed)."""
    return _say(person, tracking, pk, confirmed=True)


@transaction.atomic
def reopen(*, person: Person, tracking: str, pk: int) -> CaseParty:
    """The deed says so no more (a share was sold): the owner's side may take this co-owner off. Raises as `confirm`."""
    return _say(person, tracking, pk, confirmed=False)


def _say(person: Person, tracking: str, pk: int, *, confirmed: bool) -> CaseParty:
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    if side_of(held) != "office":
        raise ForbiddenError(fa="این کار با کارشناسان این پرونده است.", en="This is for the officers of this case.")
    if case.status in CLOSED:
        raise ConflictError(fa="این پرونده بسته است.", en="This case is closed.", status=case.status)
    party = CaseParty.objects.filter(case=case, pk=pk, removed_at__isnull=True).first()
    if party is None:
        raise NotFoundError(fa="چنین مالکی در این پرونده نیست.", en="There is no such owner on this case.")
    if (party.confirmed_by_id is not None) == confirmed:
        return party
    party.confirmed_by = person if confirmed else None
    party.save(update_fields=["confirmed_by"])
    kind = "co_owner_confirmed" if confirmed else "co_owner_reopened"
    append_history(case=case, actor=person, kind=kind, data={"party": pk, "as": acting_as(held)})
    return party
