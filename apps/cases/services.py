"""Write doors of cases: lock, check, write, append history, tell others after commit."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from apps.cadastre.models import Parcel
from apps.cases.events import CaseMoved, CaseOpened
from apps.cases.hold_facts import standing_holds
from apps.cases.models import Case, CaseEvent, CaseStatus
from apps.cases.selectors import OpenOnLand, open_on_land, visible_case
from apps.cases.workflow import Standing, Transition, judge
from apps.common import clock
from apps.common.calendar import day_en, jalali_fa
from apps.common.errors import ConflictError, ParvanehError
from apps.common.events import publish
from apps.common.ids import tracking_number
from apps.parties.models import Person

_TRIES = 5
_ONE_OPEN = "one_open_case_per_land"


def open_case(*, parcel: Parcel, applicant: Person, case_type: str, prefix: str, channel: str = "portal") -> Case:
    """A new draft case. Raises ConflictError when the land (first four parts of the code) has an open one.

    Safe against a race: the database constraint decides, and the loser gets the same error.
    """
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return _insert(parcel=parcel, applicant=applicant, case_type=case_type, prefix=prefix, channel=channel)
        except IntegrityError as error:
            if not _is_about_land(error):
                continue  # a tracking number that exists already: draw another
            standing = open_on_land(land_code=parcel.land_code, person=applicant)
            if standing is not None:
                raise open_already(standing) from error
            # Closed between our insert and our look: the land is free now, try again.
    raise _gave_up()


@transaction.atomic
def take_step(
    *,
    tracking: str,
    actor: Person,
    verb: str,
    table: Iterable[Transition],
    data: Mapping[str, Any] | None = None,
    before: Callable[[Case], None] | None = None,
) -> Case:
    """Do `verb` on a case that `actor` sees, as its transition table allows and no active hold forbids.

    `before`: called under the lock for a step on, to check what this kind of case rests on; it raises to refuse.
    Raises NotFoundError for a case the actor does not see, ConflictError with the reason when refused.
    """
    case = locked_case(tracking=tracking, actor=actor)
    source = case.status
    own = case.applicant_id == actor.pk
    move = judge(table, verb=verb, standing=Standing(status=source, is_applicant=own, holds=standing_holds(case)))
    if move.refused is not None:
        raise ConflictError(fa=move.refused.fa, en=move.refused.en, status=source, held=move.held)
    if before is not None and move.forward:
        before(case)
    case.status = CaseStatus(move.target)
    case.save(update_fields=["status"])
    append_history(case=case, actor=actor, kind=verb, data={"from": source, "to": case.status, **(data or {})})
    publish(CaseMoved(case_id=case.pk, tracking=case.tracking, verb=verb, source=source, target=case.status))
    return case


def locked_case(*, tracking: str, actor: Person) -> Case:
    """The case, locked until the end of the transaction. Raises NotFoundError for a case the actor does not see."""
    found = visible_case(tracking=tracking, person=actor)
    return Case.objects.select_for_update().get(pk=found.pk)


def append_history(*, case: Case, actor: Person | None, kind: str, data: Mapping[str, Any]) -> CaseEvent:
    """One more thing that happened. The table refuses changes and removals (trigger)."""
    return CaseEvent.objects.create(case=case, at=clock.now(), actor=actor, kind=kind, data=dict(data))


def open_already(standing: OpenOnLand) -> ConflictError:
    """The error that says which case is open, to its applicant; and to others only that there is one, since when."""
    since = standing.since.astimezone().date()
    if standing.own_tracking:
        fa = f"شما برای این ملک درخواست باز دارید: {standing.own_tracking}. همان را ادامه دهید یا لغو کنید."
        en = f"You have an open request on this land: {standing.own_tracking}. Continue it or cancel it."
    else:
        fa = (
            f"برای این ملک از {jalali_fa(since)} درخواستی باز است. تا بسته نشود درخواست تازه نمی‌توان داد؛ "
            "اگر مالک هستید با ناحیهٔ شهرداری تماس بگیرید."
        )
        en = (
            f"A request has been open on this land since {day_en(since)}. No new one can be started until it is "
            "closed; if you own the land, contact the municipal district."
        )
    return ConflictError(fa=fa, en=en, open=standing.own_tracking, open_since=since.isoformat())


def _insert(*, parcel: Parcel, applicant: Person, case_type: str, prefix: str, channel: str) -> Case:
    case = Case.objects.create(
        tracking=tracking_number(prefix),
        case_type=case_type,
        parcel=parcel,
        land_code=parcel.land_code,
        applicant=applicant,
        channel=channel,
        opened_at=clock.now(),
    )
    append_history(case=case, actor=applicant, kind="open", data={"to": case.status, "parcel": parcel.code})
    publish(CaseOpened(case_id=case.pk, tracking=case.tracking, land_code=case.land_code))
    return case


def _is_about_land(error: IntegrityError) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) == _ONE_OPEN


def _gave_up() -> ParvanehError:
    return ConflictError(
        fa="ثبت درخواست به نتیجه نرسید چون هم‌زمان دیگری روی همین ملک کار می‌کرد. دوباره تلاش کنید.",
        en="The request could not be filed because somebody acted on the same land just now. Try again.",
    )
