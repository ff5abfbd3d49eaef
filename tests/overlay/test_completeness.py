"""What is complete: cover, resume, idempotence, parcels that come later, revised editions."""

import pytest
from django.core.management import call_command

from apps.cadastre.models import ParcelVersion
from apps.extracts import overlays
from apps.extracts.models import Cover, CoverageCut, Overlay, OverlayChunk
from gis_layers import postgis_overlay_rows
from gis_layers.models import Edition, IntakeState
from tests.overlay.grid import area, edition, parcel

pytestmark = pytest.mark.django_db
ALL = (-100, -100, 20_000, 20_000)


def cover_of(made: Edition, chunk: int = 1) -> str:
    return OverlayChunk.objects.get(edition=made, chunk=chunk).cover


def covered() -> dict[int, float]:
    """parcel version id → covered share."""
    return {c.parcel_version_id: round(c.covered_share, 9) for c in CoverageCut.objects.all()}


def everything() -> list[tuple[object, ...]]:
    return [
        *Overlay.objects.order_by("pk").values_list(),
        *CoverageCut.objects.order_by("pk").values_list(),
        *OverlayChunk.objects.order_by("pk").values_list("edition_id", "chunk", "through", "cover"),
    ]


def test_a_coverage_that_holds_every_parcel_is_inside() -> None:
    """Also when the outer edges coincide; no share is written per parcel."""
    parcel((0, 0, 4, 4)), parcel((4, 0, 8, 4))
    made = edition(coverage=area((0, 0, 8, 4)))
    overlays.compute_chunk(chunk=1)
    assert cover_of(made) == Cover.INSIDE
    assert covered() == {}


def test_a_coverage_that_only_touches_is_outside() -> None:
    """The coverage begins where the last parcel ends."""
    parcel((0, 0, 4, 4))
    made = edition(coverage=area((4, 0, 8, 4)))
    overlays.compute_chunk(chunk=1)
    assert cover_of(made) == Cover.OUTSIDE
    assert covered() == {}


def test_a_partial_chunk_has_the_share_of_every_parcel() -> None:
    """
    y 4 +-----+-----+-----+
        |  A  |  B  |  C  |    the coverage ends at x = 5
      0 +-----+-----+-----+
        0     4 5   8     12
    """
    a, b, c = parcel((0, 0, 4, 4)), parcel((4, 0, 8, 4)), parcel((8, 0, 12, 4))
    made = edition(coverage=area((-1, -1, 5, 5)))
    overlays.compute_chunk(chunk=1)
    assert cover_of(made) == Cover.PARTIAL
    assert covered() == {a.id: 1.0, b.id: 0.25, c.id: 0.0}


def test_a_coverage_of_two_parts_holds_a_parcel_between_them() -> None:
    """Two parts of 1 m each at both ends of a 4 m parcel: half."""
    version = parcel((0, 0, 4, 4))
    edition(coverage=area((-1, -1, 1, 5), (3, -1, 5, 5)))
    overlays.compute_chunk(chunk=1)
    assert covered() == {version.id: 0.5}


def test_complete_through_the_newest_parcel_of_the_whole_city() -> None:
    parcel((0, 0, 4, 4), chunk=1)
    newest = parcel((4000, 0, 4004, 4), chunk=4)
    made = edition(coverage=area(ALL))
    overlays.compute_chunk(chunk=1)
    assert OverlayChunk.objects.get(edition=made).through == newest.id


def test_an_edition_still_in_staging_is_not_computed() -> None:
    parcel((0, 0, 4, 4))
    made = edition(area((0, 0, 4, 4)), coverage=area(ALL))
    Edition.objects.filter(pk=made.pk).update(state=IntakeState.STAGING)
    assert overlays.compute_overlays() == 0
    assert overlays.compute_chunk(chunk=1) == 0
    assert not Overlay.objects.exists()


def test_a_chunk_without_parcels_owes_nothing() -> None:
    edition(area((0, 0, 4, 4)), coverage=area(ALL))
    assert overlays.compute_chunk(chunk=7) == 0
    assert overlays.overlay_progress() == (0, 0)
    assert not OverlayChunk.objects.exists()


