"""The doors of the overlay: ask for it, compute a chunk of it, see how far it is.

Timeless: nothing here knows a date of law. An edition or a parcel that is not computed yet reads as "not known".
"""

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from apps.cadastre.events import ParcelVersionsAdded
from apps.common.clock import now
from apps.common.events import Event
from gis_layers import postgis_overlay, postgis_overlay_chunk
from gis_layers.events import EditionTakenIn
from gis_layers.postgis_overlay import Owed, Progress

BATCH = 32  # editions per task: bounds the length of a transaction and the memory of a worker


def request_overlays(*, edition_ids: Sequence[int] | None = None, chunks: Sequence[int] | None = None) -> int:
    """Queue what these editions (None = all) owe in these chunks (None = all); returns the number of tasks.

    Asking twice is harmless: a chunk that owes nothing any more is skipped by its task. Queued after commit.
    """
    from apps.extracts.tasks import compute_overlay_chunk

    if edition_ids is not None and chunks is None:
        mark_far_chunks(edition_ids=edition_ids)
    tasks = [
        (debt.chunk, list(debt.edition_ids[start : start + BATCH]))
        for debt in overlays_owed(edition_ids=edition_ids, chunks=chunks)
        for start in range(0, len(debt.edition_ids), BATCH)
    ]
    for chunk, editions in tasks:
        transaction.on_commit(partial(compute_overlay_chunk.delay, chunk, editions))
    return len(tasks)


def compute_chunk(*, chunk: int, edition_ids: Sequence[int] | None = None) -> int:
    """Compute what the chunk owes to these editions (None = all), in one transaction; returns how many were owed.

    Idempotent and resumable: whatever stops it, nothing half stands.
    """
    with transaction.atomic():
        return postgis_overlay_chunk.compute(chunk=chunk, edition_ids=edition_ids, at=now())


def recompute_chunk(*, chunk: int, edition_ids: Sequence[int]) -> int:
    """Delete what stands of these editions in the chunk and compute it again, in one transaction."""
    with transaction.atomic():
        return postgis_overlay_chunk.recompute(chunk=chunk, edition_ids=edition_ids, at=now())


def mark_far_chunks(*, edition_ids: Sequence[int]) -> int:
    """Record in one statement that the chunks these editions do not come near lie outside them."""
    with transaction.atomic():
        return postgis_overlay.mark_far(edition_ids=edition_ids, at=now())


def compute_overlays(*, edition_ids: Sequence[int] | None = None) -> int:
    """Compute everything owed here and now, without the queue; returns the number of chunks."""
    if edition_ids is not None:
        mark_far_chunks(edition_ids=edition_ids)
    debts = overlays_owed(edition_ids=edition_ids)
    for debt in debts:
        compute_chunk(chunk=debt.chunk, edition_ids=debt.edition_ids)
    return len(debts)


def overlays_owed(*, edition_ids: Sequence[int] | None = None, chunks: Sequence[int] | None = None) -> list[Owed]:
    """Chunks that are not complete, with the editions they owe."""
    return postgis_overlay.owed(edition_ids=edition_ids, chunks=chunks)


def overlay_status() -> list[Progress]:
    """Done and all chunks of each edition taken in."""
    return postgis_overlay.progress()


def overlay_progress() -> tuple[int, int]:
    """(done, total) over all editions taken in and all chunks that have parcels."""
    status = overlay_status()
    return sum(p.done for p in status), sum(p.total for p in status)


def on_event(event: Event) -> None:
    """An edition or parcels arrived: queue the overlays of just those."""
    if isinstance(event, EditionTakenIn):
        request_overlays(edition_ids=[event.edition_id])
    elif isinstance(event, ParcelVersionsAdded):
        request_overlays(chunks=event.chunks)
