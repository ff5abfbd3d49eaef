"""The write doors of holds: place one, release one. Whether it may be is for `hold_rules` to say."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from apps.cases import hold_rules as rules
from apps.cases.events import CaseHeld, CaseReleased
from apps.cases.hold_facts import OrderFacts, order_of, said_by
from apps.cases.hold_rules import Ground, Level
from apps.cases.models import Case, CaseEvent, Hold, HoldRelease
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.common.events import publish
from apps.common.text import Text

if TYPE_CHECKING:
    from apps.parties.models import Person


@transaction.atomic
def place_hold(
    *,
    case: Case,
    order: OrderFacts,
    level: Level,
    reason: Text,
    placed_by: "Person | None" = None,
    works_on: date | None = None,
    evidence: str = "",
) -> Hold:
    """A hold on a case, with its history and its event. Lock the case first.

    An order about the case alone must outrank what lets the case go on. The same act or order holds a case once:
    Raises ConflictError with the reason, BadInputError for an order without a number or of an impossible rank.
    """
    _check_order(order)
    if order.act is None:
        _check_may_stop(case, order)
    if order.act is not None and Hold.objects.filter(case=case, act=order.act, level=level.value).exists():
        raise ConflictError(fa="این سند این پرونده را پیش‌تر نگه داشته است.", en="This act has held this case before.")
    hold = Hold.objects.create(
        case=case,
        authority=order.authority.value,
        level=level.value,
        rank=order.rank.value,
        number=order.number,
        dated=order.dated,
        body_fa=order.body.fa,
        body_en=order.body.en,
        act=order.act,
        works_on=works_on,
        reason_fa=reason.fa,
        reason_en=reason.en,
        evidence=evidence,
        placed_at=clock.now(),
        placed_by=placed_by,
    )
    _record(hold, kind="warned" if level is Level.WARNING else "held", by=placed_by)
    publish(CaseHeld(case_id=case.pk, hold_id=hold.pk, act_id=hold.act_id))
    return hold


@transaction.atomic
def release_hold(
    *,
    hold: Hold,
    ground: Ground,
    order: OrderFacts | None = None,
    reason: Text | None = None,
    released_by: "Person | None" = None,
) -> HoldRelease:
    """The hold no longer stops its case. `order`: what lifts it; None = a choice, or a warning whose day has come.

    Lock the case first. Raises ConflictError when the hold is released already or the order is too weak.
    """
    if HoldRelease.objects.filter(hold=hold).exists():
        raise ConflictError(
            fa=f"توقف شمارهٔ {hold.number} پیش‌تر برداشته شده است.", en=f"Hold No. {hold.number} is already released."
        )
    if order is not None:
        _check_order(order)
        refused = rules.why_not_lift(order_of(hold), order.order)
        if refused is not None:
            raise ConflictError(fa=refused.fa, en=refused.en, hold=hold.number)
    release = HoldRelease.objects.create(
        hold=hold,
        ground=ground.value,
        **_order_columns(order),
        reason_fa=reason.fa if reason else "",
        reason_en=reason.en if reason else "",
        released_at=clock.now(),
        released_by=released_by,
    )
    _record(hold, kind="released", by=released_by, ground=ground.value, lifted_by=order.number if order else "")
    publish(CaseReleased(case_id=hold.case_id, hold_id=hold.pk))
    return release


def _order_columns(order: OrderFacts | None) -> dict[str, object]:
    if order is None:
        return {}
    return {
        "authority": order.authority.value,
        "rank": order.rank.value,
        "number": order.number,
        "dated": order.dated,
        "body_fa": order.body.fa,
        "body_en": order.body.en,
        "act": order.act,
    }


def _check_order(order: OrderFacts) -> None:
    if not order.number.strip() or not order.body.fa.strip():
        raise BadInputError(
            fa="دستور باید شماره و مرجع داشته باشد. آن‌ها را از روی برگهٔ دستور بنویسید.",
            en="An order needs a number and the body that gave it. Copy both from the order itself.",
        )
    if not rules.rank_fits(order.authority, order.rank):
        raise BadInputError(
            fa="رتبهٔ دادگاه تنها از آن دستور دادگاه است. مرجع یا رتبه را درست کنید.",
            en="Only a court's order has a court's rank. Correct the authority or the rank.",
        )


def _check_may_stop(case: Case, order: OrderFacts) -> None:
    rows = Hold.objects.filter(case=case, act__isnull=True).exclude(level=Level.WARNING).select_related("release")
    refused = rules.why_not_stop([said for hold in rows for said in said_by(hold)], order.order)
    if refused is not None:
        raise ConflictError(fa=refused.fa, en=refused.en)
    if any(hold.number == order.number and hold.dated == order.dated for hold in rows):
        raise ConflictError(
            fa=f"دستور شمارهٔ {order.number} برای این پرونده پیش‌تر ثبت شده است.",
            en=f"Order No. {order.number} is already recorded on this case.",
        )


def _record(hold: Hold, *, kind: str, by: "Person | None", **more: object) -> None:
    data = {
        "hold": hold.pk,
        "level": hold.level,
        "number": hold.number,
        "dated": hold.dated.isoformat(),
        "act": hold.act_id,
        **more,
    }
    CaseEvent.objects.create(case_id=hold.case_id, at=clock.now(), actor=by, kind=kind, data=data)
