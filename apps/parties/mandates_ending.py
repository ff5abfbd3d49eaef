"""Ending a mandate: at once, once, by its principal, its agent or the city. An ended one stays to be read."""

from django.db import transaction
from django.db.models import QuerySet

from apps.common import clock
from apps.common.errors import BadInputError, ForbiddenError, NotFoundError
from apps.common.events import publish
from apps.parties.events import MandateEnded
from apps.parties.mandates import about, given_by, of_agent, standing
from apps.parties.memberships import BINDING, is_member
from apps.parties.models import EndGround, Mandate, Person, Role
from apps.parties.roles import require

_REASON = 200


@transaction.atomic
def revoke(*, person: Person, mandate: int) -> Mandate:
    """The principal takes it back, from this instant. Again, or after it lapsed: nothing happens.

    Waits for a step that is being taken by it, and lets none begin. Raises NotFoundError for anybody else's.
    """
    return _end(_locked(given_by(person), mandate), by=person, ground=EndGround.REVOKED)


@transaction.atomic
def renounce(*, person: Person, mandate: int) -> Mandate:
    """The agent steps back; of an office, who binds it. Idempotent. Raises NotFoundError, ForbiddenError."""
    row = _locked(of_agent(person), mandate)
    if row.agent_organisation is not None and not is_member(person, row.agent_organisation, roles=BINDING):
        raise ForbiddenError(
            fa="تنها مدیر یا صاحب امضای دفتر از نمایندگی کنار می‌رود. از او بخواهید.",
            en="Only a manager or signatory of the office steps back from a mandate. Ask one of them.",
        )
    return _end(row, by=person, ground=EndGround.RENOUNCED)


@transaction.atomic
def reclaim(*, person: Person, land_code: str = "", tracking: str = "") -> list[Mandate]:
    """The principal takes a land or a case back into their own hands: every standing mandate on it ends at once."""
    mine = standing().filter(about(land_code=land_code, tracking=tracking), pk__in=given_by(person).values("pk"))
    rows = list(Mandate.objects.select_for_update(of=("self",)).filter(pk__in=list(mine.values_list("pk", flat=True))))
    return [_end(row, by=person, ground=EndGround.REVOKED) for row in rows]


@transaction.atomic
def end_by_officer(*, officer: Person, mandate: int, district: int, reason: str) -> Mandate:
    """The district's head ends one: a forged power of attorney, a death, an order of a court. Idempotent.

    `district`: of the land or case, as the caller knows it. Raises BadInputError (no reason), ForbiddenError,
    NotFoundError.
    """
    require(officer, Role.DISTRICT_HEAD, districts=[district])
    said = " ".join(reason.split())
    if not said or len(said) > _REASON:
        raise BadInputError(
            fa="دلیل پایان دادن را بنویسید، حداکثر دویست نویسه؛ مالک و نماینده آن را می‌خوانند.",
            en="Write the reason, at most 200 characters; the owner and the agent read it.",
            field="reason",
        )
    return _end(_locked(Mandate.objects.all(), mandate), by=officer, ground=EndGround.OFFICER, reason=said)


def _locked(visible: QuerySet[Mandate], mandate: int) -> Mandate:
    """The row as it is now, locked: whoever uses it in a step holds the same lock (`mandates.used_for`)."""
    rows = visible.filter(pk=mandate).select_related("agent_organisation").select_for_update(of=("self",))
    found = rows.first()
    if found is None:
        raise NotFoundError(
            fa="چنین نمایندگی‌ای در فهرست شما نیست. صفحهٔ «نمایندگی‌های من» را تازه کنید.",
            en="There is no such mandate in your list. Reload “My mandates”.",
        )
    return found


def _end(row: Mandate, *, by: Person, ground: EndGround, reason: str = "") -> Mandate:
    now = clock.now()
    if row.ended_at is not None or row.until <= now:
        return row
    # A clock that runs behind the one that gave it must not keep its principal from taking it back.
    row.ended_at, row.ended_by, row.end_ground, row.end_reason = max(now, row.given_at), by, ground, reason
    row.save(update_fields=["ended_at", "ended_by", "end_ground", "end_reason"])
    publish(
        MandateEnded(
            mandate_id=row.pk,
            principal_id=row.principal_id,
            by_id=by.pk,
            ground=ground.value,
            land_code=row.land_code,
            case_tracking=row.case_tracking,
        )
    )
    return row
