"""Coordinates as people write them. The city's bounds: 51.50–51.85 E, 32.52–32.80 N; its grid is UTM 39 N."""

import pytest

from apps.cadastre.search_points import point

INSIDE = pytest.approx((51.67, 32.65), abs=1e-9)
ON_THE_GRID = pytest.approx((51.670425, 32.652837), abs=1e-5)  # E 562873 N 3613000


def read(q: str) -> tuple[float, float, bool] | None:
    found = point(q)
    return found and (found.lon, found.lat, found.inside)


@pytest.mark.parametrize(
    "q",
    [
        "51.67, 32.65",
        "32.65, 51.67",
        "32.65 51.67",
        "32.65;51.67",
        "32.65 / 51.67",
        "۳۲٫۶۵، ۵۱٫۶۷",
        "٣٢٫٦٥، ٥١٫٦٧",
        "(32.65; 51.67)",
        "[32.65, 51.67]",
        "\u200e32.65, 51.67\u200f",
        "32.65° N, 51.67° E",
        "32.65N 51.67E",
        "32.65N51.67E",
        "N32.65 E51.67",
        "E 51.67, N 32.65",
        "51.67E, 32.65N",
        "lat: 32.65, lon: 51.67",
        "lon=51.67 lat=32.65",
        "Latitude 32.65 Longitude 51.67",
        "عرض جغرافیایی: ۳۲٫۶۵ طول جغرافیایی: ۵۱٫۶۷",
        "طول ۵۱٫۶۷ عرض ۳۲٫۶۵",
        "۳۲٫۶۵ شمالی ۵۱٫۶۷ شرقی",
        "32°39'00\"N 51°40'12\"E",
        "32º39′0″ N, 51º40′12″ E",
        "۳۲ درجه ۳۹ دقیقه شمالی ۵۱ درجه ۴۰ دقیقه ۱۲ ثانیه شرقی",
        "32°39' N, 51°40.2' E",
        "51°40'12'' 32°39'00''",
    ],
)
def test_degrees_in_the_city(q: str) -> None:
    found = read(q)
    assert found is not None
    assert (found[:2], found[2]) == (INSIDE, True)


@pytest.mark.parametrize(
    "q",
    [
        "39S 562873 3613000",
        "39N 562873 3613000",
        "39 562873 3613000",
        "UTM 39S 562873, 3613000",
        "۳۹ ۵۶۲۸۷۳ ۳۶۱۳۰۰۰",
        "562873, 3613000",
        "3613000 562873",
        "E 562873 N 3613000",
        "N 3613000 E 562873",
        "562873mE 3613000mN",
        "X: 562873 Y: 3613000",
    ],
)
def test_metres_of_the_citys_grid(q: str) -> None:
    found = read(q)
    assert found is not None
    assert (found[:2], found[2]) == (ON_THE_GRID, True)


@pytest.mark.parametrize(
    ("q", "lon", "lat"),
    [
        ("35.70, 51.40", 51.40, 35.70),  # another city
        ("32.65 S, 51.67 E", 51.67, -32.65),
        ("-32.65, 51.67", 51.67, -32.65),
        ("32.65 N, 51.67 W", -51.67, 32.65),
        ("40S 562873 3613000", 57.670425, 32.652837),  # the next zone
        ("900000 4900000", 55.97, 44.0),
    ],
)
def test_what_lies_outside_is_understood_all_the_same(q: str, lon: float, lat: float) -> None:
    found = read(q)
    assert found is not None
    assert found[2] is False
    assert found[:2] == pytest.approx((lon, lat), abs=0.3 if "900000" in q else 1e-4)


@pytest.mark.parametrize(
    "q",
    [
        "32 51",  # two house numbers
        "32.65",
        "32.65, 51.67, 3",
        "a32.65, 51.67",
        "99.5, 200.1",  # nowhere on the Earth
        "32°61' N 51° E",
        "32.65N 51.67N",
        "15185 23000",  # neither in the city nor surely metres
        "99 562873 3613000",  # no such zone
        "3-2-14-5",
        "5/15185/23",
        "",
    ],
)
def test_what_is_no_point(q: str) -> None:
    assert point(q) is None
