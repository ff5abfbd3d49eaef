"""A worker that is killed in the middle, for real: Celery as a process of its own, SIGKILL, and another one after it.

Nothing half stands while it is dead, and nothing stands twice once another has done the work.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from celery import Task, current_app
from django.conf import settings as django_settings
from django.db import connection  # noqa: TID251 - the worker is told the name of the test's database

from apps.common.clock import now
from apps.desk import intake_running
from apps.desk.models import IntakeRun, RunState
from apps.desk.tasks import run_intake
from apps.extracts.models import CoverageCut, Overlay, OverlayChunk
from apps.extracts.overlays import overlays_owed, request_overlays
from apps.extracts.tasks import compute_overlay_chunk
from gis_layers.models import Edition, Feature, Quarantined
from tests.desk.intake_build import build_rulebooks_of_city, planner, started
from tests.gis_layers.files import cell, frame, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
QUEUE = f"killed-{os.getpid()}"


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "var" / "media"
    build_rulebooks_of_city()
    return tmp_path / "var"


@pytest.fixture(autouse=True)
def own_queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages of this test reach the workers of this test only."""
    for task in (run_intake, compute_overlay_chunk):
        monkeypatch.setattr(task, "delay", partial(_send, task))
    yield
    with current_app.connection_or_acquire() as broker:
        broker.default_channel.queue_delete(QUEUE)


def _send(task: Task, *args: object) -> None:
    task.apply_async(args=args, queue=QUEUE)


Worker = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def worker(media: Path, tmp_path: Path) -> Iterator[Worker]:
    """`worker(SLOW_…="…")`: a Celery worker on the test's database; all of them are gone at the end."""
    living: list[subprocess.Popen[bytes]] = []

    def start(**extra: str) -> "subprocess.Popen[bytes]":
        facts = connection.settings_dict
        url = django_settings.DATABASES["default"]
        host = f"{facts['HOST']}".replace("/", "%2F")
        database = f"postgis://{url['USER']}:{url.get('PASSWORD') or ''}@{host}:{facts['PORT'] or ''}/{facts['NAME']}"
        env = {**os.environ, "DATABASE_URL": database, "PARVANEH_VAR": str(media), **extra}
        words = ["-A", "tests.desk.slow_worker", "worker", "--pool", "solo", "-Q", QUEUE, "--without-gossip"]
        log = (tmp_path / f"worker-{len(living)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", *words], cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
        )
        living.append(process)
        return process

    yield start
    for process in living:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.1)


def test_a_worker_killed_in_the_middle_of_intake(worker: Worker, tmp_path: Path) -> None:
    shapes = [cell(col, row) for col in range(20) for row in range(20)]
    path = write(frame([*shapes, cell(0.5, 0.5)], codes=["H4"] * 401), tmp_path / "plan.gpkg")
    run = started(planner(), path)
    first = worker(SLOW_STEP="storing")  # stands still once the rows are staged and the instrument is registered

    def stands_still() -> bool:
        run.refresh_from_db()
        return run.state == RunState.RUNNING and run.step == "storing"

    until(stands_still)
    kill(first)
    assert (Edition.objects.count(), Feature.objects.count(), Quarantined.objects.count()) == (0, 0, 0)
    run.refresh_from_db()
    assert (run.state, run.edition_id) == (RunState.RUNNING, None)

    assert intake_running.revive(at=now()) == 0  # not silent for long enough
    assert intake_running.revive(at=now() + timedelta(minutes=5)) == 1
    worker()
    until(lambda: IntakeRun.objects.get(pk=run.pk).state not in {RunState.QUEUED, RunState.RUNNING})
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.DONE, {})
    assert (Edition.objects.count(), Feature.objects.count(), Quarantined.objects.count()) == (1, 396, 5)
    assert run.edition_id == Edition.objects.get().pk
    assert run.report["counts"]["features"] == 396
    assert intake_running.revive(at=now() + timedelta(minutes=5)) == 0


def test_a_worker_killed_in_the_middle_of_the_overlay(worker: Worker) -> None:
    """Ten chunks of four parcels, all under one zone: 40 rows, however often the work was begun."""
    from tests.overlay.grid import area, edition, parcel

    for chunk in range(1, 11):
        for place in range(4):
            parcel((chunk * 1000 + place * 10, 0, chunk * 1000 + place * 10 + 10, 10), chunk=chunk)
    whole = (0, -100, 20_000, 200)
    made = edition(area(whole), coverage=area(whole))
    assert request_overlays(edition_ids=[made.pk]) == 10
    first = worker(SLOW_CHUNK="0.4")
    until(lambda: OverlayChunk.objects.count() >= 3)
    kill(first)
    stood = OverlayChunk.objects.count()
    assert 3 <= stood < 10
    assert Overlay.objects.count() == 4 * stood  # a chunk stands whole or not at all

    request_overlays()
    worker()
    until(lambda: not overlays_owed())
    assert OverlayChunk.objects.count() == 10
    assert Overlay.objects.count() == 40
    assert Overlay.objects.filter(edition=made, share=1.0).count() == 40
    assert not CoverageCut.objects.exists()
