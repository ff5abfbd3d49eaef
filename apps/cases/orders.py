"""Orders about one case, entered by its officer from the signed paper: one that stops it, one that lets it go on."""

from django.db import transaction

from apps.cases.capacities import capacities
from apps.cases.hold_facts import OrderFacts
from apps.cases.hold_rules import Ground, Level
from apps.cases.holds import place_hold, release_hold
from apps.cases.models import Case, Hold, HoldRelease
from apps.cases.querysets import CLOSED
from apps.cases.recording import locked_case
from apps.cases.selectors import visible_case
from apps.cases.telling import tell
from apps.common.calendar import day_en, jalali_fa
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text, has_controls
from apps.parties.models import Person, Role
from apps.parties.roles import require

_LONGEST = 4000


@transaction.atomic
def order_hold(*, officer: Person, tracking: str, order: OrderFacts, level: Level, reason: str) -> Hold:
    """Stop a case by an order. The owner is told. Raises what `place_hold` raises, and for who may not do it."""
    case = _in_hand(officer, tracking)
    if not reason.strip():
        raise BadInputError(
            fa="دلیل را از روی دستور بنویسید؛ مالک همان را می‌خواند.",
            en="Write the reason as the order gives it; the owner reads it.",
        )
    _check_written(order, reason)
    hold = place_hold(case=case, order=order, level=level, reason=Text.of(reason.strip()), placed_by=officer)
    tell(case, [case.applicant], _told(case, order, stops=True))
    return hold


@transaction.atomic
def order_release(*, officer: Person, tracking: str, hold: int, order: OrderFacts, reason: str = "") -> HoldRelease:
    """Lift a hold by an order. The owner is told. Raises NotFoundError for a hold that is not on this case."""
    case = _in_hand(officer, tracking)
    found = Hold.objects.filter(case=case, pk=hold).first()
    if found is None:
        raise NotFoundError(fa="چنین توقفی بر این پرونده نیست.", en="There is no such hold on this case.", hold=hold)
    _check_written(order, reason)
    text = Text.of(reason.strip()) if reason.strip() else None
    release = release_hold(hold=found, ground=Ground.ORDER, order=order, reason=text, released_by=officer)
    tell(case, [case.applicant], _told(case, order, stops=False))
    return release


def _check_written(order: OrderFacts, reason: str) -> None:
    written = (reason, order.number, order.body.fa, order.body.en)
    if any(len(text) > _LONGEST or has_controls(text) for text in written):
        raise BadInputError(
            fa=f"متن را کوتاه‌تر از {_LONGEST} نویسه و بی نویسهٔ نامرئی بنویسید.",
            en=f"Write at most {_LONGEST} characters, without invisible ones.",
        )


def _in_hand(officer: Person, tracking: str) -> Case:
    """The open case, locked, when this officer may act on it: in reach, and not about themselves."""
    visible_case(tracking=tracking, person=officer)
    case = locked_case(tracking=tracking, actor=officer)
    require(officer, Role.CASE_OFFICER, districts=() if case.district is None else (case.district,))
    if Role.CASE_OFFICER.value not in capacities(case, officer):
        raise ForbiddenError(
            fa="دربارهٔ پروندهٔ خود دستور ثبت نمی‌کنید؛ همکار دیگری این کار را می‌کند.",
            en="Nobody enters orders about their own case; ask another officer.",
        )
    if case.status in CLOSED:
        raise ConflictError(fa="این پرونده بسته است.", en="This case is closed.", status=case.status)
    return case


def _told(case: Case, order: OrderFacts, *, stops: bool) -> Text:
    request = f"\u2066{case.tracking}\u2069"
    number, fa, en = f"\u2066{order.number}\u2069", jalali_fa(order.dated), day_en(order.dated)
    if stops:
        return Text(
            fa=f"دستور شمارهٔ {number} به تاریخ {fa} ({order.body.fa}) بر درخواست {request} ثبت شد. دلیل در صفحهٔ "
            "درخواست است.",
            en=f"Order No. {order.number} of {en} ({order.body.en}) was entered on request {case.tracking}. Its page "
            "gives the reason.",
        )
    return Text(
        fa=f"با دستور شمارهٔ {number} به تاریخ {fa} ({order.body.fa}) توقفی از درخواست {request} برداشته شد.",
        en=f"Order No. {order.number} of {en} ({order.body.en}) released a hold on request {case.tracking}.",
    )
