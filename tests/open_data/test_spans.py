"""Days asked about, the stages of the law between them, and boxes: pure reading."""

from datetime import date

import pytest

from apps.common.errors import BadInputError
from apps.open_data.boxes import NOWHERE, read_box
from apps.open_data.reference import CRS84, city_uri
from apps.open_data.spans import Span, on_day, parse_span
from apps.open_data.stages import stage_days

A, B, C = date(2014, 9, 27), date(2020, 1, 1), date(2025, 11, 22)


@pytest.mark.parametrize(
    ("raw", "span"),
    [
        ("2014-09-27", Span(A, A)),
        ("2014-09-27/2020-01-01", Span(A, B)),
        ("2014-09-27/2014-09-27", Span(A, A)),
        ("2014-09-27/..", Span(A, None)),
        ("2014-09-27/", Span(A, None)),
        ("../2020-01-01", Span(None, B)),
        ("/2020-01-01", Span(None, B)),
        ("../..", Span(None, None)),
        ("2014-09-26T20:29:59Z", Span(date(2014, 9, 26), date(2014, 9, 26))),
        ("2014-09-26T20:30:00Z", Span(A, A)),  # midnight in Tehran
        ("2014-09-27T00:00:00+03:30", Span(A, A)),
        ("2014-09-27T00:00:00 03:30", Span(A, A)),  # a plus that a query string turned into a space
        ("2014-09-27T08:00:00.123Z/2020-01-01", Span(A, B)),
    ],
)
def test_the_forms_of_datetime(raw: str, span: Span) -> None:
    assert parse_span(raw, time_zone="Asia/Tehran") == span


@pytest.mark.parametrize(
    "raw",
    ["", "..", "yesterday", "2014", "2014-13-01", "2014-09-27T08:00:00", "2020-01-01/2014-09-27", "a/b/c", "20140927",
     "2014-09-27/2020-01-01/2021-01-01", "0001-01-01T00:00:00+23:59", "1404-13-01"],
)  # fmt: skip
def test_what_is_no_datetime_is_refused_with_the_forms(raw: str) -> None:
    with pytest.raises(BadInputError) as caught:
        parse_span(raw, time_zone="Asia/Tehran")
    assert "2014-09-27/2025-11-22" in caught.value.message.en
    assert "2014-09-27/2025-11-22" in caught.value.message.fa


@pytest.mark.parametrize(
    ("span", "turns", "days"),
    [
        (on_day(B), [A, C], [B]),
        (Span(A, C), [], [C]),
        (Span(A, C), [A], [C]),  # what begins on the first day holds from the start
        (Span(A, C), [B], [date(2019, 12, 31), C]),
        (Span(A, B), [B], [date(2019, 12, 31), B]),
        (Span(A, B), [C], [B]),
        (Span(None, C), [A, B], [date(2014, 9, 26), date(2019, 12, 31), C]),
        (Span(A, None), [B, C], [date(2019, 12, 31), date(2025, 11, 21), C]),
        (Span(C, None), [A, B], [C]),
        (Span(None, None), [B, B], [date(2019, 12, 31), B]),
        (Span(None, None), [], []),
    ],
)
def test_one_day_of_every_stage(span: Span, turns: list[date], days: list[date]) -> None:
    assert stage_days(span, turns) == days


def test_a_box_in_degrees_is_cut_to_the_surroundings_of_the_city() -> None:
    assert read_box("-180,-90,180,90", None) == read_box("49.5,30.52,53.85,34.8", CRS84)
    wkt, srid = read_box("51.6,32.6,51.7,32.7", None)
    assert (wkt, srid) == ("POLYGON((51.6 32.6,51.7 32.6,51.7 32.7,51.6 32.7,51.6 32.6))", 4326)


def test_boxes_of_six_numbers_without_width_and_over_the_antimeridian() -> None:
    assert read_box("51.6,32.6,0,51.7,32.7,99", None) == read_box("51.6,32.6,51.7,32.7", None)
    assert read_box("51.6,32.6,51.6,32.6", None)[0] == "POINT(51.6 32.6)"
    assert read_box("51.6,32.6,51.7,32.6", None)[0] == "LINESTRING(51.6 32.6,51.7 32.6)"
    assert read_box("170,-10,-170,10", None)[0] == NOWHERE
    east = "POLYGON((52.0 32.0,53.85 32.0,53.85 33.0,52.0 33.0,52.0 32.0))"
    west = "POLYGON((49.5 32.0,51.0 32.0,51.0 33.0,49.5 33.0,49.5 32.0))"
    assert read_box("52,32,51,33", None)[0] == f"GEOMETRYCOLLECTION({east},{west})"


def test_a_box_in_the_citys_own_metres() -> None:
    wkt, srid = read_box("560000,3610000,560100,3610100", city_uri())
    assert srid == 32639
    assert wkt.startswith("POLYGON((560000.0 3610000.0,560100.0 3610000.0")


def test_a_city_whose_axes_are_northing_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.open_data.boxes.northing_first", lambda: True)
    assert read_box("3610000,560000,3610100,560100", city_uri()) == read_box_easting()


def read_box_easting() -> tuple[str, int]:
    corners = "560000.0 3610000.0,560100.0 3610000.0,560100.0 3610100.0,560000.0 3610100.0,560000.0 3610000.0"
    return f"POLYGON(({corners}))", 32639


@pytest.mark.parametrize(
    ("raw", "crs"),
    [("1,2,3", None), ("1,2,3,4,5", None), ("a,b,c,d", None), ("51,33,52,32", None), ("nan,1,2,3", None), ("", None),
     ("1,2,inf,4", None), ("-181,0,0,1", None), ("0,0,1,91", None), ("2,0,1,1", CITY := "city"), ("0,2,1,1", CITY)],
)  # fmt: skip
def test_what_is_no_box_is_refused_with_an_example(raw: str, crs: str | None) -> None:
    with pytest.raises(BadInputError) as caught:
        read_box(raw, city_uri() if crs else None)
    assert "51.66,32.64,51.68,32.66" in caught.value.message.en


def test_a_box_in_an_unknown_system_and_a_system_without_box() -> None:
    for raw, crs in (("1,2,3,4", "http://www.opengis.net/def/crs/EPSG/0/2154"), (None, CRS84)):
        with pytest.raises(BadInputError) as caught:
            read_box(raw, crs)
        assert "bbox-crs" in caught.value.message.en
