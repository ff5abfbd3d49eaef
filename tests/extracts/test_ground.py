"""Overlay, law and walk together, on an integer grid in metres.

   0    10   20   30   40
20 ┌────┬────┬────┬────┐
   │ A  │ B  │ C  │ D  │     city plan hc-old: H3 for x < 15, H4 for 15 ≤ x < 35, coverage x < 35
 0 └────┴────┴────┴────┘     revision hc-new: H5, coverage 5 ≤ x < 20
"""

import json
from datetime import date
from functools import partial

import pytest
from shapely.geometry import shape

from apps.common import clock
from apps.common.errors import NotFoundError
from apps.extracts.findings import find
from apps.extracts.ground_reader import ground_of, walk_exactly
from apps.extracts.law_reader import law_day
from apps.extracts.models import CoverageCut, KeptExtract, Overlay, OverlayChunk
from apps.extracts.services import _read, compose, part
from apps.extracts.site import site_of
from apps.legal.answers import Outcome, WhyNot
from apps.legal.models import Instrument
from gis_layers.models import Edition, Feature, IntakeState, Quarantined, Theme
from tests.extracts.conftest import box, web

CODES = {"A": "3-1-1-1-0-0-0", "B": "3-1-1-2-0-0-0", "C": "3-1-1-3-0-0-0", "D": "3-1-1-4-0-0-0"}
LATER = date(2026, 1, 1)


@pytest.fixture
def row(grid):
    theme = grid.theme("height_code")
    grid.edition(theme, "hc-old", {"H3": box(0, 0, 15, 20), "H4": box(15, 0, 35, 20)}, coverage=box(0, 0, 35, 20))
    grid.edition(theme, "hc-new", {"H5": box(5, 0, 20, 20)}, coverage=box(5, 0, 20, 20))
    for i, code in enumerate(CODES.values()):
        grid.parcel(code, box(10 * i, 0, 10 * i + 10, 20))
    grid.overlay()
    grid.in_force("hc-old", "2014-09-27")
    return grid


def finding(name: str, *, on: date = LATER, theme: str = "height_code", known_at=None):
    law, raw = _read(parcel=CODES.get(name, name), on=on, known_at=known_at, now=clock.now())
    day = next(t for t in law.themes if t.code == theme)
    return find(day, ground_of(raw, law), walker=partial(walk_exactly, site_of(raw)))


def areas(found) -> dict[str, float]:
    return {h.code: round(h.area_m2, 6) for h in found.hits}


def test_only_what_is_in_force_counts(row):
    """hc-new is a draft: the parcel keeps its old codes."""
    assert areas(finding("A")) == {"H3": 200}
    assert areas(finding("B")) == {"H3": 100, "H4": 100}
    assert areas(finding("C")) == {"H4": 200}


def test_a_neighbour_that_only_touches_never_counts(row):
    assert "H5" not in areas(finding("C"))
    row.in_force("hc-new", "2023-01-01")
    assert areas(finding("C")) == {"H4": 200}, "hc-new ends exactly on the border of C"


def test_parcel_outside_and_partly_outside_coverage(row):
    found = finding("D")
    assert found.outcome is Outcome.NOT_KNOWN
    assert [u.why for u in found.unknowns] == [WhyNot.PARTLY_OUTSIDE]
    assert found.unknowns[0].share == pytest.approx(0.5)
    assert areas(found) == {"H4": 100}


def test_partition_walk_is_exact_on_a_partly_covered_parcel(row):
    row.in_force("hc-new", "2023-01-01")
    assert areas(finding("A")) == {"H5": 100, "H3": 100}
    assert areas(finding("B")) == {"H5": 200}


def test_before_its_day_the_revision_is_pending_and_the_day_itself_counts(row):
    row.in_force("hc-new", "2023-01-01")
    assert areas(finding("B", on=date(2022, 12, 31))) == {"H3": 100, "H4": 100}
    assert areas(finding("B", on=date(2023, 1, 1))) == {"H5": 200}


def test_suspension_revives_the_older_plan_and_known_at_remembers(row):
    row.in_force("hc-new", "2023-01-01")
    before = row.recorded
    row.act("hc-new", "suspend", "2024-05-01")
    assert areas(finding("B")) == {"H3": 100, "H4": 100}
    assert areas(finding("B", known_at=before)) == {"H5": 200}
    assert areas(finding("B", on=date(2024, 4, 30))) == {"H5": 200}


def test_one_zone_suspension_cuts_a_parcel_exactly(row):
    """hc-new is suspended only in 5 ≤ x < 8: parcel A keeps H5 in 8..10 and falls back to H3 in 0..8."""
    row.in_force("hc-new", "2023-01-01")
    row.act("hc-new", "suspend", "2024-05-01", scope=box(5, 0, 8, 20))
    assert areas(finding("A")) == {"H5": 40, "H3": 160}
    assert areas(finding("B")) == {"H5": 200}


def test_scopes_are_found_after_later_acts_redraw_the_atoms(row):
    """A day held in memory must not survive the rewriting of its scope rows."""
    row.in_force("hc-new", "2023-01-01")
    row.act("hc-new", "suspend", "2024-05-01", scope=box(5, 0, 8, 20))
    seen = row.recorded
    assert areas(finding("A", known_at=seen)) == {"H5": 40, "H3": 160}
    row.act("hc-new", "suspend", "2024-06-01", scope=box(8, 0, 9, 20))
    assert areas(finding("A")) == {"H5": 20, "H3": 180}
    assert areas(finding("A", known_at=seen)) == {"H5": 40, "H3": 160}


