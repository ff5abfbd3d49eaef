"""Files that bring a footprint: good ones, wrong ones, hostile ones. Never anything but a shape or a clear refusal."""

import json
import re
from io import BytesIO, StringIO

import ezdxf
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, box

from apps.common.errors import BadInputError, TooLargeError
from apps.permits.proposal_geojson import from_geojson, read_geojson
from apps.permits.proposal_rings import nested
from apps.permits.proposal_shape import as_lonlat, coordinates_of, from_coordinates, whole
from apps.permits.proposal_upload import MOST_BYTES, read_file, read_waiting, sniffed
from tests.extracts.conftest import X0, Y0
from tests.permits.proposing import on_grid

SHAPE = on_grid((2, 22, 18, 38))
SQUARE = [(X0 + x, Y0 + y) for x, y in ((2, 22), (18, 22), (18, 38), (2, 38))]
CITY = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32639"}}
METRIC = {"type": "Polygon", "coordinates": [[*map(list, SQUARE), list(SQUARE[0])]]}


def same(one, other, off=0.05):
    return shapely.area(shapely.symmetric_difference(one, other)) < off


def refused(content, name="x", **more):
    with pytest.raises(BadInputError) as error:
        read_file(content if isinstance(content, bytes) else json.dumps(content).encode(), name=name, **more)
    return error.value


# ---- GeoJSON


