"""Holding the evidence of open requests against acts: in batches, each one transaction, each resumable.

What is to be done follows from what stands: a request is behind as long as `examined_version` and `examined_on` say
so. So a worker that dies leaves nothing half done, and nothing is done twice.
"""

import logging
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from apps.cases.hold_rules import Level
from apps.cases.models import Case
from apps.cases.telling import Officers
from apps.legal.acts import ActKind
from apps.legal.models import LegalAct
from apps.permits import holding
from apps.permits.effects import Asked, Document, Effect, differences_on, effect
from apps.permits.evidence import relied_documents
from apps.permits.examined import Mark, mark, open_requests
from apps.permits.holding import Desk
from apps.permits.models import PermitRequest
from apps.permits.works import Work, works_of

log = logging.getLogger(__name__)
BATCH = 50


def examine_batch(*, after: int = 0) -> int | None:
    """Examine the next requests that are behind the law, in one transaction; the last one's id, None = none are left.

    `after`: only requests with a greater id. A request that cannot be examined is logged and stays behind: no step of
    it is taken until a later run succeeds.
    """
    with transaction.atomic():
        now = mark()
        waiting = open_requests().filter(now.behind, pk__gt=after).order_by("pk")
        pairs = list(waiting.values_list("pk", "case_id")[:BATCH])
        if not pairs:
            return None
        list(Case.objects.select_for_update().filter(pk__in=[case for _, case in pairs]).order_by("pk"))
        requests = _requests([pk for pk, _ in pairs], now)
        done = _examine(requests, now) if requests else []
        PermitRequest.objects.filter(pk__in=done).update(
            examined_version=Greatest("examined_version", Value(now.version)), examined_on=now.today
        )
        return pairs[-1][0]


def examine_all() -> int:
    """Examine everything that is behind, batch by batch; how many batches there were."""
    batches, after = 0, examine_batch()
    while after is not None:
        batches, after = batches + 1, examine_batch(after=after)
    return batches


def _requests(pks: Sequence[int], now: Mark) -> list[PermitRequest]:
    """The requests as they stand under the lock, if they still are behind."""
    rows = open_requests().filter(now.behind, pk__in=pks).order_by("pk")
    return list(rows.select_related("case", "case__parcel", "case__applicant"))


def _examine(requests: list[PermitRequest], now: Mark) -> list[int]:
    """Ids of those that are examined now. One that no act reaches needs no look at its answer."""
    reached = works_of(requests, now)
    documents = relied_documents([request for request, own in reached.items() if own])
    officers = Officers()
    return [
        request.pk
        for request, own in reached.items()
        if not own or _try(request, own, documents.get(request.relied_digest), officers)
    ]


def _try(request: PermitRequest, works: list[Work], frozen: Document | None, officers: Officers) -> bool:
    """One request in a savepoint of its own: one that fails holds up no other, and stays behind."""
    try:
        with transaction.atomic():
            _examine_one(request, works, frozen, officers)
    except Exception:
        log.exception("request %s could not be examined; no step of it is taken until it is", request.pk)
        return False
    return True


def _examine_one(request: PermitRequest, works: list[Work], frozen: Document | None, officers: Officers) -> None:
    desk = Desk.of(request, officers)
    asked = Asked(request.case.land.code, request.kind, frozen)
    for work in works:
        _meet(desk, asked, work)
        if not work.acting.begun:
            _recall_warnings(desk, asked, work.acting.act, today=_today(work))


def _today(work: Work) -> date | None:
    return None if work.ahead else work.acting.on


def _meet(desk: Desk, asked: Asked, work: Work) -> None:
    acting, act = work.acting, work.acting.act
    if not work.ahead:
        for hold in [h for h in desk.holds if h.act_id == act.pk and h.level == Level.WARNING]:
            holding.end_warning(desk, hold, told=False)
    found = effect(asked, acting)
    if work.ahead:
        if found.touches and act.kind != ActKind.LIFT:
            holding.warn(desk, act, found, day=act.effective_on)
        return
    released = holding.lift(desk, act, alike=not found.differences and not found.gone)
    if _stops(desk, act, found, released=released):
        holding.stop(desk, act, found)
    elif not found.differences and not found.gone:
        holding.take_ground(desk, act)


def _stops(desk: Desk, act: LegalAct, found: Effect, *, released: bool) -> bool:
    """Whether the act holds the request: it touches it, adds a ground, or lifted one that hid another difference."""
    if found.gone:
        return not desk.stopped
    if not found.differences or holding.waits_for_more(desk, act):
        return False
    return found.touches or holding.also_stops(desk, act) or (released and not desk.stopped)


def _recall_warnings(desk: Desk, asked: Asked, act: LegalAct, *, today: date | None) -> None:
    """A later act may undo what a warning speaks of: what will not come is taken back."""
    for hold in [h for h in desk.holds if h.level == Level.WARNING and h.works_on and h.act_id != act.pk]:
        day = hold.works_on
        if day is not None and (today is None or day > today) and differences_on(asked, on=day) == ():
            holding.end_warning(desk, hold, told=True)
