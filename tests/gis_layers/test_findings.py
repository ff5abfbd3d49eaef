"""Gaps, overlaps and rows beyond a place, on a grid of 100 m cells; what was kept out as a file."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from pyogrio import raw
from shapely import box

from apps.common.errors import NotFoundError
from gis_layers import postgis_intake_findings as findings
from gis_layers.ingest.coverage import Coverage
from gis_layers.ingest.overlaps import clashes
from gis_layers.models import Edition, Quarantined
from gis_layers.services import export_quarantine
from tests.gis_layers.files import cell, frame, write
from tests.gis_layers.grid import take


def gaps(edition: Edition, *, least: float = 2.0, side: float = 70.0) -> list[float]:
    """m² of the gaps, worked out in cells of `side` metres; 70 m cuts every 100 m cell somewhere."""
    told: list[float] = []
    found = findings.gaps(edition_id=edition.pk, srid=settings.CITY_SRID, least_m2=least, side=side, told=told.append)
    assert all(0 <= share < 1 for share in told)
    return [round(spot.m2, 3) for spot in found]


def taken(folder: Path, shapes: list[object], place: object, codes: list[object] | None = None) -> Edition:
    path = write(frame(shapes, codes=codes), folder / "plan.gpkg")
    where = write(frame([place]), folder / "where.gpkg")
    take(path, coverage=Coverage(path=where))
    return Edition.objects.get()


def test_a_gap_is_one_piece_whatever_the_cells_it_is_worked_out_in(tmp_path: Path) -> None:
    """
    ┌────┬────┬────┐
    │ 1  │    │ 2  │   the middle is empty, and so is the upper row
    └────┴────┴────┘
    """
    edition = taken(tmp_path, [cell(0, 0), cell(2, 0)], cell(0, 0, 3, 2))
    assert gaps(edition) == gaps(edition, side=1000.0) == [40_000.0]


def test_no_gap_where_features_only_touch_and_none_outside_the_place(tmp_path: Path) -> None:
    edition = taken(tmp_path, [cell(0, 0), cell(1, 0), cell(2, 0)], cell(0, 0, 2.5, 1))
    assert gaps(edition) == []


def test_a_gap_at_the_tolerance_counts_one_below_does_not(tmp_path: Path) -> None:
    """A slit of 0.02 m × 100 m = 2 m² between two cells, and a corner of 1 m² is missing from the second."""
    right = cell(1.0002, 0).difference(box(*cell(1.9, 0.9).bounds).intersection(cell(1.9902, 0.99)))
    edition = taken(tmp_path, [cell(0, 0), right], cell(0, 0, 2.0002, 1))
    assert gaps(edition) == [2.0]
    assert gaps(edition, least=0.5) == [2.0, 1.0]
    assert gaps(edition, least=2.1) == []


def test_two_gaps_that_meet_in_a_corner_are_two(tmp_path: Path) -> None:
    edition = taken(tmp_path, [cell(0, 0), cell(1, 1)], cell(0, 0, 2, 2))
    assert gaps(edition) == [10_000.0, 10_000.0]


def test_the_ground_of_rows_kept_out_is_no_gap(tmp_path: Path) -> None:
    edition = taken(tmp_path, [cell(0, 0), cell(1, 0)], cell(0, 0, 2, 1), codes=["H1", None])
    assert gaps(edition) == []


def test_overlaps_name_both_rows_and_leave_slivers_and_touches_out(tmp_path: Path) -> None:
    """1 and 2 overlap by 3,000 m²; 3 touches 2; 4 lies over 5 by a sliver of 1 m²; 6 lies in 7."""
    shapes = [
        cell(0, 0), cell(0.7, 0), cell(1.7, 0), cell(4, 0), cell(4.9999, 0), cell(7.2, 0.2, 0.1, 0.1), cell(7, 0),
    ]  # fmt: skip
    edition = taken(tmp_path, shapes, cell(0, 0, 9, 1))
    found = findings.overlaps(edition_id=edition.pk, least_m2=2.0, least_share=0.02, most=10)
    assert [(spot.rows, round(spot.m2, 1)) for spot in found] == [((1, 2), 3000.0), ((6, 7), 100.0)]
    assert len(findings.overlaps(edition_id=edition.pk, least_m2=2.0, least_share=0.02, most=1)) == 1


def test_rows_that_reach_out_of_a_place(tmp_path: Path) -> None:
    """Inside, exactly on the border, out by half, out by a sliver, wholly outside."""
    shapes = [cell(0, 0), cell(1, 0), cell(2.5, 0), cell(2.00005, 1), cell(5, 0)]
    edition = taken(tmp_path, shapes, cell(0, 0, 7, 2))
    place = shapely.to_wkb(cell(0, 0, 3, 2))
    found = findings.outside(edition_id=edition.pk, place=place, srid=settings.CITY_SRID, least_m2=2.0)
    assert [(spot.rows, round(spot.m2, 1)) for spot in found] == [((3,), 5000.0), ((5,), 10_000.0)]
    assert found[0].shape["type"] in {"Polygon", "MultiPolygon"}


def test_codes_with_how_often_and_where_first(tmp_path: Path) -> None:
    edition = taken(tmp_path, [cell(i, 0) for i in range(3)], cell(0, 0, 3, 1), codes=["H5", "H4", "H5"])
    assert findings.codes(edition.pk) == {"H4": (1, 2), "H5": (2, 1)}


# --- the prefilter of clashes changes nothing ---------------------------------------------------------------

SQUARES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=12
)


@given(SQUARES, st.sampled_from([0.0, 1.0, 4.0]), st.sampled_from([0.0, 0.3]))
def test_clashes_are_those_that_every_pair_alone_gives(squares, least: float, share: float) -> None:
    shapes = np.array([box(x, y, x + w, y + h) for x, y, w, h in squares], dtype=object)
    expected = set()
    for one in range(len(shapes)):
        for other in range(len(shapes)):
            common = shapes[one].intersection(shapes[other]).area
            sliver = common < least and common < share * min(shapes[one].area, shapes[other].area)
            if one != other and common > 0 and not sliver:
                expected.add(one)
    assert set(clashes(shapes, tolerance_m2=least, tolerance_share=share)) == expected


# --- bad rows as a file ------------------------------------------------------------------------------------


def test_shapes_that_nothing_can_read_come_back_empty_with_their_reason(tmp_path: Path) -> None:
    edition = taken(tmp_path, [cell(0, 0), None], cell(0, 0, 2, 1), codes=["H1", "H2"])
    wkb = cell(1, 0).wkb
    for row, reason, body in ((7, "unreadable_geometry", b"\x01\x03\x00"), (8, "invalid_geometry", wkb)):
        Quarantined.objects.create(
            edition=edition, source_row=row, reason=reason, message_fa="چرا", message_en="why", original_wkb=body,
            row={"n": row, "share": 0.5 * row, "q_row": "theirs", "flag": True, "list": [1], "N": "twice"},
        )  # fmt: skip
    out = tmp_path / "bad.gpkg"
    assert export_quarantine(edition=edition, into=out, crs="EPSG:32639") == 3
    bad = pyogrio.read_dataframe(out)
    assert [shape is None for shape in bad.geometry] == [True, True, False]
    assert list(bad.q_row) == [2, 7, 8]
    both = sorted(column for column in bad.columns if column.lower().startswith("n") and column != "note")
    assert len(both) == 2  # a GeoPackage's columns differ by more than capitals
    assert {str(bad[column][1]) for column in both} == {"7.0", "twice"}  # beside a blank an integer reads as a float
    assert list(bad["share"][1:]) == [3.5, 4.0]
    assert bad["flag"][1] == "True"
    assert "q_row_" not in "".join(bad.columns)  # a file that went round does not gather old reasons


def test_arcs_come_back_as_arcs(tmp_path: Path) -> None:
    edition = taken(tmp_path, [cell(0, 0)], cell(0, 0, 2, 1))
    # CURVEPOLYGON (CIRCULARSTRING (0 0, 2 0, 0 0)) as ISO WKB
    ring = (8).to_bytes(4, "little") + (3).to_bytes(4, "little") + np.array([0, 0, 2, 0, 0, 0], "<f8").tobytes()
    curved = b"\x01" + (10).to_bytes(4, "little") + (1).to_bytes(4, "little") + b"\x01" + ring
    Quarantined.objects.create(
        edition=edition, source_row=1, reason="curved_geometry", message_fa="-", message_en="-", original_wkb=curved
    )
    out = tmp_path / "bad.gpkg"
    export_quarantine(edition=edition, into=out, crs="EPSG:32639")
    _, _, _, columns = raw.read(out, sql="SELECT OGR_GEOMETRY AS kind FROM quarantined", sql_dialect="OGRSQL")
    assert "CURVE" in str(columns[0][0]).upper()


def test_nothing_kept_out_nothing_to_export(tmp_path: Path) -> None:
    edition = taken(tmp_path, [cell(0, 0)], cell(0, 0, 2, 1))
    with pytest.raises(NotFoundError):
        export_quarantine(edition=edition, into=tmp_path / "x.gpkg", crs="EPSG:32639")
