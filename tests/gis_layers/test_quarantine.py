"""Rows that cannot be taken in are kept with their reason and their shape, and the edition falls silent there."""

import sqlite3
import struct
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box

from gis_layers.ingest.coverage import Coverage
from gis_layers.ingest.reasons import Reason, refusal
from gis_layers.models import Edition, Feature, Quarantined
from tests.gis_layers.files import CELL, CITY, ORIGIN, at, cell, frame, write
from tests.gis_layers.grid import take

ALL = Coverage(layer="coverage")
AREA = 10 * CELL * 10 * CELL


def taken(folder: Path, shapes: list[Any], *, theme: str = "heritage", codes: list[Any] | None = None) -> Edition:
    """Take in beside a sound row far away, under a coverage of 10 by 10 cells."""
    shapes, codes = [cell(9, 9), *shapes], ["SOUND", *(codes or [f"X{i}" for i in range(len(shapes))])]
    path = write(frame(shapes, codes=codes), folder / "plan.gpkg", geometry_type="Unknown")
    write(frame([cell(0, 0, 10, 10)]), path, layer="coverage")
    report = take(path, "hr-1", theme, coverage=ALL)
    edition = Edition.objects.get()
    assert report.features == edition.feature_count == edition.features.count()
    assert len(report.quarantined) == edition.quarantined_count == edition.quarantined.count()
    assert report.unplaced == edition.unplaced
    assert report.coverage_m2 == pytest.approx(edition.coverage.area)
    return edition


BOW_TIE = Polygon(at((0, 0), (2, 2), (2, 0), (0, 2)))
LOOP = LineString(at((0, 0), (2, 0), (2, 1), (0, 1), (0, 0)))
ANGLE = LineString(at((0, 0), (2, 0), (2, 1)))


@pytest.mark.parametrize(
    ("shape", "reason", "silent"),
    [
        (BOW_TIE, "invalid_geometry", 4),
        (LOOP, "not_a_polygon", 2),
        (ANGLE, "not_a_polygon", None),
        (Point(at((1, 1))[0]), "not_a_polygon", None),
        (None, "empty_geometry", None),
        (Polygon(), "empty_geometry", None),
        (Polygon([(0, 0), (float("inf"), 1), (1, 0), (0, 0)]), "coordinates_not_finite", None),
        (Polygon(at((0, 0), (3, 0), (0, 0))), "invalid_geometry", None),
    ],
    ids=["bow tie", "closed line", "open line", "point", "no shape", "empty shape", "not a number", "collapsed"],
)
def test_a_bad_shape(shape: Any, reason: str, silent: int | None, tmp_path: Path) -> None:
    """`silent`: cells of the convex hull, taken out of the coverage; None where the place is not known.

    . \\ /   bow tie: hull 2 by 2      ____    closed line: hull 2 by 1
    .  X                             |    |
    . / \\                            |____|
    """
    edition = taken(tmp_path, [shape])
    row = edition.quarantined.get()
    assert (row.source_row, row.reason, row.row["code"]) == (2, reason, "X0")
    assert row.message_fa
    assert row.message_en
    assert edition.feature_count == 1
    if silent is None:
        assert row.footprint is None
        assert edition.unplaced == 1
        assert edition.coverage.area == pytest.approx(AREA)
    else:
        assert row.footprint is not None
        assert row.footprint.area == pytest.approx(silent * CELL**2)
        assert edition.unplaced == 0
        assert edition.coverage.area == pytest.approx(AREA - silent * CELL**2)
    if shape is not None and not shape.is_empty:
        assert bytes(row.original_wkb or b"") == shapely.to_wkb(shape)


def test_what_lies_outside_the_city(tmp_path: Path) -> None:
    """A zone of another city has no place here; one that hangs out is silent only within the bounds."""
    west = 550_000
    edition = taken(tmp_path, [box(0, 0, 100, 100), box(west - 60_000, 3_612_000, ORIGIN[0] + 100, 3_612_100)])
    far, hanging = edition.quarantined.order_by("source_row")
    assert far.reason == hanging.reason == "out_of_the_city"
    assert far.footprint is None
    assert hanging.footprint is not None
    assert ORIGIN[0] + 100 - hanging.footprint.extent[0] < 20_000
    assert edition.unplaced == 1
    assert edition.coverage.area == pytest.approx(AREA - CELL**2)


