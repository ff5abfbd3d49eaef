"""Numbers, days, codes and texts in both languages."""

import pytest

from apps.documents.pen import Pen
from apps.documents.words import UNITS
from apps.legal.subject_list import ALL
from frontend import wording

FA = Pen("fa", "jalali", "Asia/Tehran", {"RES": "مسکونی"})
EN = Pen("en", "jalali", "Asia/Tehran", {"RES": "Residential"})
WEST = Pen("en", "gregorian", "America/Chicago")


def bare(text: str) -> str:
    return text.translate({0x2066: None, 0x2069: None})


@pytest.mark.parametrize(
    ("value", "unit", "fa", "en"),
    [
        (4, "storey", "۴ طبقه", "4 storeys"),
        (15.5, "m", "۱۵٫۵ متر", "15.5 m"),
        (1234.5, "m²", "۱٬۲۳۴٫۵ متر مربع", "1,234.5 m²"),
        (60, "%", "۶۰ درصد", "60%"),
        (0, "m", "۰ متر", "0 m"),
        (0.0912, "ac", "۰٫۰۹۱۲ ایکر", "0.0912 ac"),
        (7, "parsec", "۷ parsec", "7 parsec"),
        (3, "", "۳", "3"),
        (True, "", "بله", "yes"),
        (False, "", "نه", "no"),
        ("RES", "", "مسکونی", "Residential"),
        ("H4", "", "H4", "H4"),
        ("1/50 m²", "stall/unit", "۱ برای هر ۵۰ متر مربع", "1 per 50 m²"),
        (["RES", "COM"], "", "مسکونی، COM", "Residential, COM"),
        ([], "", "", ""),
    ],
)
def test_values(value: object, unit: str, fa: str, en: str) -> None:
    assert bare(FA.value(value, unit)) == fa
    assert EN.value(value, unit) == en


@pytest.mark.parametrize(
    ("values", "fa", "en"),
    [
        ([1], "۱ طبقه", "1 storeys"),
        ([3, 1, 2], "۱ تا ۳ طبقه", "1 to 3 storeys"),
        ([1, "1/50 m²"], "۱ طبقه، ۱ برای هر ۵۰ متر مربع", "1 storeys, 1 per 50 m²"),
        (["2*units"], "2*units", "2*units"),
    ],
)
def test_a_schedule_is_a_span(values: list[object], fa: str, en: str) -> None:
    rows = [{"value": value, "row": "r", "condition": {}, "text": {}} for value in values]
    assert bare(FA.value(rows, "storey")) == fa
    assert EN.value(rows, "storey") == en


def test_codes_stay_left_to_right() -> None:
    assert FA.code("3-2-14") == "\u2066۳-۲-۱۴\u2069"
    assert FA.code("sha-12") == "\u2066sha-12\u2069"
    assert FA.code("") == ""
    assert EN.code("3-2-14") == "3-2-14"


def test_persian_prose_has_persian_digits_and_english_prose_is_left_alone() -> None:
    text = "مادهٔ 8-3: حداکثر 4 طبقه و 15.5 متر در H4 (RES)"
    assert FA.prose(text) == "مادهٔ \u2066۸-۳\u2069: حداکثر ۴ طبقه و ۱۵٫۵ متر در \u2066H4\u2069 (RES)"
    assert EN.prose("Article 8-3: 15.5 m") == "Article 8-3: 15.5 m"
    assert FA.say(None) == FA.say({}) == ""


def test_days_and_instants() -> None:
    assert FA.day("2025-11-22") == "۱ آذر ۱۴۰۴"
    assert EN.day("2025-11-22") == "22 November 2025 (1404/09/01)"
    assert WEST.day("2025-11-22") == "22 November 2025"
    assert EN.instant("2025-11-22T22:00:00Z") == "23 November 2025 (1404/09/02) 01:30:00 UTC+03:30"
    assert bare(FA.instant("2025-11-22T05:00:00.5Z")).startswith("۱ آذر ۱۴۰۴ ")
    assert WEST.instant("2025-11-22T05:00:00Z") == "21 November 2025 23:00:00 UTC-06:00"


def test_every_unit_of_the_vocabulary_has_a_name_for_people() -> None:
    """A unit's code ("m² built") never reaches a page or a document as it is."""
    units = {subject.unit for subject in ALL if subject.unit}
    assert units <= set(UNITS)
    assert units <= set(wording.UNITS)


def test_a_formula_is_told_in_the_words_of_its_inputs() -> None:
    persian = Pen("fa", "jalali", "Asia/Tehran", {"units": "شمار واحدها"})
    assert bare(persian.value("4*units")) == "۴ × شمار واحدها"
    assert (
        Pen("en", "gregorian", "America/Chicago", {"units": "dwelling units"}).value("4*units") == "4 × dwelling units"
    )
    assert bare(persian.value("R-2")) == "R-2"
