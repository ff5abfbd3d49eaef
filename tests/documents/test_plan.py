"""The map: round scales, hatches inside their shape, precedence of zones, texts beside shapes. Metres on a grid."""

import re
from typing import Any

import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from apps.documents.plan.frame import HEIGHT_MM, WIDTH_MM, bar, frame_around, ticks
from apps.documents.plan.hatch import hatch
from apps.documents.plan.labels import labels
from apps.documents.plan.reading import short
from apps.documents.plan.scene import Scene
from apps.documents.plan.svg import draw, outline, swatch
from apps.documents.plan.zones import MOST_THEMES, Drawn, Zone, place, zones_to_draw

ROUND = re.compile(r"(1|2|25?|5)0*")


@pytest.mark.parametrize(
    ("wide", "high", "scale"),
    [(0.5, 0.5, 50), (5, 3, 50), (12, 20, 500), (20, 20, 500), (10.6, 3, 100), (300, 80, 5000), (9000, 20000, 500_000)],
)
def test_the_scale_is_round_and_the_parcel_fits(wide: float, high: float, scale: int) -> None:
    frame = frame_around((1000, 2000, 1000 + wide, 2000 + high))
    assert frame.scale == scale
    assert ROUND.fullmatch(str(frame.scale))
    assert frame.millimetres(wide) <= WIDTH_MM * 0.6 + 1e-9
    assert frame.millimetres(high) <= HEIGHT_MM * 0.6 + 1e-9
    west, south, east, north = frame.box
    assert (west + east) / 2 == pytest.approx(1000 + wide / 2)
    assert (south + north) / 2 == pytest.approx(2000 + high / 2)


def test_paper_has_its_origin_up_left() -> None:
    frame = frame_around((0, 0, 20, 20))
    west, south, east, north = frame.box
    assert frame.paper(west, north) == pytest.approx((0, 0))
    assert frame.paper(east, south) == pytest.approx((WIDTH_MM, HEIGHT_MM))


@pytest.mark.parametrize("unit", [1.0, 0.3048])
@pytest.mark.parametrize("side", [0.5, 7, 20, 333, 20_000])
def test_the_scale_bar_is_round_and_true(side: float, unit: float) -> None:
    frame = frame_around((0, 0, side, side))
    length, wide = bar(frame, metres_per_unit=unit)
    assert re.fullmatch(r"[125]0*|0\.0*[125]", f"{length:g}"), length
    assert wide <= 45
    assert wide > 45 / 2.5 - 1e-9
    assert frame.metres(wide) == pytest.approx(length * unit)


def test_ticks_stand_at_round_coordinates_inside_the_frame() -> None:
    frame = frame_around((560_003, 3_612_001, 560_023, 3_612_021))
    west, south, east, north = frame.box
    found = list(ticks(frame))
    assert {axis for axis, _ in found} == {"E", "N"}
    for axis, value in found:
        low, high = (west, east) if axis == "E" else (south, north)
        assert low < value < high
        assert value % 10 == 0


RING = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(3, 3), (7, 3), (7, 7), (3, 7)]])


@pytest.mark.parametrize("angle", [0, 20, 45, 90, 135])
@pytest.mark.parametrize("shape", [box(0, 0, 10, 10), RING, MultiPolygon([box(0, 0, 2, 2), box(5, 5, 9, 9)])])
def test_hatch_lines_stay_in_the_shape(shape: Polygon | MultiPolygon, angle: float) -> None:
    lines = hatch(shape, spacing=1, angle=angle)
    assert lines.length == pytest.approx(shape.area, rel=0.35)
    assert lines.difference(shape.buffer(1e-6)).is_empty


def test_nothing_to_hatch() -> None:
    assert hatch(Polygon(), spacing=1, angle=45).is_empty
    assert hatch(box(0.1, 0.1, 0.2, 0.2), spacing=1, angle=0).is_empty


def hit(theme: str, code: str, feature: int, area: float) -> dict[str, Any]:
    label = {"fa": code, "en": code}
    return {"theme": theme, "code": code, "label": label, "feature": feature, "area_m2": area, "share_pct": area}


def theme(code: str, *zones: dict[str, Any], kind: str = "partition") -> dict[str, Any]:
    return {"theme": code, "label": {"fa": code, "en": code}, "kind": kind, "zones": list(zones)}


def extract(*themes: dict[str, Any], headline: str = "") -> dict[str, Any]:
    zone = {"theme": headline} if headline else None
    subject = {"headline": True, "candidates": [{"zone": zone}]}
    return {"subjects": [subject], "themes": {"applies": list(themes), "not_known": []}}


def test_themes_of_headline_numbers_come_first_and_colours_from_the_style() -> None:
    document = extract(
        theme("use", hit("use", "RES", 1, 9)), theme("height", hit("height", "H4", 2, 9)), headline="height"
    )
    zones = zones_to_draw(
        document, {"height": {"colors": [{"code": "H4", "color": "#123456"}]}, "use": {"default": "#abc"}}
    )
    assert [(z.feature, z.style, z.colour) for z in zones] == [(2, 0, "#123456"), (1, 1, "#abc")]