@pytest.mark.parametrize(
    ("code", "reason"),
    [(None, "no_code"), ("  ", "no_code"), ("H" * 81, "value_too_long"), ("H" * 80, None)],
    ids=["null", "blank", "81 letters", "80 letters"],
)
def test_a_code_that_is_missing_or_too_long(code: str | None, reason: str | None, tmp_path: Path) -> None:
    table = frame([cell(9, 9), cell(0, 0)], codes=["SOUND", code])
    table["label_fa"] = table["label_en"] = "L"
    path = write(table, tmp_path / "plan.gpkg")
    write(frame([cell(0, 0, 10, 10)]), path, layer="coverage")
    take(path, "hr-1", "heritage", coverage=ALL)
    assert [q.reason for q in Quarantined.objects.all()] == ([reason] if reason else [])
    assert Edition.objects.get().coverage.area == pytest.approx(AREA - (CELL**2 if reason else 0))


def test_a_label_that_is_too_long_names_its_field(tmp_path: Path) -> None:
    table = frame([cell(0, 0), cell(1, 0)])
    table["label_en"] = ["L" * 201, "short"]
    take(write(table, tmp_path / "plan.gpkg"))
    row = Quarantined.objects.get()
    assert row.reason == "value_too_long"
    assert "label_en" in row.message_en


def _arcs(path: Path, fid: int, points: list[tuple[float, float]]) -> None:
    """Replace a row's shape by a CURVEPOLYGON of one CIRCULARSTRING."""
    ring = struct.pack("<BII", 1, 8, len(points)) + b"".join(struct.pack("<dd", *p) for p in points)
    body = b"GP\x00\x01" + struct.pack("<i", CITY) + struct.pack("<BII", 1, 10, 1) + ring
    base = sqlite3.connect(path)
    for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        base.execute(f'DROP TRIGGER "{name}"')
    base.execute("UPDATE features SET geom = ? WHERE fid = ?", (body, fid))
    base.commit()
    base.close()


@pytest.mark.parametrize("kind", ["Unknown", "Polygon"])
def test_arcs_are_not_quietly_straightened(kind: str, tmp_path: Path) -> None:
    """A full circle of radius 1 cell around (5, 5), given by two arcs; its place is silent, a little beyond too."""
    path = write(frame([cell(0, 0), cell(1, 0)]), tmp_path / "plan.gpkg", geometry_type=kind)
    circle = at((4, 5), (5, 6), (6, 5), (5, 4), (4, 5))
    _arcs(path, 2, circle)
    write(frame([cell(0, 0, 10, 10)]), path, layer="coverage")
    take(path, "hr-1", "heritage", coverage=ALL)
    edition, row = Edition.objects.get(), Quarantined.objects.get()
    assert (row.reason, row.source_row, edition.unplaced) == ("curved_geometry", 2, 0)
    assert bytes(row.original_wkb or b"")[1:5] == struct.pack("<I", 10)  # a curve polygon, as it was
    assert row.footprint is not None
    exact = shapely.from_wkb(bytes(row.footprint.wkb))
    assert exact.covers(Point(at((5, 5))[0]).buffer(CELL, quad_segs=256))
    assert exact.area < 1.1 * 3.1416 * CELL**2
    assert edition.coverage.area == pytest.approx(AREA - exact.area)
    assert Feature.objects.count() == 1


# --- partition themes: one value per place ------------------------------------------------------------


def test_overlapping_zones_of_a_partition_are_both_kept_out(tmp_path: Path) -> None:
    """Rows 2 and 3 claim the cell at (1, 0); row 4 only touches row 3.

    2 23 3 4
    """
    edition = taken(tmp_path, [cell(0, 0, 2, 1), cell(1, 0, 2, 1), cell(3, 0)], theme="height")
    assert {q.source_row: q.reason for q in edition.quarantined.all()} == dict.fromkeys((2, 3), "overlaps_another_row")
    assert "row 3 overlap by 10000.00" in edition.quarantined.get(source_row=2).message_en
    assert edition.coverage.area == pytest.approx(AREA - 3 * CELL**2)
    assert edition.unplaced == 0


def test_a_sliver_of_overlap_is_tolerated(tmp_path: Path) -> None:
    """One centimetre over 100 m: 1 m², under both tolerances (2 m², 2 %)."""
    assert taken(tmp_path, [cell(0, 0), cell(0.9999, 0)], theme="height").quarantined_count == 0


def test_a_thin_overlap_above_two_square_metres_is_not(tmp_path: Path) -> None:
    assert taken(tmp_path, [cell(0, 0), cell(0.9997, 0)], theme="height").quarantined_count == 2


