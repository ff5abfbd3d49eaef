"""From a parcel in the database to its envelope: sides, shapes, GeoJSON, what is remembered and what fails."""

import json
from datetime import UTC, date, datetime

import pytest
import shapely
from django.contrib.gis.geos import LineString, MultiPolygon, Polygon
from shapely import LinearRing

from apps.cadastre.models import ParcelSide, ParcelVersion
from apps.common.errors import NotFoundError
from apps.envelope import services
from apps.envelope.services import envelope, envelope_of
from apps.extracts.services import compose
from gis_layers.crs import city_srid
from gis_layers.postgis_envelope import read_ground
from tests.browser.city import CODES, SmallCity
from tests.extracts.conftest import X0, Y0, box

NOW = datetime(2026, 1, 1, tzinfo=UTC)
solved = services.solve
pytestmark = pytest.mark.django_db


def of(city: SmallCity, name: str, **asked):
    return envelope(parcel=CODES[name], **asked)


def roles(answer, role):
    return [f for f in answer.collection["features"] if f["properties"]["role"] == role]


def test_a_plain_plot(city):
    """A: H4 on a 12 m passage, 400 m², 60 % of it is 240, less 18 m² of light-wells: 222 m² on each of 4 storeys.

    Density: 300 % by the zone, 240 % by the height code; 240 % of 400 are 960 m².
    """
    said = of(city, "A").summary
    assert (said["outcome"], said["upper_bound"], said["strict"]) == ("value", False, False)
    assert (said["plot_m2"], said["lot_m2"], said["storeys"], said["top_m"]) == (400, 400, 4, 15.5)
    assert (said["max_floor_area_m2"], said["max_footprint_m2"]) == (888, 240)
    assert said["binding"]["en"] == "storeys × coverage: 888 m² before density 960 m²"
    assert [(x["index"], x["counted"], x["built_m2"]) for x in said["levels"]] == [
        (0, False, 240), (1, True, 222), (2, True, 222), (3, True, 222), (4, True, 222),
    ]  # fmt: skip
    binding = next(x for x in said["limits"] if x["key"] == "max_coverage")
    assert binding["provisions"][0]["rulebook"]["act"]["kind"] == "promulgate"
    assert said["schema"] == "parvaneh-envelope/1"
    assert said["extract_digest"] == compose(parcel=CODES["A"]).digest