def test_six_themes_at_most_and_none_without_zones() -> None:
    many = [theme(f"t{n}", hit(f"t{n}", "X", n, 1)) for n in range(9)]
    assert {z.style for z in zones_to_draw(extract(*many, theme("empty")), {})} == set(range(MOST_THEMES))


def zone(feature: int, area: float, *, partition: bool = True, style: int = 0) -> Zone:
    said = hit("t", f"Z{feature}", feature, area)
    return Zone({"fa": "t", "en": "t"}, said, feature, area, "#336699", style, partition)


PARCEL = box(0, 0, 10, 10)


def test_in_a_partition_the_governing_edition_hides_the_older_one() -> None:
    """The new edition holds the left half, the old one is drawn on the right half only."""
    shapes = {1: box(0, 0, 5, 10), 2: box(-5, -5, 20, 20)}
    new, old = place([zone(1, 50), zone(2, 50)], shapes, PARCEL)
    assert new.shape.equals(shapes[1])
    assert old.shape.intersection(PARCEL).area == pytest.approx(50)
    assert (new.partly, old.partly) == (False, False)


def test_cumulative_zones_lie_over_each_other_and_other_themes_hide_nothing() -> None:
    shapes = {1: box(0, 0, 10, 10), 2: box(0, 0, 10, 10), 3: box(0, 0, 10, 10)}
    zones = [zone(1, 100, partition=False), zone(2, 100, partition=False), zone(3, 100, style=1)]
    assert [d.shape.area for d in place(zones, shapes, PARCEL)] == [100, 100, 100]


def test_a_shape_that_covers_more_than_it_holds_says_so() -> None:
    """Annulled on the right half: published over the whole parcel, in force on 50 m² of it."""
    assert [d.partly for d in place([zone(1, 50)], {1: PARCEL}, PARCEL)] == [True]
    assert [d.partly for d in place([zone(1, 99.5)], {1: PARCEL}, PARCEL)] == [False]
    assert place([zone(7, 50)], {}, PARCEL) == ()


def scene(parcel: Polygon | MultiPolygon, **changes: Any) -> Scene:
    given = {
        "frame": frame_around(parcel.bounds),
        "parcel": parcel,
        "parcel_label": "<1>",
        "neighbours": [],
        "zones": [],
        "ways": [],
        "north": "N",
        "bar_unit": "m",
        "metres_per_unit": 1.0,
        "alt": 'Map of "1" & more',
        "digits": {},
    }
    return Scene(**{**given, **changes})


SHAPES = {
    "square": PARCEL,
    "hole": RING,
    "parts": MultiPolygon([box(0, 0, 4, 4), box(6, 6, 9, 9)]),
    "tiny": box(0, 0, 0.3, 0.2),
    "huge": box(0, 0, 9000, 4000),
    "needle": box(0, 0, 200, 0.5),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_parcel_is_drawn_whole(name: str) -> None:
    parcel = SHAPES[name]
    made = draw(scene(parcel, zones=[Drawn(zone(1, 1), parcel, partly=False)]))
    path = next(p for p in re.findall(r'<path d="([^"]*)" [^>]*stroke-width="0.9"', made))
    rings = sum(1 + len(p.interiors) for p in shapely.get_parts(parcel))
    assert path.count("M") == path.count("Z") == rings
    assert 'aria-label="Map of &quot;1&quot; &amp; more"' in made
    assert "<text" not in made, "texts are laid out by labels(), where letters join"
    assert made == draw(scene(parcel, zones=[Drawn(zone(1, 1), parcel, partly=False)]))


def test_labels_stand_on_what_they_name() -> None:
    right, sliver = box(10, 0, 20, 10), box(-0.5, 0, 0, 10)
    lane = shapely.LineString([(-30, 12), (40, 12)])
    shown = scene(
        PARCEL, neighbours=[("2", right), ("3", sliver), ("4", Polygon())], ways=[("lane", lane), ("lane", lane)]
    )
    by_text = {label.text: label for label in labels(shown)}
    assert {"<1>", "2", "lane", "N"} <= set(by_text)
    assert not {"3", "4"} & set(by_text), "no room, no shape"
    assert sum(label.text == "lane" for label in labels(shown)) == 1
    for text, shape in (("<1>", PARCEL), ("2", right)):
        x, y = by_text[text].x, by_text[text].y
        west, _, _, north = shown.frame.box
        spot = Point(west + shown.frame.metres(x), north - shown.frame.metres(y))
        assert shape.contains(spot)
    assert labels(shown)[-1].kind == "parcel"


def test_a_way_that_is_an_area_or_hidden_by_the_parcel() -> None:
    square = box(-6, 11, 12, 18)
    shown = scene(PARCEL, ways=[("square", square), ("under", shapely.LineString([(1, 1), (9, 9)]))])
    kinds = [label.text for label in labels(shown) if label.kind == "way"]
    assert kinds == ["square"]


def test_the_legend_shows_hatch_and_outline() -> None:
    assert "#336699" in swatch(Drawn(zone(1, 1, style=3), PARCEL, partly=False))
    assert outline("parcel") != outline("neighbour")


@pytest.mark.parametrize(
    ("code", "label"), [("3-2-14-5-0-0-0", "3-2-14-5"), ("3-1-10-0-0-0-0", "3-1-10"), ("218630", "218630")]
)
def test_short_codes(code: str, label: str) -> None:
    assert short(code) == label
