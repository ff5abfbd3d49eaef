"""Links that people paste. Nothing is asked of any outside address: the place stands in the link or it does not."""

import pytest

from apps.cadastre.search_links import link

HERE = pytest.approx((51.67, 32.65), abs=1e-9)
GOOGLE = "https://www.google.com/maps"


@pytest.mark.parametrize(
    "url",
    [
        f"{GOOGLE}/@32.65,51.67,17z",
        f"{GOOGLE}/place/%D9%85%DB%8C%D8%AF%D8%A7%D9%86/@32.60,51.60,17z/data=!3m1!4b1!8m2!3d32.65!4d51.67!16s%2Fm%2F0",
        f"{GOOGLE}?q=32.65,51.67",
        "https://maps.google.com/?ll=32.65,51.67&z=16",
        f"{GOOGLE}/search/?api=1&query=32.65%2C51.67",
        f"{GOOGLE}/search/32.65,+51.67?entry=tts",
        f"{GOOGLE}/place/32%C2%B039'00.0%22N+51%C2%B040'12.0%22E/",
        f"{GOOGLE}/dir/32.60,51.60/32.65,51.67/@32.62,51.63,14z",
        f"{GOOGLE}/dir/?api=1&destination=32.65,51.67",
        f"{GOOGLE}/embed?pb=!1m18!1m12!1m3!1d3359.8!2d51.67!3d32.65!2m3",
        "https://www.openstreetmap.org/#map=17/32.65/51.67",
        "https://www.openstreetmap.org/?mlat=32.65&mlon=51.67#map=17/32.60/51.60",
        "https://neshan.org/maps/@32.65,51.67,16.0z,0p",
        "https://neshan.org/maps/places/5d0b#c32.65-51.67-16z-0p",
        "https://balad.ir/location?latitude=32.65&longitude=51.67&zoom=16",
        "https://balad.ir/#16/32.65/51.67",
        "https://waze.com/ul?ll=32.65,51.67&navigate=yes",
        "https://maps.apple.com/?ll=32.65,51.67",
        "https://yandex.com/maps/?ll=51.67%2C32.65&z=12",  # longitude first
        "https://www.bing.com/maps?cp=32.65~51.67",
        "geo:32.65,51.67",
        "geo:32.65,51.67?z=16",
        "geo:0,0?q=32.65,51.67(خانه)",
        "www.google.com/maps/@32.65,51.67,17z",
        "خانهٔ ما این‌جاست: https://www.google.com/maps/@32.65,51.67,17z.",
        "https://example.com/?lat=۳۲.۶۵&lon=۵۱.۶۷",
        "https://city.example/?lat=32.65&lon=51.67&z=17",
    ],
)
def test_the_place_is_read(url: str) -> None:
    found = link(url)
    assert found is not None
    assert found.place is not None
    assert ((found.place.lon, found.place.lat), found.place.inside) == (HERE, True)


def test_a_place_elsewhere_is_told() -> None:
    found = link(f"{GOOGLE}/@35.7,51.4,12z")
    assert found is not None
    assert found.place is not None
    assert found.place.inside is False


def test_the_woven_letters_of_openstreetmap() -> None:
    """The worked example of its own documentation: 51.5107 N 0.0549 E."""
    found = link("https://osm.org/go/0EEQjE--")
    assert found is not None
    assert found.place is not None
    assert (found.place.lon, found.place.lat) == pytest.approx((0.054931640625, 51.510772705078125))


@pytest.mark.parametrize(
    "url", ["https://maps.app.goo.gl/abc", "see maps.app.goo.gl/abc", "https://nshn.ir/x", "https://goo.gl/maps/x"]
)
def test_a_short_link_is_named_as_one(url: str) -> None:
    found = link(url)
    assert found is not None
    assert (found.place, found.short) == (None, True)


@pytest.mark.parametrize("url", ["https://example.com/", "http://[::1", "geo:abc", f"{GOOGLE}/place/x", "https://"])
def test_a_link_without_a_place(url: str) -> None:
    found = link(url)
    assert found is None or (found.place, found.short, found.code) == (None, False, "")


@pytest.mark.parametrize(
    "url",
    [
        "https://city.example/parcels/3-2-14-5-0-0-0/?on=2026-01-01",
        "https://city.example/en/?lat=1&parcel=3-2-14-5-0-0-0&z=1",
    ],
)
def test_our_own_links_name_the_parcel(url: str) -> None:
    found = link(url)
    assert found is not None
    assert found.code == "3-2-14-5-0-0-0"


def test_a_text_without_a_link() -> None:
    assert link("خیابان سپه") is None
    assert link("3-2-14-5") is None
