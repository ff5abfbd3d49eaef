"""The sign of life of a run: a thread with a database connection of its own writes it while the intake works.

The intake itself stands in one transaction that nobody else can see; what it does, and whether somebody wants it
stopped, therefore goes past it. Only the holder of the latest attempt is listened to.
"""

import logging
import threading
from types import TracebackType
from uuid import UUID

from django.db import DatabaseError

from apps.common.clock import now
from apps.desk.models import IntakeRun, RunState
from gis_layers.ingest.progress import IntakeCancelled, Step
from gis_layers.postgis_connections import renew

log = logging.getLogger(__name__)
BEAT_SECONDS = 1.0
# How much of the whole each step is, measured on a plan of 100,000 rows.
_WEIGHTS = {
    Step.OPENING: 2,
    Step.READING: 8,
    Step.JUDGING: 20,
    Step.COMPARING: 10,
    Step.COVERAGE: 10,
    Step.STORING: 25,
    Step.GAPS: 20,
    Step.REPORT: 5,
}
_ALL = sum(_WEIGHTS.values())


class ClaimLost(IntakeCancelled):
    """Another worker has taken the run up meanwhile: this one leaves no trace."""


def overall(step: Step, share: float) -> float:
    """0..1 of the whole run."""
    before = sum(weight for other, weight in _WEIGHTS.items() if list(Step).index(other) < list(Step).index(step))
    return round((before + _WEIGHTS[step] * min(max(share, 0.0), 1.0)) / _ALL, 4)


class Pulse:
    """Progress of one attempt at a run; raises IntakeCancelled out of `at` once somebody asked for it."""

    def __init__(self, run_id: UUID, attempt: int) -> None:
        self._run, self._attempt = run_id, attempt
        self._step, self._progress = Step.OPENING, 0.0
        self._stop: IntakeCancelled | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse-{run_id}", daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def at(self, step: Step, share: float = 0.0) -> None:
        """See gis_layers.ingest.progress.Progress."""
        self._step, self._progress = step, overall(step, share)
        if self._stop is not None:
            raise self._stop

    def _beat(self) -> None:
        try:
            self._write_if_possible()
            while not self._ended.wait(BEAT_SECONDS):
                self._write_if_possible()
        finally:
            renew()  # gives the connection back

    def _write_if_possible(self) -> None:
        try:
            self._write()
        except DatabaseError:  # the intake finds out by itself; if it lives on, the next beat says so
            log.exception("run %s: the sign of life could not be written", self._run)
            renew()

    def _write(self) -> None:
        mine = IntakeRun.objects.filter(pk=self._run, attempt=self._attempt)
        alive = mine.filter(state__in=[RunState.RUNNING, RunState.CANCELLING])
        if not alive.update(heartbeat=now(), step=self._step.value, progress=self._progress):
            self._stop = ClaimLost()
        elif mine.filter(state=RunState.CANCELLING).exists():
            self._stop = IntakeCancelled()