def test_computing_twice_and_recomputing_change_nothing() -> None:
    parcel((0, 0, 4, 4)), parcel((4, 0, 8, 4))
    made = edition(area((1, 1, 6, 3)), coverage=area((-1, -1, 5, 5)))
    assert overlays.compute_chunk(chunk=1) == 1
    first = everything()
    assert overlays.compute_chunk(chunk=1) == 0
    assert everything() == first
    Overlay.objects.update(area_m2=999)
    assert overlays.recompute_chunk(chunk=1, edition_ids=[made.id]) == 1
    assert everything() == first


def test_a_failure_in_the_middle_leaves_nothing_half_and_the_next_run_completes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Chunk 1 stands, chunk 2 breaks after its overlay rows were written, chunk 3 was never reached."""
    for chunk in (1, 2, 3):
        parcel((chunk * 1000, 0, chunk * 1000 + 4, 4), chunk=chunk)
    edition(area((0, 0, 9000, 2)), coverage=area(ALL))
    record = postgis_overlay_rows.record

    def dies_on_two(rows) -> None:
        rows = list(rows)
        if rows[0].chunk == 2:
            raise RuntimeError("the worker died")
        record(rows)

    monkeypatch.setattr(postgis_overlay_rows, "record", dies_on_two)
    with pytest.raises(RuntimeError, match="the worker died"):
        overlays.compute_overlays()
    assert list(OverlayChunk.objects.values_list("chunk", flat=True)) == [1]
    assert set(Overlay.objects.values_list("parcel_version__chunk", flat=True)) == {1}
    assert overlays.overlay_progress() == (1, 3)

    monkeypatch.setattr(postgis_overlay_rows, "record", record)
    assert overlays.compute_overlays() == 2
    assert overlays.overlay_progress() == (3, 3)
    assert set(Overlay.objects.values_list("parcel_version__chunk", "area_m2")) == {(1, 8.0), (2, 8.0), (3, 8.0)}


def test_a_parcel_that_comes_later_is_owed_until_computed_and_only_it_is_computed() -> None:
    old = parcel((0, 0, 4, 4))
    made = edition(area((0, 0, 9, 2)), coverage=area(ALL))
    overlays.compute_overlays()
    Overlay.objects.filter(parcel_version=old).update(area_m2=999)

    new = parcel((4, 0, 8, 4))
    assert OverlayChunk.objects.get().through < new.id
    assert overlays.overlay_progress() == (0, 1)
    assert [(d.chunk, d.edition_ids) for d in overlays.overlays_owed()] == [(1, (made.id,))]

    overlays.compute_overlays()
    assert dict(Overlay.objects.values_list("parcel_version_id", "area_m2")) == {old.id: 999, new.id: 8.0}
    assert OverlayChunk.objects.get().through == new.id
    assert overlays.overlay_progress() == (1, 1)


@pytest.mark.parametrize(
    ("coverage", "before", "old_share", "new_share"),
    [
        ((-1, -1, 5, 5), Cover.INSIDE, 1.0, 0.25),
        ((5, -1, 9, 5), Cover.OUTSIDE, 0.0, 0.75),
    ],
)
def test_a_later_parcel_across_the_edge_makes_the_chunk_partial_for_all(
    coverage: tuple[int, int, int, int], before: str, old_share: float, new_share: float
) -> None:
    """
    y 4 +-----+-----+
        | old | new |     the coverage ends, or begins, at x = 5
      0 +-----+-----+
        0     4 5   8
    """
    old = parcel((0, 0, 4, 4))
    made = edition(coverage=area(coverage))
    overlays.compute_overlays()
    assert cover_of(made) == before
    new = parcel((4, 0, 8, 4))
    overlays.compute_overlays()
    assert cover_of(made) == Cover.PARTIAL
    assert covered() == {old.id: old_share, new.id: new_share}


def test_a_later_parcel_on_the_other_side_makes_the_chunk_partial_too() -> None:
    old = parcel((0, 0, 4, 4))
    made = edition(coverage=area((-1, -1, 4, 5)))
    overlays.compute_overlays()
    new = parcel((4, 0, 8, 4))
    overlays.compute_overlays()
    assert cover_of(made) == Cover.PARTIAL
    assert covered() == {old.id: 1.0, new.id: 0.0}


def test_a_later_parcel_in_a_partial_chunk_is_added_to_the_others() -> None:
    old = parcel((0, 0, 4, 4))
    made = edition(coverage=area((-1, -1, 1, 5)))
    overlays.compute_overlays()
    new = parcel((4, 0, 8, 4))
    overlays.compute_overlays()
    assert cover_of(made) == Cover.PARTIAL
    assert covered() == {old.id: 0.25, new.id: 0.0}


def test_a_revised_edition_costs_only_the_chunks_it_comes_near() -> None:
    """Nine chunks of one parcel each; the revision speaks of the middle one only."""
    for chunk in range(9):
        parcel((chunk * 1000, 0, chunk * 1000 + 4, 4), chunk=chunk)
    revised = edition(area((4000, 0, 4003, 4)), coverage=area((3999, -1, 4005, 5)))
    assert overlays.mark_far_chunks(edition_ids=[revised.id]) == 8
    assert [d.chunk for d in overlays.overlays_owed()] == [4]
    assert overlays.compute_overlays(edition_ids=[revised.id]) == 1
    assert overlays.overlay_progress() == (9, 9)
    covers = dict(OverlayChunk.objects.values_list("chunk", "cover"))
    assert covers == {n: Cover.INSIDE if n == 4 else Cover.OUTSIDE for n in range(9)}


def test_a_parcel_that_hangs_over_into_the_edition_is_not_taken_for_far() -> None:
    """The long parcel's chunk is far away, its end is not."""
    version = parcel((0, 0, 3000, 4), chunk=1)
    made = edition(area((2998, 0, 3100, 4)), coverage=area((2000, -1, 3100, 5)))
    assert overlays.mark_far_chunks(edition_ids=[made.id]) == 0
    overlays.compute_overlays()
    assert Overlay.objects.get().area_m2 == 8.0
    assert covered() == {version.id: round(1000 / 3000, 9)}


