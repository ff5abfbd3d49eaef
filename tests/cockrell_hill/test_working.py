"""The table of lots against the published files alone: widths, sides, overlaps, what governs, the sums."""

import re
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

import pytest

from tests.cockrell_hill.districts import ALL_USES, FIXED, Lot
from tests.cockrell_hill.lots import LOTS
from tests.cockrell_hill.published import FILES, centre_of, features_of_lots, zoning

METRIC, SLIVER_M2, SLIVER_SHARE = "EPSG:26914", 2.0, 0.02
FILLER = 1.0
SUM = re.compile(r"0\.1 × (?P<width>[\d.]+) = (?P<tenth>[\d.]+) (?P<sign>[<>]) 5, so (?P<value>[\d.]+)")
LEAST = re.compile(r"min\((?P<a>[\d.]+) in (?P<in_a>[\w-]+), (?P<b>[\d.]+) in (?P<in_b>[\w-]+)\) = (?P<value>[\d.]+)")

each_lot = pytest.mark.parametrize("lot", LOTS, ids=lambda lot: lot.number)


@pytest.fixture(scope="module")
def shapes() -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Lots by id and districts by code, in metres."""
    import geopandas as gpd
    from shapely.geometry import shape

    drawn = {code: shape(f["geometry"]) for code, f in zoning().items() if f["geometry"]}
    districts = gpd.GeoSeries(drawn, crs="EPSG:4326").to_crs(METRIC)
    lots = gpd.read_file(FILES / "lots.gpkg").set_index("parcel_id").to_crs(METRIC).geometry
    return dict(lots.items()), dict(districts.items())


def test_there_are_fifteen_different_lots() -> None:
    assert len(LOTS) == len({lot.number for lot in LOTS}) == 15


@each_lot
def test_width_depth_area_and_sides_are_the_files(lot: Lot) -> None:
    centre = centre_of(lot.parcel_id)
    for name, said in (("lot_width", lot.width), ("lot_depth", lot.depth)):
        assert centre[name] == FILLER if said is None else round(Decimal(centre[name]), 3) == said
    assert round(Decimal(centre["lot_area"]), 4) == lot.area
    assert {p["side"] for p in features_of_lots()[lot.parcel_id]} == {*lot.sides, "centroid"}


@each_lot
def test_shares_are_those_of_the_drawn_shapes(lot: Lot, shapes: tuple[Mapping[str, Any], Mapping[str, Any]]) -> None:
    lots, districts = shapes
    drawn = lots[lot.parcel_id]
    held = {code: drawn.intersection(place).area for code, place in districts.items()}
    assert {code for code, area in held.items() if area >= 0.1} == set(lot.zones)
    for code, share in lot.zones.items():
        assert float(share) == pytest.approx(held[code] / drawn.area * 100, abs=0.0501)
        sliver = held[code] < SLIVER_M2 and held[code] / drawn.area < SLIVER_SHARE
        assert sliver is (code in lot.slivers)
    assert float(lot.gap_m2) == pytest.approx(drawn.area - sum(held.values()), abs=0.0501)


@each_lot
def test_a_gap_that_counts_leaves_everything_open(
    lot: Lot, shapes: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> None:
    area = shapes[0][lot.parcel_id].area
    counts = float(lot.gap_m2) >= SLIVER_M2 or float(lot.gap_m2) / area >= SLIVER_SHARE
    assert counts is (lot.uses is None)
    if counts or "C-A" in lot.zones:
        assert all(e.value is None for e in lot.values.values())
        assert lot.schedules == ()


@each_lot
def test_sums_are_right(lot: Lot) -> None:
    for expected in lot.values.values():
        if found := SUM.search(expected.working):
            tenth = Decimal("0.1") * Decimal(found["width"])
            assert Decimal(found["width"]) == lot.width
            assert Decimal(found["tenth"]) == tenth
            assert found["sign"] == ("<" if tenth < 5 else ">")
            up = max(Decimal(5), tenth).quantize(Decimal("0.01"), ROUND_CEILING)
            assert (expected.value or expected.bound) == Decimal(found["value"]) == up
        elif found := LEAST.search(expected.working):
            assert expected.value == Decimal(found["value"]) == min(Decimal(found["a"]), Decimal(found["b"]))


@each_lot
def test_setbacks_follow_the_full_width_of_the_file(lot: Lot) -> None:
    centre = centre_of(lot.parcel_id)
    up = max(Decimal(5), Decimal("0.1") * Decimal(centre["lot_width"])).quantize(Decimal("0.01"), ROUND_CEILING)
    for code in ("rear_setback", "side_setback_interior"):
        expected = lot.values[code]
        known = lot.width is not None and "C-A" not in lot.zones
        assert (expected.value or expected.bound) == (up if known else None)
        assert bool(SUM.search(expected.working)) is known


@each_lot
def test_the_strictest_district_governs(lot: Lot) -> None:
    counting = [c for c in lot.zones if c not in lot.slivers and c in FIXED]
    for code in FIXED["R-S"] if counting else ():
        own = [v for c in counting if (v := FIXED[c][code].value) is not None]
        strictest = max(own) if "setback" in code else min(own)
        assert strictest in {lot.values[code].value, lot.values[code].bound}
    for zone, values in lot.parts.items():
        assert all(values[c] == FIXED[zone][c].value for c in ("max_coverage", "max_storeys"))


@each_lot
def test_uses_are_what_every_counting_district_allows(lot: Lot) -> None:
    if lot.uses is None:
        return
    allowed = set(ALL_USES)
    for code in lot.zones:
        said = zoning()[code]["properties"]["res_uses"]
        allowed &= ALL_USES if code in lot.slivers else set() if said == "none" else set(said)
    assert allowed == lot.uses
