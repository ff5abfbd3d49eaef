"""The doors of live intake: bring files, say how to read them, start, stop, try again, take a draft back."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction

from apps.common.clock import now
from apps.common.errors import ConflictError
from apps.desk import intake_access, intake_files, intake_plan, uploads
from apps.desk.intake_plan import Plan
from apps.desk.intake_states import AGAIN, CANCEL, EACH_START, OPEN, START
from apps.desk.models import IntakeRun, RunState
from apps.parties.models import Person, Role
from apps.parties.roles import require

_COPIED = ("theme", "layer", "mapping", "crs", "encoding", "title_fa", "title_en", "rank", "instrument_code")


@transaction.atomic
def bring(*, person: Person, upload_ids: Sequence[UUID], corrects: UUID | None = None) -> IntakeRun:
    """A new run for uploads that arrived; `corrects`: the run whose layer these files mend.

    Raises BadInputError for files that are not one layer, NotFoundError for uploads or runs that are not the person's.
    """
    uploads.require_editor(person)
    before = intake_access.own(person, corrects) if corrects else None
    taken = uploads.take_over(person=person, upload_ids=list(upload_ids))
    run = IntakeRun(person=person, corrects=before, created_at=now(), size=sum(u.size for u in taken))
    run.file_name = intake_files.gather(taken, intake_files.folder_of(run.pk) / intake_files.MAIN)
    run.digest = taken[0].digest if len(taken) == 1 else ""
    for name in _COPIED if before else ():
        setattr(run, name, getattr(before, name))
    if before and before.coverage.get("kind") != "file":
        run.coverage = before.coverage
    run.save(force_insert=True)
    return run


@transaction.atomic
def say(*, person: Person, run_id: UUID, crs: str, encoding: str) -> IntakeRun:
    """What the file itself is silent about, so that it can be looked into. Raises NotFoundError, ConflictError."""
    run = intake_access.own(person, run_id)
    _require(run, START)
    run.crs, run.encoding = intake_plan.clean_crs(crs), encoding.strip()[:40]
    run.save(update_fields=["crs", "encoding"])
    return run


@transaction.atomic
def start(*, person: Person, run_id: UUID, plan: Plan, coverage_uploads: Sequence[UUID] = ()) -> IntakeRun:
    """Start the run as planned; a worker takes it up after commit.

    Raises BadInputError naming the field, ForbiddenError for a theme out of reach, ConflictError for a run that was
    started before.
    """
    run = intake_access.own(person, run_id)
    _require(run, START)
    intake_plan.settle(run, plan)
    require(person, Role.RULE_EDITOR, themes=[plan.theme])
    if plan.coverage["kind"] == "file":
        _keep_coverage(run, person, coverage_uploads)
    run.replaces = _replaced(run)
    run.state, run.heartbeat, run.started_at, run.error, run.report = RunState.QUEUED, now(), now(), {}, {}
    run.attempt = (run.attempt // EACH_START + 1) * EACH_START  # whoever holds an earlier try may write no more
    run.save()
    send(run.pk)
    return run


@transaction.atomic
def cancel(*, person: Person, run_id: UUID) -> IntakeRun:
    """Stop a run that is queued or running. Raises NotFoundError, ConflictError when there is nothing to stop."""
    run = intake_access.own(person, run_id)
    state = RunState(run.state)
    if state not in CANCEL:
        raise _refused(run)
    run.state = CANCEL[state]
    if run.state == RunState.CANCELLED:
        run.finished_at = now()
    run.save(update_fields=["state", "finished_at"])
    return run


@transaction.atomic
def again(*, person: Person, run_id: UUID) -> IntakeRun:
    """Back to mapping, with the same file, after a failure or a stop. Raises NotFoundError, ConflictError."""
    run = intake_access.own(person, run_id)
    _require(run, AGAIN)
    run.state, run.step, run.progress, run.finished_at = RunState.MAPPING, "", 0.0, None
    run.save(update_fields=["state", "step", "progress", "finished_at"])
    return run


@transaction.atomic
def remove(*, person: Person, run_id: UUID) -> None:
    """Delete a run with its files; its draft edition goes too, as long as no act and no draft of one names it.

    Raises NotFoundError, ConflictError.
    """
    from gis_layers.services import discard_edition

    run = intake_access.own(person, run_id)
    if run.state in OPEN:
        raise _refused(run)
    if run.edition_id:
        require(person, Role.RULE_EDITOR, themes=[run.theme.code] if run.theme else [])
        discard_edition(edition_id=run.edition_id)
    run.delete()
    transaction.on_commit(partial(intake_files.forget, run_id))


def send(run_id: UUID) -> None:
    """Hand the run to a worker, after commit. Handing it over twice is harmless."""
    from apps.desk.tasks import run_intake

    transaction.on_commit(partial(run_intake.delay, str(run_id)), robust=True)


def _keep_coverage(run: IntakeRun, person: Person, upload_ids: Sequence[UUID]) -> None:
    if upload_ids:
        taken = uploads.take_over(person=person, upload_ids=list(upload_ids))
        run.coverage_name = intake_files.gather(taken, intake_files.folder_of(run.pk) / intake_files.COVERAGE)
    intake_files.coverage_file(run)


def _replaced(run: IntakeRun) -> int | None:
    """The draft edition that stands where this one will: that of the corrected run, if it still stands."""
    before = run.corrects
    if before is None or before.edition_id is None or before.instrument_code != run.instrument_code:
        return None
    return before.edition_id


def _require(run: IntakeRun, states: frozenset[RunState]) -> None:
    if run.state not in states:
        raise _refused(run)


def _refused(run: IntakeRun) -> ConflictError:
    return ConflictError(
        fa="این کار پیش‌تر آغاز شده یا پایان یافته است. صفحهٔ آن را تازه کنید.",
        en="This run was started or ended before. Reload its page.",
        state=run.state,
    )