def test_features_outside_their_own_coverage_keep_a_chunk_near() -> None:
    """A feature that its coverage forgot is still computed, never marked far."""
    parcel((0, 0, 4, 4))
    made = edition(area((0, 0, 4, 4)), coverage=area((9000, 0, 9004, 4)))
    assert overlays.mark_far_chunks(edition_ids=[made.id]) == 0
    overlays.compute_overlays()
    assert Overlay.objects.get().share == 1.0
    assert cover_of(made) == Cover.OUTSIDE


def test_marking_far_does_not_claim_parcels_that_come_later() -> None:
    parcel((0, 0, 4, 4), chunk=1)
    made = edition(coverage=area((5000, 0, 5004, 4)))
    overlays.mark_far_chunks(edition_ids=[made.id])
    late = parcel((5000, 0, 5004, 4), chunk=1)
    assert [d.chunk for d in overlays.overlays_owed()] == [1]
    overlays.compute_overlays()
    assert cover_of(made) == Cover.PARTIAL
    assert covered()[late.id] == 1.0


def test_the_status_command_says_what_is_owed(capsys: pytest.CaptureFixture[str]) -> None:
    parcel((0, 0, 4, 4))
    made = edition(coverage=area(ALL), code="heights")
    with pytest.raises(SystemExit) as stop:
        call_command("overlay_status", "--chunks")
    assert stop.value.code == 1
    said = capsys.readouterr().out
    assert "0 / 1        heights" in said
    assert f"chunk 1: editions {made.id}" in said
    call_command("request_overlays", "--now")
    call_command("overlay_status")
    assert capsys.readouterr().out.endswith("complete\n")


def test_two_versions_of_one_parcel_are_both_computed() -> None:
    """Answers about past days need the old version's rows as well."""
    version = parcel((0, 0, 4, 4))
    ParcelVersion.objects.filter(pk=version.pk).update(legal="[2000-01-01,2020-01-01)")
    edition(area((0, 0, 2, 4)), coverage=area(ALL))
    parcel((0, 0, 2, 4))
    overlays.compute_overlays()
    assert sorted(Overlay.objects.values_list("share", flat=True)) == [0.5, 1.0]
