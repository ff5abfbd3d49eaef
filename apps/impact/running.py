"""What a worker does with a report: take it up, have it filled; or say why not."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from apps.common import clock
from apps.common.errors import ParvanehError
from apps.common.text import Text
from apps.extracts.overlays import overlays_owed
from apps.impact.acts_json import acts_of
from apps.impact.filling import LeaveError, clear, fill
from apps.impact.laws import Laws, read_laws
from apps.impact.models import ImpactReport, ReportState

log = logging.getLogger(__name__)
STALE = timedelta(seconds=90)
"""Silence after which a worker counts as dead."""
WAITING_EACH = timedelta(seconds=10)
MOST_ATTEMPTS = 5
_GAVE_UP = Text(
    "این گزارش چند بار آغاز شد و هر بار سامانه از کار افتاد. به مدیر سامانه خبر دهید.",
    "This report was begun several times, and each time the worker died. Tell the administrator.",
)


def perform(report_id: int) -> None:
    """Compute the report, unless it is in other hands or at its end. What the law refuses ends in FAILED."""
    report = _claim(report_id)
    if report is None:
        return
    try:
        laws = read_laws(acts=acts_of(report.acts), on=report.on)
        if _owes_overlays(laws):
            _end(report, ReportState.WAITING)
            return
        fill(report, laws)
    except LeaveError:
        _stop_if_wanted(report)
    except ParvanehError as error:
        _end(report, ReportState.FAILED, error.message)


@transaction.atomic
def revive(*, at: datetime | None = None) -> int:
    """Queue what nobody works on: dead workers' reports, lost messages, reports that waited; returns how many."""
    from apps.impact.tasks import run_report

    moment = at or clock.now()
    dead = Q(state__in=[ReportState.RUNNING, ReportState.CANCELLING], heartbeat__lt=moment - STALE)
    lost = Q(state=ReportState.QUEUED, requested_at__lt=moment - STALE)
    waiting = Q(state=ReportState.WAITING, heartbeat__lt=moment - WAITING_EACH)
    found = list(ImpactReport.objects.select_for_update(skip_locked=True).filter(dead | lost | waiting))
    for report in found:
        transaction.on_commit(lambda pk=report.pk: run_report.delay(pk))  # type: ignore[misc]
    return len(found)


@transaction.atomic
def _claim(report_id: int) -> ImpactReport | None:
    """The report for this worker alone; None when it is at its end or somebody else is alive on it."""
    report = ImpactReport.objects.select_for_update().filter(pk=report_id).first()
    if report is None or report.state in (ReportState.DONE, ReportState.FAILED, ReportState.CANCELLED):
        return None
    now = clock.now()
    alive = report.heartbeat is not None and report.heartbeat > now - STALE
    if report.state in (ReportState.RUNNING, ReportState.CANCELLING) and alive:
        return None
    if report.state == ReportState.CANCELLING:
        _close(report, ReportState.CANCELLED)
        return None
    if report.state != ReportState.WAITING:
        report.attempt += 1
    if report.attempt > MOST_ATTEMPTS:
        _close(report, ReportState.FAILED, _GAVE_UP)
        return None
    report.state, report.heartbeat = ReportState.RUNNING, now
    report.save(update_fields=["attempt", "state", "heartbeat"])
    return report


def _owes_overlays(laws: Laws) -> bool:
    return bool(overlays_owed(edition_ids=laws.editions))


@transaction.atomic
def _stop_if_wanted(report: ImpactReport) -> None:
    held = ImpactReport.objects.select_for_update().filter(pk=report.pk, attempt=report.attempt).first()
    if held is not None and held.state == ReportState.CANCELLING:
        _close(held, ReportState.CANCELLED)


@transaction.atomic
def _end(report: ImpactReport, state: ReportState, why: Text | None = None) -> None:
    held = ImpactReport.objects.select_for_update().filter(pk=report.pk, attempt=report.attempt).first()
    if held is None or held.state not in (ReportState.RUNNING, ReportState.CANCELLING):
        return
    if state is ReportState.WAITING and held.state == ReportState.RUNNING:
        held.state, held.heartbeat = state, clock.now()
        held.save(update_fields=["state", "heartbeat"])
        return
    _close(held, ReportState.CANCELLED if held.state == ReportState.CANCELLING else state, why)


def _close(report: ImpactReport, state: ReportState, why: Text | None = None) -> None:
    """The end of a report without a result: what it had found so far is deleted."""
    clear(report)
    report.state, report.finished_at, report.error = state, clock.now(), why.as_dict() if why else {}
    report.save(update_fields=["state", "finished_at", "error"])
