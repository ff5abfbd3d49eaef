"""The owner of a held request chooses: go on, be judged anew, or withdraw. Once, and knowing what it is about."""

from django.db import transaction

from apps.cases.capacities import acting_as, capacities, hold_mandate
from apps.cases.hold_rules import Ground
from apps.cases.holds import release_hold
from apps.cases.models import Case, Hold
from apps.cases.services import append_history, locked_case
from apps.cases.telling import Officers, tell
from apps.cases.workflow import OWNER
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.legal.transition import Choice
from apps.parties.models import Person
from apps.permits import words
from apps.permits.choices import NAMES
from apps.permits.evidence import Evidence, rely
from apps.permits.examined import Mark, being_examined, ensure_examined
from apps.permits.held import choices_of, comparison_of, stops_of
from apps.permits.models import PermitRequest
from apps.permits.services import cancel


@transaction.atomic
def choose(*, person: Person, tracking: str, choice: str, seen: int) -> PermitRequest:
    """Do what the owner chose about a held request and record it with person, time and act.

    `seen`: `HeldFacts.version` of the page the choice was made on. Raises BadInputError for a word that is no
    choice, NotFoundError for a stranger, ForbiddenError for an officer, ConflictError with the reason when there is
    nothing to choose, the choice is not offered, or another act came meanwhile.
    """
    case = locked_case(tracking=tracking, actor=person)
    wanted = _choice(choice)
    held = capacities(case, person)
    if OWNER not in held:
        raise ForbiddenError(
            fa="تنها متقاضی، یا نمایندهٔ او با اختیار اقدام، انتخاب می‌کند. به او پیام دهید تا صفحهٔ درخواست را باز کند.",
            en="Only the applicant, or an agent with a mandate to act, chooses. Ask them to open the request's page.",
        )
    hold_mandate(case, person, held)
    request = PermitRequest.objects.select_related("case", "case__parcel").get(case=case)
    stops = stops_of(request)
    if not stops:
        raise ConflictError(
            fa="این درخواست متوقف نیست و چیزی برای انتخاب نیست. تاریخچه را ببینید.",
            en="This request is not held, so there is nothing to choose. See its history.",
        )
    now = ensure_examined(request)
    if seen != request.examined_version:
        raise ConflictError(
            fa="پس از باز شدن صفحه سند تازه‌ای ثبت شده است. صفحه را تازه کنید، تفاوت‌ها را بخوانید و دوباره انتخاب کنید.",
            en="Another act was recorded since the page was opened. Reload it, read the difference and choose again.",
        )
    _perform(request, wanted, stops=stops, now=now, person=person, capacity=acting_as(held))
    officers = Officers().of(case)
    tell(case, officers, words.told_chosen(case.tracking, wanted.value))
    return PermitRequest.objects.select_related("case", "case__parcel").get(pk=request.pk)


def _perform(
    request: PermitRequest, wanted: Choice, *, stops: list[Hold], now: Mark, person: Person, capacity: str
) -> None:
    comparison = comparison_of(request, today=now.today)
    if comparison.fresh is not None and comparison.fresh.law != request.examined_version:
        raise being_examined()
    if wanted not in choices_of(request, stops, now, known=comparison.known):
        raise _not_offered(request.case, wanted, gone=comparison.fresh is None, known=comparison.known)
    if wanted is Choice.CONTINUE:
        _go_on(request, stops)
    elif wanted is Choice.RECOMPOSE and comparison.fresh is not None:
        _be_judged_anew(request, comparison.fresh, now)
    data = {
        "as": capacity,
        "choice": wanted.value,
        "acts": [h.act_id for h in stops],
        "numbers": [h.number for h in stops],
    }
    rests = {"digest": request.relied_digest, "law": request.relied_law}
    append_history(case=request.case, actor=person, kind=f"choose_{wanted.value}", data={**data, **rests})
    if wanted is Choice.WITHDRAW:
        cancel(person=person, tracking=request.case.tracking)
        return
    for hold in stops:
        release_hold(hold=hold, ground=Ground.CHOICE, released_by=person)


def _go_on(request: PermitRequest, stops: list[Hold]) -> None:
    """The frozen extract stays; the request says by whose clause."""
    request.continues_by = stops[-1].act
    request.save(update_fields=["continues_by"])


def _be_judged_anew(request: PermitRequest, fresh: Evidence, now: Mark) -> None:
    rely(request, fresh)
    request.continues_by = None
    request.examined_version, request.examined_on = fresh.law, now.today
    request.save()


def _choice(raw: str) -> Choice:
    try:
        return Choice(raw)
    except ValueError as error:
        known = [choice.value for choice in Choice]
        raise BadInputError(
            fa=f"انتخاب «{raw}» شناخته نیست. یکی از این‌ها را بنویسید: {'، '.join(known)}.",
            en=f"“{raw}” is no choice. Use one of: {', '.join(known)}.",
            choices=known,
        ) from error


def _not_offered(case: Case, wanted: Choice, *, gone: bool, known: bool) -> ConflictError:
    if wanted is Choice.RECOMPOSE and gone:
        why = words.gone(case.land.code)
        return ConflictError(fa=why.fa, en=why.en)
    if wanted is Choice.RECOMPOSE and not known:
        return ConflictError(
            fa="قانون امروز بخشی از پاسخ این قطعه را نمی‌داند و درخواست را نمی‌توان با آن سنجید. تا رفع توقف صبر کنید یا "
            "درخواست را پس بگیرید.",
            en="The law of now does not answer everything for this parcel, so the request cannot be judged by it. Wait "
            "until the suspension is lifted, or withdraw.",
        )
    name = NAMES[wanted]
    return ConflictError(
        fa=f"«{name.fa}» برای این توقف ممکن نیست. از انتخاب‌های صفحهٔ درخواست یکی را برگزینید.",
        en=f"“{name.en}” is not offered for this hold. Choose one of those on the request's page.",
        choice=wanted.value,
    )