def test_before_the_overlay_is_computed_it_is_not_known(row):
    row.parcel("3-1-1-9-0-0-0", box(0, 30, 10, 50))
    assert [u.why for u in finding("3-1-1-9-0-0-0").unknowns] == [WhyNot.COMPUTING]


def test_law_day_is_one_object_while_nothing_is_recorded(row):
    first = law_day(on=LATER, known_at=clock.now())
    assert law_day(on=LATER, known_at=clock.now()) is first
    row.act("hc-old", "suspend", "2024-05-01")
    assert law_day(on=LATER, known_at=clock.now()) is not first


def test_the_part_that_a_zone_holds_is_drawn_in_degrees(row):
    """B is half H3 and half H4: the H3 part is its western 5 m."""
    h3 = Feature.objects.get(code="H3")
    drawn = json.loads(part(parcel=CODES["B"], feature=h3.pk))
    west, south, east, north = shape(drawn).bounds
    assert 51 < west < east < 52, "longitude first"
    assert 32 < south < north < 33
    assert (east - west) * 93_800 == pytest.approx(5, rel=0.1)
    row.in_force("hc-new", "2023-01-01")
    h5 = Feature.objects.get(code="H5")
    with pytest.raises(NotFoundError):
        part(parcel=CODES["D"], feature=h5.pk)


def test_a_hole_left_by_a_quarantined_row_is_not_filled_by_the_older_plan(row):
    """hc-new has a row over 10 ≤ x < 15 that could not be taken in: its coverage ends there, its law does not.

    0    10   15   20         B: the older plan says H3 under the hole; nobody may build by it
    │ A  │ ? B│ B  │          A only touches the hole
    """
    hole = box(10, 0, 15, 20)
    Edition.objects.filter(instrument__code="hc-new").update(coverage=box(15, 0, 20, 20))
    Feature.objects.filter(edition__instrument__code="hc-new").update(geom=box(15, 0, 20, 20))
    Quarantined.objects.create(
        edition=Edition.objects.get(instrument__code="hc-new"), source_row=7, reason="invalid_geometry", footprint=hole
    )
    OverlayChunk.objects.all().delete()
    CoverageCut.objects.all().delete()
    Overlay.objects.all().delete()
    row.overlay()
    assert finding("B").outcome is Outcome.APPLIES, "a draft leaves no doubt"
    row.in_force("hc-new", "2023-01-01")
    found = finding("B")
    assert (found.outcome, [u.why for u in found.unknowns]) == (Outcome.NOT_KNOWN, [WhyNot.QUARANTINE])
    assert found.unknowns[0].share == pytest.approx(0.5)
    assert finding("A").outcome is Outcome.APPLIES


def test_a_layer_in_force_that_was_never_taken_in_leaves_every_theme_in_doubt(row):
    """Nobody knows of which theme it is, nor where it speaks; taking it in is seen at once."""
    assert finding("B").outcome is Outcome.APPLIES
    late = Instrument.objects.create(code="hc-late", kind="edition", rank=10, title_fa="دیرآمده", title_en="Late")
    row.in_force("hc-late", "2024-01-01")
    found = finding("B")
    assert found.outcome is Outcome.NOT_KNOWN
    assert "Late" in found.unknowns[0].text.en
    assert finding("B", on=date(2023, 12, 31)).outcome is Outcome.APPLIES
    everywhere = box(0, 0, 40, 20)
    edition = Edition.objects.create(
        theme=Theme.objects.get(code="height_code"), instrument=late, coverage=everywhere, file_name="-", checksum="-",
        source_crs="-", state=IntakeState.TAKEN_IN, taken_in_at=clock.now(),
    )  # fmt: skip
    Feature.objects.create(
        edition=edition, source_row=1, code="H2", label_fa="-", label_en="-", geom=everywhere, geom_web=web(everywhere)
    )
    row.overlay()
    assert areas(finding("B")) == {"H2": 200}


def test_an_answer_in_doubt_about_a_missing_layer_is_not_kept(row):
    Instrument.objects.create(code="hc-late", kind="edition", rank=10, title_fa="دیرآمده", title_en="Late")
    row.in_force("hc-late", "2024-01-01")
    assert not compose(parcel=CODES["B"], on=LATER).data["complete"]
    assert not KeptExtract.objects.exists()


def test_a_pending_plan_that_only_touches_with_a_sliver_is_no_news(row):
    """hc-new (5 ≤ x < 20) is approved: pending for A and B; a parcel it holds 0.1 m² of is not told."""
    row.act("hc-new", "approve", "2022-01-01")
    sliver = "3-1-1-8-0-0-0"
    row.parcel(sliver, box(19.995, 0, 29.995, 20))
    row.overlay()
    told = {name: compose(parcel=code, on=LATER).data["pending"] for name, code in [*CODES.items(), ("S", sliver)]}
    assert [p["instrument"]["code"] for p in told["A"]] == ["hc-new"]
    assert [p["instrument"]["code"] for p in told["B"]] == ["hc-new"]
    assert told["S"] == told["C"] == []
