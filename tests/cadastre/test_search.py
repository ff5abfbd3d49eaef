"""What people write and what they find."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point
from pytest_django import DjangoAssertNumQueries

from apps.cadastre.facts import SearchFound
from apps.cadastre.models import District, Place
from apps.cadastre.selectors import search
from apps.cadastre.services import load_parcels
from apps.common.text import search_key
from gis_layers.crs import city_srid
from gis_layers.postgis_maintenance import refresh_statistics
from tests.cadastre.conftest import ORIGIN, Put, lonlat, square
from tests.cadastre.parcel_rows import plot, rows
from tests.gis_layers.files import write

TODAY = date(2026, 11, 1)
NOW = datetime.fromisoformat("2026-11-01T08:00:00+00:00")
PLACES = [
    ("junction", "چهارراه تختی", "Takhti junction"),
    ("junction", "چهارراه شکرشکن", "Shekarshekan junction"),
    ("neighbourhood", "جلفا", "Jolfa"),
    ("locality", "جلفای نو", ""),
    ("monument", "میدان نقش جهان", "Naqsh-e Jahan square"),
    ("street", "خیابان آمادگاه", "Amadgah street"),
]


@pytest.fixture(autouse=True)
def town(put: Put) -> None:
    put("3-2-14-5", square(0, 0), plate="5/15185/23", address_fa="کوچهٔ یاس، پلاک ۷", passage_name_fa="کوچهٔ یاس")
    put("3-2-14-50", square(1, 0), plate="5/15185/24", address_fa="کوچهٔ یاس، پلاک ۹")
    put("3-2-14-11", square(2, 0), address_fa="بن‌بست کیمیا", neighbourhood_fa="جلفا")
    put("10-2-14-5", square(3, 0), address_fa="خيابان كيميا")  # with the Arabic yeh and kaf
    put("3-12-1-1", square(4, 0), address_fa="صددرصد 100% متری")
    for number, (kind, fa, en) in enumerate(PLACES):
        point = Point(ORIGIN[0] + number, ORIGIN[1], srid=city_srid())
        Place.objects.create(kind=kind, name_fa=fa, name_en=en, search=search_key(f"{fa} {en}"), geom=point)


def find(q: str, limit: int = 20) -> SearchFound:
    return search(q, limit=limit, on=TODAY, known_at=NOW)


def names(found: SearchFound) -> list[str]:
    return [hit.code.removesuffix("-0-0-0") if hit.code else hit.label.fa for hit in found.results]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("3-2-14-5-0-0-0", ["3-2-14-5"]),
        ("3-2-14-5", ["3-2-14-5"]),  # a whole part: not 3-2-14-50
        ("۳-۲-۱۴-۵", ["3-2-14-5"]),
        ("٣-٢-١٤-٥", ["3-2-14-5"]),
        ("3-2-14", ["3-2-14-5", "3-2-14-11", "3-2-14-50"]),
        ("3-2", ["3-2-14-5", "3-2-14-11", "3-2-14-50"]),
        ("3-1", ["3-12-1-1"]),  # no such region: what begins so
        ("3-1-", []),  # the last number is whole
        ("3/2/14/5", ["3-2-14-5"]),
        ("3 2 14 5", ["3-2-14-5"]),
        ("3 2 14", ["3-2-14-5", "3-2-14-11", "3-2-14-50"]),
        ("کد نوسازی: ۳ـ۲ـ۱۴ـ۵", ["3-2-14-5"]),
        ("0-0-0-5-14-2-3", ["3-2-14-5"]),  # copied from the wrong end: no code begins with a zero
        ("14-5", ["3-2-14-5", "10-2-14-5"]),  # a piece: block and house
        ("2-14-50", ["3-2-14-50"]),
        ("14-6", []),
        ("بخش ۵ – ۱۵۱۸۵/۲۳", ["3-2-14-5"]),
        ("23/15185", ["3-2-14-5"]),  # the other way round
        ("23/15185/5", ["3-2-14-5"]),
        ("۲۳ فرعی از ۱۵۱۸۵ اصلی", ["3-2-14-5"]),
        ("۱۵۱۸۵ اصلی بخش ۵", ["3-2-14-5", "3-2-14-50"]),
        ("بخش ۶ ۱۵۱۸۵/۲۳", []),  # another section
        ("5/15185", ["3-2-14-5", "3-2-14-50"]),  # section and main, the sub left out
        ("1518/2", []),  # no piece of a longer number
        ("5/15185/23", ["3-2-14-5"]),
        ("۵/۱۵۱۸۵/۲۴", ["3-2-14-50"]),
        ("15185", ["3-2-14-5", "3-2-14-50"]),
        ("یاس", ["3-2-14-5", "3-2-14-50"]),
        ("ياس", ["3-2-14-5", "3-2-14-50"]),
        ("کوچه یاس پلاک 7", ["3-2-14-5"]),
        ("پلاک ۷ کوچهٔ یاس", ["3-2-14-5"]),  # the order of words does not matter
        ("کیمیا", ["3-2-14-11", "10-2-14-5"]),  # as numbers: 3 before 10
        ("كيميا", ["3-2-14-11", "10-2-14-5"]),
        ("بن بست", ["3-2-14-11"]),
        ("جلفا", ["جلفا", "جلفای نو", "3-2-14-11"]),  # the whole name first, places before parcels
        ("چهارراه", ["چهارراه تختی", "چهارراه شکرشکن"]),
        ("چهار راه تختي", ["چهارراه تختی"]),
        ("تختی", ["چهارراه تختی"]),
        ("نقش جهان", ["میدان نقش جهان"]),
        ("NAQSH", ["میدان نقش جهان"]),
        ("امادگاه", ["خیابان آمادگاه"]),
        ("100%", ["3-12-1-1"]),
        ("خیابان ۷", []),  # a kind of way and a number name no street
        ("%", []),  # a wildcard of the database is a letter like any other
        ("%%%%", []),
        ("7", []),  # too little to look for in addresses
        ("یاس 7", ["3-2-14-5"]),
        ("خ. یاس، پ ۷", ["3-2-14-5"]),
        ("خیابان یاس", ["3-2-14-5", "3-2-14-50"]),  # it is a lane: the word for the kind of way is dropped
        ("تقاطع تختی", ["چهارراه تختی"]),
        ("Amadgah st", ["خیابان آمادگاه"]),
        ("'; DROP TABLE cadastre_parcel; --", []),
        ("3-2-14-5' OR '1'='1", []),
        ("_", []),
        ("\\", []),
        ("", []),
        ("   ", []),
        ("\x00", []),
    ],
)
def test_what_is_found(q: str, expected: list[str]) -> None:
    assert names(find(q)) == expected


@pytest.mark.parametrize(
    ("q", "suggested"),
    [
        ("3-2-14-99", ["3-2-14-5-0-0-0", "3-2-14-11-0-0-0", "3-2-14-50-0-0-0"]),
        ("3-2-77-1", ["3-2-14-5-0-0-0", "3-2-14-11-0-0-0", "3-2-14-50-0-0-0"]),
        ("1-0-0-5-14-2-3", []),  # from either end there is no such parcel, nor one near it
        ("5-14-2-3", []),
        ("99-1-1", []),
        ("تختتی", ["چهارراه تختی"]),
        ("نقش جهن", ["میدان نقش جهان"]),
        ("Naksh-e Jahan", ["میدان نقش جهان"]),
        ("ژژژژژژ", []),
    ],
)
def test_what_is_suggested_when_nothing_is_found(q: str, suggested: list[str]) -> None:
    found = find(q)
    assert found.results == ()
    assert [hit.code or hit.label.fa for hit in found.suggestions] == suggested


def test_nothing_is_suggested_when_something_is_found() -> None:
    assert find("تختی").suggestions == ()


def test_a_hit_says_where_to_fly() -> None:
    (hit,) = find("3-2-14-5").results
    middle, corner = lonlat(0.5, 0.5), lonlat(0, 0)
    assert (hit.kind, hit.code) == ("parcel", "3-2-14-5-0-0-0")
    assert (hit.lon, hit.lat) == pytest.approx((middle["lon"], middle["lat"]), abs=1e-7)
    assert hit.bbox is not None
    assert hit.bbox[0] < corner["lon"] + 1e-6 < hit.lon < hit.bbox[2]
    assert hit.bbox[1] < corner["lat"] + 1e-6 < hit.lat < hit.bbox[3]
    assert "کوچهٔ یاس" in hit.label.fa
    (place,) = find("تختی").results
    assert (place.kind, place.code, place.bbox, place.label.en) == ("junction", None, None, "Takhti junction")


def test_the_limit_counts_everything() -> None:
    assert len(find("3-2", limit=2).results) == 2
    assert len(find("جلفا", limit=1).results) == 1
    assert len(find("3-2", limit=0).results) == 1
    assert len(find("3-2", limit=10_000).results) == 3


def test_only_versions_of_the_day_are_found(put: Put) -> None:
    put("3-2-14-5", None, legal_from=date(2026, 7, 1), known_at=NOW.replace(month=5), address_fa="کوچهٔ نسترن")
    assert names(find("نسترن")) == ["3-2-14-5"]
    assert names(find("یاس")) == ["3-2-14-50"]
    before = search("یاس", on=date(2026, 6, 30), known_at=NOW)
    assert names(before) == ["3-2-14-5", "3-2-14-50"]


# --- coordinates -----------------------------------------------------------------------------------------


def test_coordinates_find_the_parcel_and_the_point() -> None:
    place = lonlat(0.5, 0.5)
    for q in (f"{place['lon']:.7f}, {place['lat']:.7f}", f"{place['lat']:.7f} {place['lon']:.7f}"):
        parcel, point = find(q).results
        assert parcel.code == "3-2-14-5-0-0-0"
        assert (point.kind, point.code) == ("point", None)
        assert (point.lon, point.lat) == pytest.approx((place["lon"], place["lat"]), abs=1e-6)


def test_coordinates_on_a_border_find_both_neighbours() -> None:
    place = lonlat(1, 0.5)
    found = find(f"{place['lat']:.9f}, {place['lon']:.9f}")
    assert names(found)[:2] == ["3-2-14-5", "3-2-14-50"]


def test_coordinates_beside_every_parcel_find_the_point_alone() -> None:
    place = lonlat(50, 50)
    assert [hit.kind for hit in find(f"{place['lat']:.7f}, {place['lon']:.7f}").results] == ["point"]


def test_a_point_on_a_street_comes_with_the_parcels_around_it() -> None:
    place = lonlat(0.5, -1)
    found = find(f"{place['lat']:.7f}, {place['lon']:.7f}")
    assert [hit.kind for hit in found.results] == ["point"]
    assert found.suggestions[0].code == "3-2-14-5-0-0-0"
    assert len(found.suggestions) == 5


def test_a_map_link_finds_what_its_coordinates_find() -> None:
    place = lonlat(0.5, 0.5)
    found = find(f"https://www.google.com/maps/@{place['lat']:.7f},{place['lon']:.7f},19z")
    assert names(found)[0] == "3-2-14-5"
    assert found.note is None


def test_our_own_link_finds_its_parcel() -> None:
    assert names(find("https://city.example/en/parcels/3-2-14-5-0-0-0/?on=2026-01-01")) == ["3-2-14-5"]
    assert find("https://city.example/parcels/3-2-14-99/").suggestions[0].code == "3-2-14-5-0-0-0"


@pytest.mark.parametrize(
    ("q", "fa", "en"),
    [
        ("35.70, 51.40", "بیرون از محدودهٔ اصفهان", "lies outside Isfahan"),
        ("https://www.google.com/maps/@35.7,51.4,12z", "بیرون از محدودهٔ اصفهان", "lies outside Isfahan"),
        ("https://maps.app.goo.gl/abc", "پیوند کوتاه", "A short link"),
        ("https://example.com/", "خوانده نشد", "No place could be read"),
    ],
)
def test_what_cannot_be_shown_says_what_to_do(q: str, fa: str, en: str) -> None:
    found = find(q)
    assert (found.results, found.suggestions) == ((), ())
    assert found.note is not None
    assert fa in found.note.fa
    assert en in found.note.en


def test_two_places_of_one_name_say_their_district() -> None:
    for district in (3, 6):
        Place.objects.create(
            kind="street", name_fa="پل خواجو", search="پل خواجو", district_number=district,
            geom=Point(*ORIGIN, srid=city_srid()),
        )  # fmt: skip
    Place.objects.create(kind="monument", name_fa="پل خواجو", search="پل خواجو", geom=Point(*ORIGIN, srid=city_srid()))
    assert {hit.label.fa for hit in find("پل خواجو").results if hit.kind == "street"} == {
        "پل خواجو (منطقهٔ ۳)", "پل خواجو (منطقهٔ ۶)"
    }  # fmt: skip
    assert [hit.label.fa for hit in find("پل خواجو").results if hit.kind == "monument"] == ["پل خواجو"]


def test_a_district_is_found_by_its_number(district: District) -> None:
    for q in (f"منطقهٔ {district.number}", f"District {district.number}"):
        (hit,) = find(q).results
        assert (hit.kind, hit.label.fa) == ("district", district.name_fa)
        assert hit.bbox is not None
        assert hit.bbox[0] < hit.lon < hit.bbox[2]
    assert find("منطقهٔ ۹۹").results == ()
    assert find("منطقهٔ ۹۹۹۹۹۹۹۹").results == ()


def test_a_whole_word_stands_before_one_that_begins_so() -> None:
    for name in ("خیابان سپهر", "خیابان سپه دوم", "خیابان سپه"):
        Place.objects.create(
            kind="street", name_fa=name, search=search_key(name), geom=Point(*ORIGIN, srid=city_srid())
        )
    assert names(find("سپه")) == ["خیابان سپه", "خیابان سپه دوم", "خیابان سپهر"]


# --- what it costs ---------------------------------------------------------------------------------------


def test_a_search_asks_the_database_a_fixed_number_of_times(
    django_assert_num_queries: DjangoAssertNumQueries, put: Put
) -> None:
    def asked(q: str, times: int) -> None:
        with django_assert_num_queries(times):
            find(q)

    for house in range(20):
        put(f"7-7-7-{house + 1}", square(house, 20), address_fa="کوچهٔ یاس")
    asked("یاس", 2)
    asked("3-2-14", 2)


def test_text_is_found_through_the_trigram_index(
    tmp_path: Path, district: District, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Three thousand parcels are read faster in a row: with that forbidden, the query as asked takes the index."""
    codes = [f"9-9-{n}-1" for n in range(3000)]
    table = rows(*codes, geometry=[plot(0)] * 3000, address_fa=[f"خیابان {n}" for n in range(3000)])
    load_parcels(path=write(table, tmp_path / "many.gpkg"))
    refresh_statistics()
    with django_assert_num_queries(2) as seen:
        find("کیمیا بن")
    with seen.connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {seen.captured_queries[1]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on parcel_search_trgm" in plan
