"""Digits, numbers, units and days in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from apps.common.calendar import parse_day
from apps.common.text import Text
from frontend import wording


@pytest.mark.parametrize(
    ("value", "unit", "fa", "en"),
    [
        (4, "storey", "۴ طبقه", "4 storeys"),
        (15.5, "m", "۱۵٫۵ متر", "15.5 m"),
        (Decimal("1234.50"), "m²", "۱٬۲۳۴٫۵ متر مربع", "1,234.5 m²"),
        (60, "%", "۶۰٪", "60%"),
        (0, "m", "۰ متر", "0 m"),
        (100.0, "", "۱۰۰", "100"),
    ],
)
def test_quantity(value: object, unit: str, fa: str, en: str) -> None:
    with override("fa"):
        assert wording.quantity(value, unit) == fa
    with override("en"):
        assert wording.quantity(value, unit) == en


def test_days() -> None:
    with override("fa"):
        assert wording.day(date(2026, 11, 22)) == "۱ آذر ۱۴۰۵"
        assert wording.day("2026-11-22") == "۱ آذر ۱۴۰۵"
        assert wording.day(datetime(2026, 11, 21, 21, 0, tzinfo=UTC)) == "۱ آذر ۱۴۰۵"  # past midnight in the city
    with override("en"):
        assert wording.day(date(2026, 11, 22)) == "22 November 2026 (1405/09/01)"
    assert wording.day(None) == ""


def test_a_day_stands_in_its_field_as_it_may_be_typed() -> None:
    for language, written in (("fa", "۱۴۰۲/۰۶/۲۰"), ("en", "1402/06/20")):
        with override(language):
            assert wording.day_to_edit(date(2023, 9, 11)) == written
            assert parse_day(written) == date(2023, 9, 11)


def test_span_of_a_schedule() -> None:
    with override("fa"):
        assert wording.span([3, 1, 2, 1]) == "۱ تا ۳"
        assert wording.span([2, 2]) == "۲"
        assert wording.span(["1/50 m²"]) == "۱ برای هر ۵۰ متر مربع"
    with override("en"):
        assert wording.span([1, 3, "1/50 m²"]) == "1 to 3؛ 1 per 50 m²".replace("؛", ";")
        assert wording.span([]) == ""


def test_codes_are_written_by_their_names() -> None:
    with override("en"):
        assert wording.written(["RES", "X1"], {"RES": "Residential"}) == "Residential, X1"


def test_say_takes_the_language_of_the_page() -> None:
    with override("en"):
        assert wording.say(Text("سلام", "hello")) == wording.say({"fa": "سلام", "en": "hello"}) == "hello"
        assert wording.say({}) == ""


def test_facts() -> None:
    with override("en"):
        assert (wording.fact(True), wording.fact(False), wording.fact("NEW")) == ("yes", "no", "New building")


def test_a_code_between_its_marks_keeps_its_digits() -> None:
    raw = "درخواست \u2066PR-88VK-3B87-F\u2069 در 8 آذر 1405"
    with override("fa"):
        assert wording.digits(raw) == "درخواست \u2066PR-88VK-3B87-F\u2069 در ۸ آذر ۱۴۰۵"
    with override("en"):
        assert wording.digits(raw) == raw
