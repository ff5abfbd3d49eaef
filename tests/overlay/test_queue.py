"""Who asks for overlays, what is queued, what a failed task does, and the watermark against a late writer."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import transaction

from apps.cadastre.events import ParcelVersionsAdded
from apps.cadastre.models import ParcelVersion
from apps.common.events import publish
from apps.extracts import overlays
from apps.extracts.models import Overlay, OverlayChunk
from apps.extracts.tasks import compute_overlay_chunk
from gis_layers.events import EditionTakenIn
from gis_layers.postgis_connections import renew
from gis_layers.postgis_overlay import watermark
from gis_layers.postgis_parcel_load import lock_cadastre
from tests.overlay.grid import area, edition, parcel

ALL = (-100, -100, 20_000, 20_000)


def _thread(work: Callable[[], object]) -> Thread:
    """`work` started with a database connection of its own, which it gives back."""

    def run() -> None:
        try:
            work()
        finally:
            renew()

    thread = Thread(target=run)
    thread.start()
    return thread


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, list[int]]]:
    """What was sent to the workers."""
    sent: list[tuple[int, list[int]]] = []
    monkeypatch.setattr(compute_overlay_chunk, "delay", lambda chunk, editions: sent.append((chunk, editions)))
    return sent


@pytest.mark.django_db
def test_one_task_per_chunk_carries_all_small_editions(queue, django_capture_on_commit_callbacks) -> None:
    for chunk in (1, 2):
        parcel((chunk * 1000, 0, chunk * 1000 + 4, 4), chunk=chunk)
    made = [edition(coverage=area(ALL)).id for _ in range(3)]
    with django_capture_on_commit_callbacks(execute=True):
        assert overlays.request_overlays() == 2
        assert queue == []  # nothing goes out before the commit
    assert queue == [(1, made), (2, made)]


@pytest.mark.django_db
def test_many_editions_are_split_into_batches(queue, django_capture_on_commit_callbacks, monkeypatch) -> None:
    monkeypatch.setattr(overlays, "BATCH", 2)
    parcel((0, 0, 4, 4))
    made = [edition(coverage=area(ALL)).id for _ in range(3)]
    with django_capture_on_commit_callbacks(execute=True):
        assert overlays.request_overlays() == 2
    assert queue == [(1, made[:2]), (1, made[2:])]


@pytest.mark.django_db
def test_an_edition_taken_in_asks_for_its_own_chunks_only(queue, django_capture_on_commit_callbacks) -> None:
    for chunk in (1, 2):
        parcel((chunk * 1000, 0, chunk * 1000 + 4, 4), chunk=chunk)
    edition(coverage=area(ALL))
    new = edition(coverage=area((2000, 0, 2004, 4)))
    with django_capture_on_commit_callbacks(execute=True):
        publish(EditionTakenIn(edition_id=new.id))
    assert queue == [(2, [new.id])]


@pytest.mark.django_db
def test_new_parcels_ask_for_their_own_chunks_only(queue, django_capture_on_commit_callbacks) -> None:
    for chunk in (1, 2):
        parcel((chunk * 1000, 0, chunk * 1000 + 4, 4), chunk=chunk)
    made = edition(coverage=area(ALL))
    overlays.compute_overlays()
    parcel((2010, 0, 2014, 4), chunk=2)
    parcel((1010, 0, 1014, 4), chunk=1)
    with django_capture_on_commit_callbacks(execute=True):
        publish(ParcelVersionsAdded(chunks=(2,)))
    assert queue == [(2, [made.id])]


@pytest.mark.django_db
def test_a_task_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    parcel((0, 0, 4, 4))
    made = edition(coverage=area(ALL))
    compute, tries = overlays.compute_chunk, []

    def fails_once(**asked) -> int:
        tries.append(asked)
        if len(tries) == 1:
            raise ConnectionError("the database went away")
        return compute(**asked)

    monkeypatch.setattr(overlays, "compute_chunk", fails_once)
    assert compute_overlay_chunk.apply(args=(1, [made.id])).get() == 1
    assert tries == [{"chunk": 1, "edition_ids": [made.id]}] * 2
    assert overlays.overlay_progress() == (1, 1)


@pytest.mark.django_db
def test_a_task_that_always_fails_leaves_the_chunk_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    parcel((0, 0, 4, 4))
    made = edition(coverage=area(ALL))

    def fails(**_asked) -> int:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(overlays, "compute_chunk", fails)
    with pytest.raises(ConnectionError):
        compute_overlay_chunk.apply(args=(1, [made.id])).get()
    assert overlays.overlay_progress() == (0, 1)
    assert not OverlayChunk.objects.exists()
    assert [d.chunk for d in overlays.overlays_owed()] == [1]


@pytest.mark.django_db(transaction=True)
def test_the_watermark_waits_for_a_writer_that_has_its_id_but_has_not_committed() -> None:
    """A parcel with a lower id that commits late must not fall under a watermark already written."""
    early = parcel((0, 0, 4, 4))
    edition(area((0, 0, 9, 4)), coverage=area(ALL))
    written, seen = Event(), Event()
    done: list[int] = []

    def compute() -> None:
        written.wait(10)
        done.append(overlays.compute_chunk(chunk=1))
        seen.set()

    worker = _thread(compute)
    with transaction.atomic():
        lock_cadastre()
        late = parcel((4, 0, 8, 4))
        written.set()
        assert not seen.wait(0.5)
    worker.join(10)
    assert done == [1]
    assert OverlayChunk.objects.get().through == late.id
    assert set(Overlay.objects.values_list("parcel_version_id", flat=True)) == {early.id, late.id}


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_chunk_compute_it_once() -> None:
    parcel((0, 0, 4, 4))
    edition(area((0, 0, 9, 4)), coverage=area(ALL))
    results: list[int] = []
    workers = [_thread(lambda: results.append(overlays.compute_chunk(chunk=1))) for _ in range(4)]
    for worker in workers:
        worker.join(20)
    assert sorted(results) == [0, 0, 0, 1]
    assert Overlay.objects.count() == 1


@pytest.mark.django_db
def test_the_watermark_of_an_empty_city_is_zero() -> None:
    assert not ParcelVersion.objects.exists()
    assert watermark() == 0