def test_a_small_overlap_is_not_tolerated_when_it_is_much_of_a_small_zone(tmp_path: Path) -> None:
    """1 m² of a zone of 2 m²: under the area, far above the share."""
    small = box(ORIGIN[0] + 99, ORIGIN[1], ORIGIN[0] + 101, ORIGIN[1] + 1)
    assert taken(tmp_path, [cell(0, 0), small], theme="height").quarantined_count == 2


def test_cumulative_zones_may_overlap(tmp_path: Path) -> None:
    assert taken(tmp_path, [cell(0, 0, 2, 1), cell(1, 0, 2, 1)]).feature_count == 3


# --- safe repairs --------------------------------------------------------------------------------------


def test_heights_and_repeated_points_are_dropped_and_counted(tmp_path: Path) -> None:
    high = Polygon([(x, y, 1570.0) for x, y in cell(0, 0).exterior.coords])
    stutter = Polygon([p for p in cell(1, 0).exterior.coords for _ in range(2)])
    edition = taken(tmp_path, [high, stutter])
    assert edition.repairs == {"z": 1, "repeated_points": 1}
    one, two = edition.features.exclude(code="SOUND").order_by("source_row")
    assert not one.geom.hasz
    assert one.geom.area == two.geom.area == CELL**2
    assert two.geom.num_points == 5


def test_a_ring_that_touches_itself_is_written_the_valid_way(tmp_path: Path) -> None:
    """A hole that touches the outer ring at (1, 0), drawn as one ring: the same area, another spelling.

    +----+
    | /\\ |
    |/  \\|      the hole's tip touches the lower edge
    +-\\/-+
    """
    ring = Polygon(at((0, 0), (1, 0), (0.5, 1), (1.5, 1), (1, 0), (2, 0), (2, 2), (0, 2)))
    assert not ring.is_valid
    edition = taken(tmp_path, [ring])
    assert edition.repairs == {"self_touching": 1}
    feature = edition.features.get(code="X0")
    assert feature.geom.valid
    assert feature.geom.area == pytest.approx(3.5 * CELL**2)


def test_overlapping_parts_of_one_row_would_change_its_area_and_are_kept_out(tmp_path: Path) -> None:
    both = MultiPolygon([cell(0, 0, 2, 1), cell(1, 0, 2, 1)])
    assert taken(tmp_path, [both]).quarantined.get().reason == "invalid_geometry"


def test_rows_that_reach_beyond_the_coverage_are_named(tmp_path: Path) -> None:
    path = write(frame([cell(0, 0), cell(0, 3)]), tmp_path / "plan.gpkg")
    write(frame([cell(0, 0, 2, 2)]), path, layer="coverage")
    report = take(path, coverage=ALL)
    assert report.beyond == (2,)
    assert "reach beyond the coverage: rows 2" in "\n".join(report.lines())


def test_what_postgis_calls_invalid_is_kept_out_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One engine decides: even a shape that passed every check here is judged again where it is stored."""
    monkeypatch.setattr("gis_layers.ingest.shapes._clean", lambda shapes, *_rest: [True] * len(shapes))
    edition = taken(tmp_path, [BOW_TIE])
    row = edition.quarantined.get()
    assert row.reason == "invalid_geometry"
    assert "Self-intersection" in row.message_en
    assert row.footprint is not None
    assert edition.coverage.area == pytest.approx(AREA - 4 * CELL**2)
    assert edition.feature_count == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"why": "Self-intersection[562869.5 3611780]"}, "ضلع‌ها یکدیگر را می‌برند، نزدیک \u2066562869.5 3611780\u2069"),
        ({"why": "Something new[1 2]"}, "Something new[1 2]"),
        ({"why": "unclosed"}, "unclosed"),
    ],
)
def test_what_is_wrong_with_a_shape_is_said_in_persian(words: dict[str, str], said: str) -> None:
    text = refusal(Reason.INVALID, **words).text
    assert f"({said})" in text.fa
    assert f"({words['why']})" in text.en


@pytest.mark.parametrize(("area", "said"), [("1600.00", "1600"), ("12.50", "12٫50")])
def test_an_area_has_the_decimal_mark_of_the_language(area: str, said: str) -> None:
    text = refusal(Reason.OVERLAP, other=3, area=area).text
    assert f" {said} متر مربع" in text.fa
    assert f"{area} m²" in text.en
