"""Asking all watches about an act, a batch at a time: a killed worker goes on where the last batch ended.

A batch's notices and the round's cursor commit together, and a notice's key is unique: nothing is doubled or lost.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from apps.common import clock
from apps.common.events import Event
from apps.legal.events import ActRecorded
from apps.legal.models import LegalAct
from apps.notices.act_days import midnight, still_standing, taking_effect
from apps.notices.deciding import Told, decide
from apps.notices.due import due_at
from apps.notices.models import Notice, Phase, Round, Watch

log = logging.getLogger(__name__)
BATCH = 200
# A stand-still of the workers longer than this is not caught up with news that is none any more.
CATCH_UP = timedelta(days=31)


def on_act(event: Event) -> None:
    """An act was recorded: open its round, in the transaction of its delivery."""
    if isinstance(event, ActRecorded):
        Round.objects.get_or_create(act_id=event.act, phase=Phase.RECORDED, defaults={"opened_at": event.recorded_at})
        transaction.on_commit(_wake, robust=True)


def open_effect_rounds(*, today: date | None = None) -> int:
    """Open a round for each act that takes effect today (or did while nobody worked); how many are new. Idempotent."""
    day = today or clock.today()
    acts = taking_effect(LegalAct.objects.defer("scope"), until=day).filter(effective_on__gt=day - CATCH_UP)
    known = set(Round.objects.filter(act__in=acts, phase=Phase.EFFECT).values_list("act", flat=True))
    fresh = [act for act in still_standing(acts.exclude(pk__in=known)) if act.pk not in known]
    rounds = [Round(act=act, phase=Phase.EFFECT, opened_at=midnight(act.effective_on)) for act in fresh]
    Round.objects.bulk_create(rounds, ignore_conflicts=True)
    return len(rounds)


def run_rounds() -> int:
    """Work on all open rounds until none is left; returns the notices written. Safe beside other workers.

    A round that fails is logged, keeps what its earlier batches did, and is tried again by the next call.
    """
    written = 0
    for pk in list(Round.objects.filter(done_at__isnull=True).order_by("pk").values_list("pk", flat=True)):
        written += _run(pk)
    return written


def _run(pk: int) -> int:
    written, more = 0, True
    while more:
        try:
            with transaction.atomic():
                made, more = _batch(pk)
        except Exception:
            log.exception("the round %s of notices failed; it goes on from its last batch", pk)
            return written
        written += made
    return written


def _batch(pk: int) -> tuple[int, bool]:
    """(notices written, whether the round goes on); none when another worker has it."""
    open_round = Round.objects.select_for_update(skip_locked=True).filter(pk=pk, done_at__isnull=True).first()
    if open_round is None:
        return 0, False
    act = LegalAct.objects.select_related("instrument", "replaced_by").get(pk=open_round.act_id)
    waiting = Watch.objects.filter(ended_at__isnull=True, created_at__lte=open_round.opened_at)
    waiting = waiting.filter(pk__gt=open_round.cursor, person__is_active=True).select_related("district")
    watches = list(waiting.order_by("pk")[:BATCH])
    told = decide(act=act, phase=open_round.phase, watches=watches) if watches else ()
    made = _write(open_round, told)
    more = len(watches) == BATCH
    Round.objects.filter(pk=pk).update(
        cursor=watches[-1].pk if watches else open_round.cursor, done_at=None if more else clock.now()
    )
    return made, more


def _write(open_round: Round, told: Sequence[Told]) -> int:
    now = clock.now()
    rows = [_notice(open_round, one, now) for one in told]
    return len(Notice.objects.bulk_create(rows, ignore_conflicts=True))


def _notice(open_round: Round, told: Told, now: datetime) -> Notice:
    watch = told.watch
    return Notice(
        key=f"watch/{watch.pk}/act/{open_round.act_id}/{open_round.phase}",
        person_id=watch.person_id,
        watch=watch,
        act_id=open_round.act_id,
        kind=open_round.phase,
        text_fa=told.text.fa,
        text_en=told.text.en,
        link=told.link,
        created_at=now,
        due_at=due_at(watch.mode, now),
    )


def _wake() -> None:
    from apps.notices.tasks import write_notices

    write_notices.delay()
