"""calendar.toml: what it says, how mistakes are told, and whether the cities' lists agree with a kept one."""

import os
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import holidays
import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from apps.common.city import load_city
from apps.common.office_days import Holiday, Hours, WorkCalendar
from apps.common.text import Text
from apps.common.work_calendar import calendar_of, city_calendar, load_calendar

NO_REST = '"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"'
NAME = 'name = { fa = "روز شهر", en = "Town Day" }'
TWICE = """estimated = false
[[holiday]]
day = "1404/03/12"
name = "Again"
source = "town"
recorded = "2025-01-01"
"""
CITIES = Path(__file__).parents[2] / "cities"
TOWN = CITIES / "_template" / "calendar.toml"
# Days on which a city's list knowingly differs from the package, each with its reason.
EXCEPTIONS: dict[str, dict[date, str]] = {"isfahan": {}, "cockrell_hill": {}}

Edit = Callable[[str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """The template's calendar with one thing changed."""

    def edit(old: str, new: str) -> Path:
        text = TOWN.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "calendar.toml"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return edit


def of(city: str) -> WorkCalendar:
    return calendar_of(load_city(CITIES / city))


def test_the_template_as_written():
    assert of("_template") == WorkCalendar(
        weekend=frozenset({3, 4}),
        hours=Hours(time(8), time(15)),
        hours_on=((2, Hours(time(8), time(13))),),
        sample_hours=True,
        time_zone="Asia/Tehran",
        known_from=date(2025, 1, 1),
        known_until=date(2026, 12, 31),
        holidays=(Holiday(date(2025, 6, 2), Text("روز شهر", "Town Day"), "town", date(2025, 1, 1)),),
    )


@pytest.mark.parametrize(
    ("city", "country"),
    [("isfahan", "IR"), ("cockrell_hill", "US")],
)
def test_a_citys_list_agrees_with_the_kept_one(city: str, country: str):
    """Day by day over all that the city says it knows, the listed exceptions apart; and which are estimates."""
    calendar = of(city)
    years = range(calendar.known_from.year, calendar.known_until.year + 1)
    kept = holidays.country_holidays(country, years=years, language="en_US")
    known = {day: name for day, name in kept.items() if calendar.known_from <= day <= calendar.known_until}
    assert set(calendar.days_off) ^ set(known) == set(EXCEPTIONS[city])
    by_moon = {day for day, name in known.items() if "estimated" in name}
    assert {day for day, holiday in calendar.days_off.items() if holiday.estimated} == by_moon - set(EXCEPTIONS[city])


def test_every_exception_says_why():
    assert all(why for exceptions in EXCEPTIONS.values() for why in exceptions.values())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 21), False),  # Nowruz 1405
        (date(2026, 4, 4), True),
        (date(2026, 4, 9), False),  # a Thursday
        (date(2027, 3, 20), False),  # 29 Esfand 1405
        (date(2028, 3, 19), False),  # 29 Esfand 1406, the last day known
    ],
)
def test_days_of_isfahan(day: date, works: bool):
    assert of("isfahan").works_on(day) is works


def test_isfahan_has_three_years_and_names_in_both_languages():
    calendar = of("isfahan")
    assert (calendar.known_from, calendar.known_until) == (date(2025, 3, 21), date(2028, 3, 19))
    assert calendar.sample_hours
    assert all(holiday.name.fa and holiday.name.en.isascii() for holiday in calendar.holidays)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("weekend =", "week_end =", "lacks the key 'weekend'"),
        ('"thursday", "friday"', '"thursday", "holiday"', "weekend: known are monday, .*, not holiday"),
        ('"thursday", "friday"', NO_REST, "a week without a working day"),
        ('known_until = "2026-12-31"', "", "lacks the key 'known_until'"),
        ('known_until = "2026-12-31"', 'known_until = "2024-12-31"', "lies before known_from"),
        ('known_until = "2026-12-31"', 'known_until = "soon"', "known_until: The date “soon” cannot be read"),
        ("[hours]\n", "[hour]\n", r"lacks the key '\[hours\] opens'"),
        ('closes = "15:00"', "", r"lacks the key '\[hours\] closes'"),
        ('closes = "13:00"', "", r"lacks the key '\[hours.wednesday\] closes'"),
        ('closes = "15:00"', 'closes = "late"', r"\[hours\] hours are written like 07:30"),
        ('closes = "15:00"', "closes = 15", r"\[hours\] hours are written like 07:30"),
        ('closes = "15:00"', 'closes = "07:00"', r"\[hours\].*before they begin"),
        ("[hours.wednesday]", "[hours.wensday]", r"\[hours\] knows .*, not wensday"),
        ('day = "2025-06-02"', "", r"lacks the key '\[holiday 1\] day'"),
        ('day = "2025-06-02"', 'day = "2025-02-30"', r"\[holiday 1\] day: The date “2025-02-30” cannot be read"),
        (NAME, 'name = { fa = "روز شهر" }', r"lacks the key '\[holiday 1\] en'"),
        ('source = "town"', 'source = "rumour"', "“rumour” is not one of .sources., which has town"),
        ('recorded = "2025-01-01"', "", r"lacks the key '\[holiday 1\] recorded'"),
        ("text = {", "word = {", r"lacks the key '\[sources.town\] text'"),
        ("[[holiday]]", "[holiday]", "calendar.toml: "),
        ("estimated = false", TWICE, r"\[holiday 2\] 2025-06-02 stands twice, first as number 1"),
        ("weekend =", "weekend = [", "is not valid TOML"),
    ],
)
def test_mistakes_are_told_with_file_entry_and_key(edited: Edit, old: str, new: str, says: str):
    path = edited(old, new)
    with pytest.raises(ImproperlyConfigured, match=says) as refused:
        load_calendar(path, time_zone="Asia/Tehran")
    assert str(path) in str(refused.value)


def test_a_city_without_a_calendar_says_which_file_it_lacks(tmp_path: Path, settings: Settings):
    settings.CITY_ROOT = tmp_path
    (tmp_path / "city.toml").write_bytes((CITIES / "_template" / "city.toml").read_bytes())
    with pytest.raises(ImproperlyConfigured, match=r"lacks calendar\.toml"):
        city_calendar()


def test_the_city_of_this_installation_with_its_own_time_zone(settings: Settings):
    settings.CITY_ROOT = CITIES / "cockrell_hill"
    assert city_calendar().time_zone == "America/Chicago"
    assert city_calendar() is city_calendar()


def test_a_closure_declared_later_is_known_without_a_restart(tmp_path: Path, settings: Settings):
    settings.CITY_ROOT = tmp_path
    for name in ("city.toml", "calendar.toml"):
        (tmp_path / name).write_bytes((CITIES / "_template" / name).read_bytes())
    before = city_calendar()
    path = tmp_path / "calendar.toml"
    row = '\n[[holiday]]\nday = "2026-04-14"\nname = "Snow"\nsource = "town"\nrecorded = "2026-04-13"\n'
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert city_calendar().days_off[date(2026, 4, 14)].name == Text("Snow", "Snow")
    assert city_calendar().fingerprint != before.fingerprint
