"""Days in two calendars, and Persian/Arabic letters and digits treated alike."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.calendar import day_en, jalali, jalali_fa, parse_day
from apps.common.errors import BadInputError
from apps.common.text import Text, has_controls, isolated, latin_digits, persian_digits, search_key


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("1404-09-01", date(2025, 11, 22)),
        ("۱۴۰۴/۹/۱", date(2025, 11, 22)),
        ("٢٠٢٥-١١-٢٢", date(2025, 11, 22)),
        (" 2025.11.22 ", date(2025, 11, 22)),
        ("1403/12/30", date(2025, 3, 20)),  # a leap year of the Jalali calendar
        ("1404/01/01", date(2025, 3, 21)),
    ],
)
def test_days(raw: str, day: date) -> None:
    assert parse_day(raw) == day


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "tomorrow",
        "1404-13-01",
        "1404-12-30",
        "2025-02-29",
        "22/11/2025",
        "1404-9",
        "0000-01-01",
        "1404-0-1",
        "9999-12-31",
        "2201-01-01",
        "0001-01-01",
        "1799-12-31",
        "1100-01-01",
    ],
)
def test_unreadable_days_name_both_formats(raw: str) -> None:
    with pytest.raises(BadInputError) as refused:
        parse_day(raw)
    assert "2025-11-22" in refused.value.message.en
    assert "۱۴۰۴/۰۹/۰۱" in refused.value.message.fa


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 1, 1)))
def test_a_day_survives_both_calendars(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    if day > date(1900, 1, 1):
        assert parse_day(jalali(day)) == day
        assert parse_day(persian_digits(jalali(day))) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_bad_input(raw: str) -> None:
    with contextlib.suppress(BadInputError):  # and nothing else
        assert isinstance(parse_day(raw), date)


def test_days_for_people() -> None:
    assert jalali_fa(date(2025, 11, 22)) == "۱ آذر ۱۴۰۴"
    assert jalali_fa(date(2025, 3, 20) + timedelta(days=1)) == "۱ فروردین ۱۴۰۴"


@given(st.text(alphabet="0123456789", max_size=30))
def test_digits_go_there_and_back(raw: str) -> None:
    assert latin_digits(persian_digits(raw)) == raw


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(raw: str) -> None:
    assert search_key(search_key(raw)) == search_key(raw)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كوي علي", "کوی علی"),
        ("چهارراه\u200cتختی", "چهارراه تختی"),
        ("آذر", "اذر"),
        ("مُحَمَّد", "محمد"),
        ("پلاک ٣", "پلاک ۳"),
        ("Chahar  Bagh", "chahar bagh"),
        ("خيابــان", "خیابان"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_text_in_a_language() -> None:
    text = Text.of({"fa": "سلام", "en": "hello"})
    assert [text.in_language(code) for code in ("en", "en-GB")] == ["hello"] * 2
    assert [text.in_language(code) for code in ("fa", "de", "")] == ["سلام"] * 3
    assert Text.of("x").as_dict() == {"fa": "x", "en": "x"}


def test_an_english_day_names_both_calendars() -> None:
    assert day_en(date(2025, 11, 22)) == "22 November 2025 (1404/09/01)"


def test_a_code_in_a_persian_sentence_keeps_its_order_and_can_be_searched_as_copied() -> None:
    assert isolated("PR-2H3S-K") == "\u2066PR-2H3S-K\u2069", "nobody was given «PR-۲H۳S»"
    assert isolated("3-2-14-5") == "\u2066۳-۲-۱۴-۵\u2069"
    assert search_key(f"قطعهٔ {isolated('3-2-14-5')}") == search_key("قطعه 3-2-14-5")


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        ("پلاک ۵\u200cواحدی\tو\nخط دوم", False),
        ("شمارهٔ \u202a0912 000 0000\u202c است", False),
        (f"پروندهٔ {isolated('PR-1')} را ببینید", False),
        ("\u2067\u202b…\u202c\u2069", False),
        ("deed\u202efdp.exe", True),
        ("\u202dx\u202c", True),
        ("نام\u2067", True),
        ("باز \u2066 در خط بعد\nبسته \u2069", True),
        ("\u2069", True),
        ("\u2066\u202a\u2069\u202c", True),
        ("a\x07b", True),
        ("", False),
    ],
)
def test_invisible_characters(raw: str, refused: bool) -> None:
    assert has_controls(raw) is refused
