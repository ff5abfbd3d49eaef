"""What a worker does with a run: take it up, take the layer in, report; or say why not.

Killed at any point, nothing half stands: the edition, its report and the end of the run are one transaction.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from apps.common.city import current_city
from apps.common.clock import now
from apps.common.errors import ParvanehError
from apps.common.text import Text
from apps.desk import intake, intake_coverage, intake_files, intake_mending, intake_report
from apps.desk.intake_pulse import ClaimLost, Pulse
from apps.desk.intake_states import EACH_START
from apps.desk.models import IntakeRun, RunState
from apps.legal.models import InstrumentKind, Rank
from apps.legal.services import register_instrument
from gis_layers.ingest.progress import IntakeCancelled
from gis_layers.models import Edition
from gis_layers.services import discard_edition, take_in

log = logging.getLogger(__name__)
STALE = timedelta(seconds=90)
"""Silence after which a worker counts as dead: far beyond any statement that may hold up its sign of life."""
MOST_ATTEMPTS = 5
_GAVE_UP = Text(
    "این کار چند بار آغاز شد و هر بار سامانه از کار افتاد. پرونده را کوچک‌تر کنید یا به مدیر سامانه خبر دهید.",
    "This run was begun several times, and each time the worker died. Make the file smaller, or ask the administrator.",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A run in the hands of this worker."""

    run_id: UUID
    attempt: int


def perform(run_id: UUID) -> None:
    """Do the run, unless it is in other hands or at its end. What is wrong with the file ends in FAILED, with words;
    a fault of ours is raised, and the run is taken up again once its sign of life has been away long enough."""
    claim = _claim(run_id)
    if claim is None:
        return
    try:
        with Pulse(claim.run_id, claim.attempt) as pulse:
            _take_in(claim, pulse)
    except ClaimLost:
        log.info("run %s is in other hands; this worker leaves it", run_id)
    except IntakeCancelled:
        _end(claim, RunState.CANCELLED)
    except ParvanehError as error:
        _end(claim, RunState.FAILED, error.message)


@transaction.atomic
def revive(*, at: datetime | None = None) -> int:
    """Queue runs again whose worker fell silent, or whose message was lost; returns how many.

    One that was being stopped is stopped; one that has killed several workers is given up.
    """
    silent = IntakeRun.objects.select_for_update(skip_locked=True).filter(heartbeat__lt=(at or now()) - STALE)
    revived = 0
    for run in silent.filter(state__in=[RunState.QUEUED, RunState.RUNNING, RunState.CANCELLING]):
        if run.state == RunState.CANCELLING:
            _settle(run, RunState.CANCELLED)
        elif run.attempt % EACH_START >= MOST_ATTEMPTS and run.state == RunState.RUNNING:
            _settle(run, RunState.FAILED, _GAVE_UP)
        else:
            run.state, run.heartbeat = RunState.QUEUED, now()
            run.save(update_fields=["state", "heartbeat"])
            intake.send(run.pk)
            revived += 1
    return revived


@transaction.atomic
def _claim(run_id: UUID) -> Claim | None:
    run = IntakeRun.objects.select_for_update().filter(pk=run_id, state=RunState.QUEUED).first()
    if run is None:
        return None
    run.state, run.attempt, run.heartbeat = RunState.RUNNING, run.attempt + 1, now()
    run.step, run.progress = "", 0.0
    run.save(update_fields=["state", "attempt", "heartbeat", "step", "progress"])
    return Claim(run.pk, run.attempt)


@transaction.atomic
def _take_in(claim: Claim, pulse: Pulse) -> None:
    run = IntakeRun.objects.select_related("theme", "corrects", "person").get(pk=claim.run_id)
    assert run.theme is not None  # noqa: S101 - a run without a theme is never queued
    instrument = register_instrument(
        code=run.instrument_code,
        kind=InstrumentKind.EDITION,
        title_fa=run.title_fa,
        title_en=run.title_en,
        rank=Rank(run.rank),
        sample=current_city().sample_rules,
    )
    before = intake_mending.bad_rows(run.replaces) if run.replaces else ()
    if run.replaces and Edition.objects.filter(pk=run.replaces, instrument=instrument).exists():
        discard_edition(edition_id=run.replaces)
    told = take_in(
        path=intake_files.layer_file(run),
        theme=run.theme.code,
        instrument=run.instrument_code,
        mapping=run.mapping,
        coverage=intake_coverage.coverage_of(run),
        layer=run.layer or None,
        crs=run.crs or None,
        encoding=run.encoding or None,
        progress=pulse,
    )
    report = intake_report.build(run, told, before=before, progress=pulse)
    mine = IntakeRun.objects.filter(pk=run.pk, attempt=claim.attempt)
    facts = {"edition": told.edition_id, "report": report, "progress": 1.0, "step": "", "finished_at": now()}
    if not mine.filter(state=RunState.RUNNING).update(state=RunState.DONE, **facts):
        raise IntakeCancelled if mine.filter(state=RunState.CANCELLING).exists() else ClaimLost


def _end(claim: Claim, state: RunState, why: Text | None = None) -> None:
    with transaction.atomic():
        run = IntakeRun.objects.select_for_update().filter(pk=claim.run_id, attempt=claim.attempt).first()
        if run is not None and run.state in {RunState.RUNNING, RunState.CANCELLING}:
            _settle(run, state, why)


def _settle(run: IntakeRun, state: RunState, why: Text | None = None) -> None:
    run.state, run.finished_at, run.error = state, now(), why.as_dict() if why else {}
    run.save(update_fields=["state", "finished_at", "error"])
