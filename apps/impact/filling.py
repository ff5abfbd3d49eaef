"""Fills a report: batch after batch of chunks, then the sum of it all.

Each batch is one transaction that also counts it as done: killed at any point, nothing half stands and nothing is
written twice. Whoever takes the report up again goes on behind the last batch, under the same version of the law; if
the law moved meanwhile, it begins anew.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Count, F, Sum

from apps.common import clock
from apps.impact.engine import Changed, Engine
from apps.impact.laws import Laws
from apps.impact.models import ImpactChange, ImpactParcel, ImpactReport, ImpactRequest, ReportState
from apps.impact.numbering import number_changes
from apps.impact.requests_touched import touched_requests
from apps.impact.summary import Counted, summarize
from gis_layers import postgis_impact, postgis_impact_rows

BATCH_PARCELS = 40_000


class LeaveError(Exception):
    """The report is in other hands, or somebody wants it stopped."""


@dataclass(slots=True)
class _Run:
    """A report in the hands of this worker: its engine, and numbers of the changes that stand, by digest."""

    report: ImpactReport
    engine: Engine
    numbers: dict[str, int]


def fill(report: ImpactReport, laws: Laws) -> None:
    """Compute what is missing of the report. Raises LeaveError when it is in other hands or to be stopped."""
    begun = _begin(report, laws)
    laws = replace(laws, known_at=begun.known_at or laws.known_at)
    run = _Run(begun, Engine(laws, kinds=report.kinds), {})
    run.numbers = dict(run.report.changes.values_list("digest", "number"))
    for place in range(run.report.done, len(run.report.plan)):
        _batch(run, place)
    _finish(run)


@transaction.atomic
def _begin(report: ImpactReport, laws: Laws) -> ImpactReport:
    """Where to go on: behind the last batch when the law is the same, else from the start with nothing left over."""
    held = _mine(report)
    if held.law_version != laws.version:
        clear(held)
        held.law_version, held.known_at, held.done, held.looked_at = laws.version, laws.known_at, 0, 0
        held.plan = _plan(laws)
        held.save(update_fields=["law_version", "known_at", "done", "looked_at", "plan"])
    return held


def _plan(laws: Laws) -> list[list[int]]:
    """Chunks in batches of some ten thousands of parcels."""
    batches: list[list[int]] = []
    size = BATCH_PARCELS
    for chunk, parcels in postgis_impact.chunk_sizes(on=laws.on, known_at=laws.known_at):
        if size >= BATCH_PARCELS:
            batches.append([])
            size = 0
        batches[-1].append(chunk)
        size += parcels
    return batches


def _batch(run: _Run, place: int) -> None:
    before = run.engine.looked_at
    changed = run.engine.run(run.report.plan[place])
    with transaction.atomic():
        held = _mine(run.report)
        if held.done != place:
            raise LeaveError
        _write(run, held, changed)
        held.done, held.looked_at = place + 1, held.looked_at + run.engine.looked_at - before
        held.heartbeat = clock.now()
        held.save(update_fields=["done", "looked_at", "heartbeat"])
    run.report = held


def _write(run: _Run, held: ImpactReport, changed: Changed) -> None:
    places, back = np.unique(changed.change, return_inverse=True)
    numbers = number_changes(held, run.engine, places.tolist(), run.numbers)
    spread = np.array(numbers, dtype=np.int64)[back.reshape(-1)] if len(places) else changed.change
    postgis_impact_rows.write_parcels(
        report=held.pk,
        versions=changed.version,
        parcels=changed.parcel,
        changes=spread,
        drawn_dm2=changed.drawn_dm2,
        districts=changed.district,
    )


@transaction.atomic
def _finish(run: _Run) -> None:
    held = _mine(run.report)
    ImpactRequest.objects.filter(report=held).delete()
    touched_requests(held, run.engine.laws, run.numbers)
    held.summary = summarize(_changes(held), _counts(held))
    held.state, held.finished_at = ReportState.DONE, clock.now()
    held.save(update_fields=["summary", "state", "finished_at"])


def _changes(report: ImpactReport) -> dict[int, tuple[str, dict[str, Any]]]:
    return {n: (kind, told) for n, kind, told in report.changes.values_list("number", "kind", "difference")}


def _counts(report: ImpactReport) -> list[Counted]:
    rows = ImpactParcel.objects.filter(report=report).values("change", "district").order_by()
    found = rows.annotate(parcels=Count("version"), area=Sum(F("drawn_area_dm2")))
    return [Counted(r["change"], r["district"], r["parcels"], int(r["area"])) for r in found]


def _mine(report: ImpactReport) -> ImpactReport:
    """The report, locked. Raises LeaveError when another worker has it, or when it is to be stopped."""
    held = ImpactReport.objects.select_for_update().filter(pk=report.pk, attempt=report.attempt).first()
    if held is None or held.state != ReportState.RUNNING:
        raise LeaveError
    return held


def clear(report: ImpactReport) -> None:
    """Delete all that was found so far."""
    for model in (ImpactParcel, ImpactRequest, ImpactChange):
        model.objects.filter(report=report).delete()
