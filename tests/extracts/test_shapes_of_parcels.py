"""Parcels of awkward shape: a hole, two pieces, a border of districts, a zone that only touches, slivers.

   0        10        20        30        40
20 ┌─────────┬─────────┬─────────┬─────────┐
   │ R ring  │ P   P   │ D │ D   │ T       │   zones of height_code: H3 for x < 20, H4 for x ≥ 20, coverage all
   │ ┌──┐    │ ▓▓  ▓▓  │ 3 │ 5   │ touches │   districts: 3 for x < 24, 5 for x ≥ 24
 0 └─┴──┴────┴─────────┴───┴─────┴─────────┘
"""

import pytest
from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Polygon

from apps.cadastre.models import District, ParcelVersion
from apps.extracts.services import compose
from tests.extracts.conftest import X0, Y0, box, web

RING, PIECES, CUT, TOUCH, SLIVER = (f"3-1-1-{n}-0-0-0" for n in range(1, 6))


def ring() -> MultiPolygon:
    """10 × 20 m with a hole of 4 × 4 m: 184 m²."""
    outer = box(0, 0, 10, 20)[0].coords[0]
    hole = box(2, 2, 6, 6)[0].coords[0]
    return MultiPolygon(Polygon(outer, hole), srid=settings.CITY_SRID)


def pieces() -> MultiPolygon:
    """Two pieces of 3 × 10 m, 4 m apart."""
    return MultiPolygon(box(11, 0, 14, 10)[0], box(18, 0, 21, 10)[0], srid=settings.CITY_SRID)


@pytest.fixture
def town(grid):
    theme = grid.theme("height_code")
    grid.edition(theme, "hc", {"H3": box(0, 0, 20, 20), "H4": box(20, 0, 60, 20)}, coverage=box(0, 0, 60, 20))
    fabric = grid.theme("historic_fabric", kind="cumulative")
    grid.edition(fabric, "hf", {"FABRIC": box(40, 0, 50, 20), "IN_HOLE": box(3, 3, 5, 5)}, coverage=box(0, 0, 60, 20))
    District.objects.filter(number=3).update(geom=box(-100, -100, 24, 100))
    District.objects.create(
        number=5, name_fa="منطقهٔ ۵", name_en="District 5", geom=box(24, -100, 200, 100), geom_web=web(box(24, 0, 90, 9))
    )
    for code, shape in {
        RING: ring(), PIECES: pieces(), CUT: box(21, 0, 30, 20), TOUCH: box(30, 0, 40, 20), SLIVER: box(50, 0, 60, 20),
    }.items():  # fmt: skip
        grid.parcel(code, shape)
    grid.overlay()
    for instrument in ("hc", "hf"):
        grid.in_force(instrument, "2014-09-27")
    return grid


def zones(code: str, theme: str) -> tuple[str, dict[str, tuple[float, float]]]:
    lists = compose(parcel=code).data["themes"]
    for answer, listed in lists.items():
        for entry in listed:
            if entry["theme"] == theme:
                return answer, {z["code"]: (z["area_m2"], z["share_pct"]) for z in entry["zones"]}
    raise AssertionError(theme)


def test_a_hole_is_no_part_of_the_parcel(town):
    """The zone inside the hole lies in somebody else's ground; the ring itself is wholly H3."""
    assert zones(RING, "height_code") == ("applies", {"H3": (184, 100)})
    assert zones(RING, "historic_fabric") == ("does_not_apply", {})


def test_two_pieces_are_one_parcel_with_shares_of_the_whole(town):
    assert zones(PIECES, "height_code") == ("applies", {"H3": (50, 83.33), "H4": (10, 16.67)})


def test_a_neighbouring_zone_that_touches_never_applies(town):
    """TOUCH ends at x = 40, where the historic fabric begins; SLIVER begins at x = 50, where it ends."""
    assert zones(TOUCH, "historic_fabric") == ("does_not_apply", {})
    assert zones(SLIVER, "historic_fabric") == ("does_not_apply", {})


def test_a_border_of_districts_is_told_with_the_parts(town):
    """CUT is 9 m wide, 3 of them in district 3, which keeps the file."""
    parcel = compose(parcel=CUT).data["parcel"]
    assert [(d["number"], d["area_m2"], d["share_pct"]) for d in parcel["districts"]] == [
        (5, 120, 66.67),
        (3, 60, 33.33),
    ]
    assert parcel["district"]["number"] == 3
    assert compose(parcel=RING).data["parcel"]["districts"] == []


def test_a_border_that_only_grazes_the_parcel_is_a_rounding(town):
    """Moved 1 cm into a parcel of 20 m depth: 0.2 m² and 0.1 %, below both tolerances."""
    District.objects.filter(number=3).update(geom=box(-100, -100, 21.01, 100))
    District.objects.filter(number=5).update(geom=box(21.01, -100, 200, 100))
    assert compose(parcel=CUT).data["parcel"]["districts"] == []


@pytest.mark.parametrize(("deed", "drawn"), [(0, 20000), (1, 20000), (99_999_999, 20000), (None, 0)])
def test_an_absurd_area_is_not_known_and_nothing_hangs_on_it(town, deed, drawn):
    ParcelVersion.objects.filter(parcel__code=TOUCH).update(deed_area_dm2=deed, drawn_area_dm2=drawn)
    document = compose(parcel=TOUCH).data
    assert document["parcel"]["legal_area_m2"] is None
    assert {f["name"]: f["value"] for f in document["facts"]}["plot_m2"] is None
    assert document["complete"] is False


def test_origin_is_where_the_drawing_says():
    assert ring().extent == (X0, Y0, X0 + 10, Y0 + 20)
    assert ring().area == 184