def test_the_geojson_is_rfc_7946(city):
    answer = of(city, "A")
    body = json.loads(answer.body)
    assert (body["type"], body["crs_of_city"], "crs" in body) == ("FeatureCollection", "EPSG:32639", False)
    ids = [f["id"] for f in body["features"]]
    assert len(ids) == len(set(ids))
    west, south, east, north = body["bbox"]
    for feature in body["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert west <= shape.bounds[0] <= shape.bounds[2] <= east
        assert south <= shape.bounds[1] <= shape.bounds[3] <= north
        assert 51 < shape.bounds[0] < 53  # longitude first
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                assert LinearRing(part.exterior).is_ccw
    edges = roles(answer, "edge")
    assert sum(e["properties"]["length_m"] for e in edges) == pytest.approx(80)
    assert edges[0]["properties"]["levels"] == [0, 1, 2, 3, 4]
    assert {f["properties"]["role"] for f in body["features"]} == {"lot", "level", "edge"}


def test_the_scene_is_in_metres_near_the_lot(city):
    scene = of(city, "A").scene
    assert shapely.Polygon(scene["lot"][0][0]).equals(shapely.box(0, 0, 20, 20))
    around = [shapely.Polygon(shape[0][0]) for shape in scene["around"]]
    assert [shape.bounds for shape in around] == [(20, 0, 30, 20)]  # B, cut off 10 m from the lot
    assert [(x["from_m"], x["to_m"]) for x in scene["levels"]][:2] == [(0, 2.7), (2.7, 5.9)]


def test_a_plot_of_unknown_passage_is_not_known_but_bounded(city):
    said = of(city, "C").summary
    assert (said["outcome"], said["upper_bound"]) == ("not_known", True)
    assert any("Width of the passage" in r["text"]["en"] for r in said["reasons"])
    assert all(r["office"]["code"] for r in said["reasons"])
    assert said["max_floor_area_m2"] is not None
    assert "not a permission" in said["notes"][0]["en"]


def test_five_metres_hold_one_storey_on_the_ground(city):
    said = of(city, "D").summary
    assert [x["label"]["en"] for x in said["levels"]] == ["Ground storey, nothing under it"]
    assert (said["top_m"], said["max_height_m"]) == (3.2, 5)


def test_the_same_answer_gives_the_same_bytes(city):
    first, again = of(city, "A"), of(city, "A")
    assert first.body == again.body
    assert first.tag == again.tag != of(city, "B").tag


def test_what_was_worked_out_is_remembered(city, monkeypatch):
    before = of(city, "A")
    monkeypatch.setattr(services, "solve", lambda *_: pytest.fail("worked out again"))
    assert of(city, "A").body == before.body


def test_an_unknown_parcel_and_a_parcel_without_a_shape(city):
    with pytest.raises(NotFoundError):
        envelope(parcel="9-9-9-9")
    extract = compose(parcel=CODES["A"]).data
    lost = {**extract, "parcel": {**extract["parcel"], "code": "9-9-9-9-0-0-0"}}
    answer = envelope_of(lost)
    assert (answer.summary["outcome"], answer.summary["reasons"][0]["why"]) == ("not_known", "no_shape")
    assert (answer.scene, answer.collection["features"]) == (None, [])


def test_what_fails_is_not_known_and_tried_again(city, monkeypatch, caplog):
    def broken(*_):
        raise ValueError("a shape nobody foresaw")

    with monkeypatch.context() as patch:
        patch.setattr(services, "solve", broken)
        said = of(city, "A").summary
    assert (said["outcome"], said["reasons"][0]["why"], said["levels"]) == ("not_known", "failed", [])
    assert "incident" in said["reasons"][0]["text"]["en"]
    assert "a shape nobody foresaw" in caplog.text
    assert of(city, "A").summary["outcome"] == "value"


def test_the_ground_tells_touched_edges_from_free_ones(city):
    rows = read_ground(code=CODES["B"], on=date(2026, 1, 1), known_at=NOW, features=[])
    free = [round(shapely.from_wkb(s.free).length, 1) for s in rows.segments]
    assert sorted(free) == [0, 0, 19.9, 19.9]  # A to the west, C to the east; the touch reaches round the corners
    assert read_ground(code="9-9-9-9-0-0-0", on=date(2026, 1, 1), known_at=NOW, features=[]) is None


def test_the_ground_of_a_past_day_knows_no_later_neighbour(city):
    """Parcels are there from 2010 on, and recorded from 2012 on."""
    early = datetime(2011, 1, 1, tzinfo=UTC)
    assert read_ground(code=CODES["A"], on=date(2010, 6, 1), known_at=early, features=[]) is None
    ParcelVersion.objects.filter(parcel__code=CODES["B"]).update(legal=(date(2020, 1, 1), None))
    rows = read_ground(code=CODES["A"], on=date(2015, 1, 1), known_at=NOW, features=[])
    assert all(round(shapely.from_wkb(s.free).length) == 20 for s in rows.segments)
    assert rows.around == ()


def side(version, kind, *points):
    line = LineString([(X0 + x, Y0 + y) for x, y in points], srid=city_srid())
    ParcelSide.objects.create(version=version, kind=kind, geom=line)


def test_stored_sides_are_taken_as_they_are(city, monkeypatch):
    version = ParcelVersion.objects.get(parcel__code=CODES["A"])
    side(version, "front", (0, 20), (20, 20))
    side(version, "interior_side", (20, 20), (20, 40))
    side(version, "rear", (20, 40), (0, 40))
    seen = {}
    monkeypatch.setattr(services, "solve", lambda lot, law: seen.update(lot=lot) or solved(lot, law))
    of(city, "A")
    assert [s.kinds for s in seen["lot"].sides] == [
        ("front",), ("interior_side",), ("rear",), ("front", "rear", "interior_side", "exterior_side"),
    ]  # fmt: skip
    assert seen["lot"].sides[3].line.length == pytest.approx(20, abs=0.2)  # the west, which no stored side names


def test_a_strip_of_a_madi_is_cut_out(city):
    """4 m of the west of A lie in a madi strip: 80 m² stay free of building, and the edge says why."""
    city._layer("madi_strip", "madi-1402", {"MADI": box(0, 0, 4, 60)})
    city.in_force("madi-1402", "2023-06-01")
    city.overlay()
    answer = of(city, "A")
    said = answer.summary
    assert [(c["theme"], c["area_m2"], c["ceded"]) for c in said["cut_outs"]] == [("madi_strip", 80, False)]
    assert said["cut_outs"][0]["provision"]["article"] == "10-4"
    assert {x["region_m2"] for x in said["levels"]} == {320}
    assert [e["properties"]["provision"]["row"] for e in roles(answer, "edge") if e["properties"]["kind"] == "cut_out"]


def test_shapes_of_all_kinds_come_through(city):
    """A lot with a hole and a second piece: the envelope has both, and the free edge of the hole may be anything."""
    outer = Polygon.from_bbox((X0, Y0 + 100, X0 + 30, Y0 + 130))
    hole = Polygon.from_bbox((X0 + 10, Y0 + 110, X0 + 20, Y0 + 120))
    shape = MultiPolygon(outer.difference(hole), Polygon.from_bbox((X0 + 40, Y0 + 100, X0 + 50, Y0 + 110)))
    shape.srid = city_srid()
    city._parcel("3-1-9-1-0-0-0", shape, 1200)
    ParcelVersion.objects.filter(parcel__code="3-1-9-1-0-0-0").update(deed_area_dm2=None)
    city.overlay()
    answer = envelope(parcel="3-1-9-1-0-0-0")
    assert answer.summary["lot_m2"] == 900
    assert [len(polygon) for polygon in answer.scene["lot"]] == [2, 1]


def test_parts_with_their_own_storeys_come_from_the_law_to_the_levels(city, monkeypatch):
    """The west half of A is H2, the rest H4; were storeys read by part, the upper two would stand in the east only."""
    city._layer("height_code", "hc-1403", {"H2": box(0, 0, 10, 60)}, coverage=box(0, 0, 10, 60))
    city.in_force("hc-1403", "2025-01-01")
    city.overlay()
    read = services.read

    def by_part(extract, rules):
        wanted = ("max_storeys", "max_height")
        said = [_by_part(s) if s["code"] in wanted else s for s in extract["subjects"]]
        return read({**extract, "subjects": said}, rules)

    strictest = of(city, "A").summary
    assert (strictest["outcome"], strictest["storeys"]) == ("value", 2)
    monkeypatch.setattr(services, "read", by_part)
    services.cache.clear()
    answer = of(city, "A")
    assert [x["region_m2"] for x in answer.summary["levels"]] == [400, 400, 400, 200, 200]
    parts = [e for e in roles(answer, "edge") if e["properties"]["kind"] == "part"]
    assert [e["properties"]["length_m"] for e in parts] == [20]
    assert parts[0]["properties"]["provision"]["row"] in ("H2", "height-2")


def _by_part(subject):
    return {**subject, "policy": {**(subject["policy"] or {}), "name": "by_part"}}


def test_a_zone_that_measures_something_else_leaves_a_doubt_and_cuts_nothing(city):
    """The extract says 80 m² of a madi strip; asked with 60, the drawn shape is not the one it speaks of."""
    city._layer("madi_strip", "madi-1402", {"MADI": box(0, 0, 4, 60)})
    city.in_force("madi-1402", "2023-06-01")
    city.overlay()
    extract = compose(parcel=CODES["A"]).data
    theme = next(t for t in extract["themes"]["applies"] if t["theme"] == "madi_strip")
    theme["zones"][0]["area_m2"] = 60
    said = envelope_of(extract).summary
    assert (said["outcome"], [r["why"] for r in said["reasons"]]) == ("not_known", ["zone_shape"])
    assert {x["region_m2"] for x in said["levels"]} == {400}
