"""Open requests for which the answer they rely on would change: each looked at for its own permit kind."""

from collections.abc import Sequence

import numpy as np

from apps.impact.engine import Engine
from apps.impact.laws import Laws
from apps.impact.models import ImpactReport, ImpactRequest
from apps.impact.numbering import number_changes
from apps.permits.selectors_open import OpenRequest, open_requests
from gis_layers import postgis_impact


def touched_requests(report: ImpactReport, laws: Laws, numbers: dict[str, int]) -> int:
    """Store the open requests that the acts touch; returns how many. In the caller's transaction."""
    by_kind: dict[str, list[OpenRequest]] = {}
    for request in open_requests():
        by_kind.setdefault(request.kind, []).append(request)
    return sum(_of_kind(report, laws, numbers, kind, requests) for kind, requests in sorted(by_kind.items()))


def _of_kind(
    report: ImpactReport, laws: Laws, numbers: dict[str, int], kind: str, requests: Sequence[OpenRequest]
) -> int:
    parcels = np.array(sorted({request.parcel_id for request in requests}), dtype=np.int64)
    chunks = postgis_impact.chunks_of(parcels, on=laws.on, known_at=laws.known_at)
    engine = Engine(laws, kinds=[kind])
    changed = engine.run(chunks, only=parcels)
    stored = number_changes(report, engine, changed.change.tolist(), numbers)
    change_of = dict(zip(changed.parcel.tolist(), stored, strict=True))
    rows = [
        ImpactRequest(report=report, case_id=request.case_id, change=change_of[request.parcel_id])
        for request in requests
        if request.parcel_id in change_of
    ]
    ImpactRequest.objects.bulk_create(rows)
    return len(rows)