@pytest.mark.parametrize(
    "wrap",
    [
        lambda g: g,
        lambda g: {"type": "Feature", "properties": None, "geometry": g},
        lambda g: {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": g}]},
        lambda g: {"type": "GeometryCollection", "geometries": [g]},
    ],
    ids=["geometry", "feature", "collection", "geometries"],
)
def test_longitude_and_latitude(wrap):
    assert same(from_geojson(wrap(as_lonlat(SHAPE))), SHAPE, 0.6)


@pytest.mark.parametrize(
    "named",
    [
        {"crs": CITY},
        {"crs": {"type": "name", "properties": {"name": "EPSG:32639"}}},
        {"coordRefSys": "http://www.opengis.net/def/crs/EPSG/0/32639"},
    ],
    ids=["urn", "short", "json-fg"],
)
def test_the_citys_metres_named_in_the_file(named):
    assert same(from_geojson({**METRIC, **named}), SHAPE, 1e-6)


def test_three_numbers_are_two_and_a_height():
    raised = [[[*point, 1500] for point in METRIC["coordinates"][0]]]
    assert same(from_geojson({"type": "Polygon", "coordinates": raised, "crs": CITY}), SHAPE, 1e-6)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (5, "no readable GeoJSON"),
        ({"type": "Point", "coordinates": [51, 32]}, "no area (Polygon)"),
        ({"type": "FeatureCollection", "features": []}, "no area (Polygon)"),
        ({"type": "FeatureCollection", "features": "x"}, "no area (Polygon)"),
        ({"type": "Feature", "geometry": None}, "no readable GeoJSON"),
        (METRIC, "no longitudes and latitudes"),
        ({**METRIC, "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}, "reference system is not taken"),
        ({**METRIC, "crs": {"type": "link", "properties": []}}, "no longitudes"),
        ({**METRIC, "crs": 5}, "reference system is not taken"),
        ({"type": "Polygon", "coordinates": []}, "outline cannot be read"),
        ({"type": "Polygon", "coordinates": [[[51, 32], [51, 33]]]}, "outline cannot be read"),
        ({"type": "Polygon", "coordinates": [[["51", 32]] * 4]}, "outline cannot be read"),
        ({"type": "Polygon", "coordinates": [[[51]] * 4]}, "outline cannot be read"),
        ({"type": "Polygon", "coordinates": [[[1e300, 32]] * 4]}, "outline cannot be read"),
        ({"type": "Polygon", "coordinates": [[[True, 32]] * 4]}, "outline cannot be read"),
        ({"type": "Polygon", "coordinates": [5]}, "outline cannot be read"),
        ({"type": "MultiPolygon", "coordinates": 5}, "no area (Polygon)"),
        ({"type": "Polygon", "coordinates": [[[51, 32], [51, 32], [51, 32], [51, 32]]]}, "smaller than a square metre"),
    ],
)
def test_wrong_geojson(raw, said):
    with pytest.raises(BadInputError) as error:
        from_geojson(raw)
    assert said in error.value.message.en
    assert error.value.message.fa


def test_a_bow_tie_is_refused_and_not_repaired():
    tie = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    with pytest.raises(BadInputError, match="crosses itself"):
        from_geojson({"type": "Polygon", "coordinates": [[list(p) for p in tie]], "crs": CITY})


def test_parts_that_lie_on_each_other_are_refused_and_parts_that_touch_are_one():
    assert len(whole(list(on_grid((0, 0, 5, 5)).geoms) + list(on_grid((5, 0, 9, 5)).geoms)).geoms) == 1
    with pytest.raises(BadInputError, match="lie on each other"):
        whole(list(on_grid((0, 0, 5, 5)).geoms) + list(on_grid((3, 0, 9, 5)).geoms))


def test_shapes_without_end():
    with pytest.raises(BadInputError, match=re.escape("5,000 points")):
        whole([box(n * 2, 0, n * 2 + 1, 1) for n in range(61)])
    ring = [[51 + n / 1e6, 32] for n in range(6000)]
    with pytest.raises(BadInputError):
        from_geojson({"type": "Polygon", "coordinates": [ring]})
    deep = {"type": "Feature", "geometry": METRIC}
    for _ in range(9):
        deep = {"type": "FeatureCollection", "features": [deep]}
    with pytest.raises(BadInputError, match="no readable GeoJSON"):
        from_geojson(deep)


@pytest.mark.parametrize(
    "content", [b"{", b"[" * 5000, b'{"type": "Polygon", "coordinates": [[[NaN, 1]]]}', b'{"a": "\xff"}', b"{}\x00"]
)
def test_hostile_json(content):
    with pytest.raises(BadInputError):
        read_geojson(content)


def test_numbers_that_are_no_place_are_refused():
    with pytest.raises(BadInputError, match="no coordinates"):
        whole([shapely.Polygon([(0, 0), (np.inf, 0), (1, 1)])])


def test_a_kept_shape_is_the_shape_to_the_millimetre():
    kept = coordinates_of(SHAPE)
    assert kept == coordinates_of(from_coordinates(kept))
    assert same(from_coordinates(kept), SHAPE, 1e-9)
    assert kept[0][0][0] == kept[0][0][-1]
    assert all(isinstance(v, int) for ring in kept[0] for point in ring for v in point)  # whole metres: one spelling


# ---- DXF


def drawing(*, unit=6, lines=(), factor=1.0):
    """A drawing with closed squares: (layer, points, closed)."""
    doc = ezdxf.new("R2010")
    doc.units = unit
    for layer, points, closed in lines or [("BUILDING", SQUARE, True)]:
        scaled = [(x / factor, y / factor) for x, y in points]
        doc.modelspace().add_lwpolyline(scaled, close=closed, dxfattribs={"layer": layer})
    return doc


def saved(doc):
    out = StringIO()
    doc.write(out)
    return out.getvalue().encode("utf-8")


def test_a_closed_polyline_in_metres():
    found = read_file(saved(drawing()), name="/home/x/خانه.dxf")
    assert same(found.footprint, SHAPE, 1e-6)
    assert (found.origin.kind, found.origin.name, found.origin.layer) == ("dxf", "خانه.dxf", "BUILDING")
    assert re.fullmatch("[0-9a-f]{64}", found.origin.sha256)


@pytest.mark.parametrize(("unit", "factor"), [(4, 0.001), (5, 0.01), (2, 0.3048), (1, 0.0254), (14, 0.1)])
def test_other_units_of_the_header(unit, factor):
    assert same(read_file(saved(drawing(unit=unit, factor=factor)), name="x.dxf").footprint, SHAPE, 0.01)


@pytest.mark.parametrize("unit", [0, 3, 20], ids=["unitless", "miles", "parsecs"])
def test_a_drawing_that_does_not_say_its_unit(unit):
    assert "Set it to metres (command UNITS)" in refused(saved(drawing(unit=unit))).message.en
    bare = b"0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n"
    assert "does not say its unit" in refused(bare).message.en


def test_layers_are_listed_to_choose_from():
    far = [(x + 100, y) for x, y in SQUARE]
    content = saved(
        drawing(lines=[("دیوار", SQUARE, True), ("A-TREES", far, True), ("A-TREES", far, True), ("OPEN", far, False)])
    )
    error = refused(content)
    assert set(error.details["layers"]) == {"دیوار", "A-TREES"}
    assert same(read_file(content, name="x", layer="دیوار").footprint, SHAPE, 1e-6)
    assert refused(content, layer="NONE").details["layers"]


def test_a_drawing_waits_for_its_sender_to_choose():
    content = saved(drawing(lines=[("A", SQUARE, True), ("B", [(x, y + 50) for x, y in SQUARE], True)]))
    error = refused(content, whose="1:PR-1")
    found = read_waiting(error.details["file"], layer="A", whose="1:PR-1")
    assert same(found.footprint, SHAPE, 1e-6)
    assert (found.origin.layer, found.origin.sha256) == ("A", error.details["file"])
    for whose in ("2:PR-1", "1:PR-2"):
        with pytest.raises(BadInputError, match="no longer at hand"):
            read_waiting(error.details["file"], layer="A", whose=whose)


def test_an_outline_within_an_outline_is_a_courtyard():
    yard = [(X0 + x, Y0 + y) for x, y in ((6, 26), (14, 26), (14, 34), (6, 34))]
    tower = [(X0 + x, Y0 + y) for x, y in ((9, 29), (11, 29), (11, 31), (9, 31))]
    content = saved(drawing(lines=[("A", yard, True), ("A", SQUARE, True), ("A", tower, True)]))
    assert shapely.area(read_file(content, name="x").footprint) == pytest.approx(256 - 64 + 4)


def test_outlines_that_cross():
    with pytest.raises(BadInputError, match="cross each other"):
        nested([box(0, 0, 5, 5), box(3, 3, 8, 8)])
    with pytest.raises(BadInputError, match="crosses itself"):
        nested([shapely.Polygon([(0, 0), (5, 5), (5, 0), (0, 5)])])
    with pytest.raises(BadInputError, match="more than 60"):
        nested([box(n * 2, 0, n * 2 + 1, 1) for n in range(61)])
    assert len(nested([box(0, 0, 5, 5), box(5, 0, 9, 5)])) == 1


def test_an_arc_is_drawn_by_short_chords():
    """A half circle of 4 m on a chord of 8 m: 8π m², of which less than a hundredth is lost."""
    doc = drawing(lines=[("A", [(X0, Y0), (X0 + 1, Y0), (X0 + 1, Y0 + 1)], False)])
    doc.modelspace().add_lwpolyline([(X0, Y0, 1), (X0 + 8, Y0, 0)], format="xyb", close=True, dxfattribs={"layer": "B"})
    found = read_file(saved(doc), name="x").footprint
    assert shapely.area(found) == pytest.approx(8 * np.pi, rel=0.01)


def test_lines_that_come_back_count_as_closed_and_old_polylines_are_read():
    doc = drawing(lines=[("A", [*SQUARE, SQUARE[0]], False)])
    assert same(read_file(saved(doc), name="x").footprint, SHAPE, 1e-6)
    old = ezdxf.new("R12")
    old.modelspace().add_polyline2d(SQUARE, close=True, dxfattribs={"layer": "B"})
    content = saved(old).replace(b"$ACADVER", b"$INSUNITS\r\n 70\r\n6\r\n  9\r\n$ACADVER", 1)
    assert same(read_file(content, name="x").footprint, SHAPE, 1e-6)


def test_drawings_without_an_outline():
    assert "No polyline of this drawing is closed" in refused(saved(drawing(lines=[("A", SQUARE, False)]))).message.en
    empty = ezdxf.new("R2010")
    empty.units = 6
    empty.modelspace().add_line((0, 0), (1, 1))
    assert "explode" in refused(saved(empty)).message.en
    flat = drawing(lines=[("A", [(X0, Y0), (X0 + 1, Y0)], True)])
    assert refused(saved(flat))


def test_a_block_that_leads_to_itself_is_never_followed():
    doc = drawing()
    block = doc.blocks.new("LOOP")
    block.add_blockref("LOOP", (0, 0))
    block.add_lwpolyline([(0, 0), (9, 0), (9, 9)], close=True)
    doc.modelspace().add_blockref("LOOP", (0, 0))
    assert same(read_file(saved(doc), name="x").footprint, SHAPE, 1e-6)


def test_more_than_a_house():
    many = drawing(lines=[("A", SQUARE, True)] * 3100)
    assert "very many polylines" in refused(saved(many)).message.en
    with pytest.raises(TooLargeError) as error:
        read_file(b"0" * (MOST_BYTES + 1), name="x.dxf")
    assert error.value.status == 413


HEAD = b"0\nSECTION\n2\nHEADER\n9\n$INSUNITS\n70\n6\n0\nENDSEC\n"
LINE = (
    b"0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n8\nA\n70\n1\n10\n%b\n20\n1\n"
    b"10\n1\n20\n2\n10\n3\n20\n9\n0\nENDSEC\n0\nEOF\n"
)


@pytest.mark.parametrize(
    "content",
    [
        b"AutoCAD Binary DXF\r\n\x1a\x00SECTION",
        HEAD + LINE % b"NaN",
        HEAD + LINE % b"1e999",
        HEAD + b"0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\nwhat\nA\n",
        HEAD + b"0\nSECTION\n2\nENTITIES\n" + b"0\nVERTEX\n" * 999,
        HEAD + b"0\nSECTION\n2\nENTITIES\n0\nPOLYLINE\n8\nA\n70\n64\n0\nVERTEX\n10\n1\n20\n1\n0\nSEQEND\n0\nENDSEC\n",
        HEAD + b"\x00\x01\x02" * 500,
        saved(drawing())[:2000],
        b"0\nSECTION",
    ],
    ids=["binary", "nan", "infinite", "no code", "vertices", "mesh", "noise", "cut off", "stub"],
)
def test_hostile_drawings(content):
    assert refused(content).message.fa


def test_letters_of_another_code_page_do_not_break_the_name():
    content = saved(drawing()).replace(b"BUILDING", b"B\xc7\xffLD")
    assert same(read_file(content, name="x").footprint, SHAPE, 1e-6)
    json.dumps(read_file(content, name="x").origin.layer).encode()


def test_a_file_is_known_by_what_is_in_it():
    assert sniffed(b"\xef\xbb\xbf {}") == "geojson"
    assert sniffed(saved(drawing())) == "dxf"
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04", b"\x7fELF", BytesIO(b"0 no drawing").read()):
        assert "neither GeoJSON nor DXF" in refused(content, name="house.dxf").message.en


def test_the_name_of_a_file_is_only_its_name():
    found = read_file(json.dumps({**METRIC, "crs": CITY}).encode(), name="../../etc/\u202ex\x00.geojson")
    assert "/" not in found.origin.name
    assert found.origin.name.isprintable()
    assert isinstance(found.footprint, MultiPolygon)
