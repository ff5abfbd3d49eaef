"""Rows of numbers: which are read as a code, which as a registry plate."""

import pytest

from apps.cadastre import search_codes
from apps.cadastre.parcel_code import scheme_of
from apps.cadastre.search_codes import Plate, backwards, canonical, read_code, read_plain, read_plates, surely_backwards


@pytest.mark.parametrize(
    ("q", "parts", "dashed"),
    [
        ("3-2-14-5-0-0-0", (3, 2, 14, 5, 0, 0, 0), True),
        ("۳-۲-۱۴", (3, 2, 14), True),
        ("٣-٢-١٤", (3, 2, 14), True),
        ("3–2—14", (3, 2, 14), True),
        ("3 - 2 - 14", (3, 2, 14), True),
        ("۳ـ۲ـ۱۴", (3, 2, 14), True),  # the stretching sign of a Persian keyboard
        ("3_2_14", (3, 2, 14), True),
        ("\u2067۳-۲-۱۴\u2069", (3, 2, 14), True),
        ("3-2-", (3, 2), True),
        ("کد نوسازی: ۳-۲-۱۴-۵", (3, 2, 14, 5), True),
        ("قطعهٔ ۳-۲-۱۴-۵", (3, 2, 14, 5), True),
        ("Parcel 3-2-14-5", (3, 2, 14, 5), True),
        ("3/2/14/5", (3, 2, 14, 5), False),
        ("3 2 14 5", (3, 2, 14, 5), False),
        ("3.2.14", (3, 2, 14), False),
    ],
)
def test_what_reads_as_a_code(q: str, parts: tuple[int, ...], dashed: bool) -> None:
    code = read_code(q)
    assert code is not None
    assert (code.parts, code.dashed) == (parts, dashed)


@pytest.mark.parametrize(
    "q", ["", "3", "15185", "سپه ۱۲", "3-2-x", "1-2-3-4-5-6-7-8", "123456789-1", "بخش ۵ – ۱۵۱۸۵/۲۳"]
)
def test_what_does_not(q: str) -> None:
    assert read_code(q) is None


def test_the_end_of_a_number_may_be_said() -> None:
    assert read_code("3-2-").ended  # type: ignore[union-attr]
    assert not read_code("3-2").ended  # type: ignore[union-attr]


def test_a_code_copied_from_the_wrong_end() -> None:
    code = read_code("0-0-0-5-14-2-3")
    assert code is not None
    assert surely_backwards(code)
    assert backwards(code) == "3-2-14-5-0-0-0"
    there = read_code("1-0-0-5-14-2-3")
    assert there is not None
    assert not surely_backwards(there)
    assert backwards(there) == "3-2-14-5-0-0-1"
    assert canonical((0, 1)) is None


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("5/15185/23", [Plate(5, 15185, 23), Plate(23, 15185, 5)]),
        ("۵/۱۵۱۸۵/۲۳", [Plate(5, 15185, 23), Plate(23, 15185, 5)]),
        ("بخش ۵ – ۱۵۱۸۵/۲۳", [Plate(5, 15185, 23), Plate(5, 23, 15185)]),
        ("پلاک ثبتی ۱۵۱۸۵/۲۳ بخش ۵", [Plate(5, 15185, 23), Plate(5, 23, 15185)]),
        ("پلاک ثبتي 15185/23", [Plate(None, 15185, 23), Plate(15185, 23, None), Plate(None, 23, 15185)]),
        ("۲۳ فرعی از ۱۵۱۸۵ اصلی بخش ۵", [Plate(5, 15185, 23)]),
        ("فرعی ۲۳ از اصلی ۱۵۱۸۵", [Plate(None, 15185, 23)]),
        ("۱۵۱۸۵ اصلی", [Plate(None, 15185, None)]),
        ("اصلی ۱۵۱۸۵ بخش ۵", [Plate(5, 15185, None)]),
        ("بخش ۵ پلاک ۱۵۱۸۵", [Plate(5, 15185, None)]),
        ("section 5, 15185/23", [Plate(5, 15185, 23), Plate(5, 23, 15185)]),
        ("سپه ۱۲", []),
        ("3-2-14-5", []),
        ("", []),
    ],
)
def test_what_reads_as_a_plate(q: str, expected: list[Plate]) -> None:
    assert read_plates(q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("2186", "2186"),
        ("۲۱۸۶", "2186"),
        ("lot number 218635", "218635"),
        ("County_parcel_218635", "218635"),
        ("شمارهٔ ملک ۲۱۸۶۳۵", "218635"),
        ("main street", ""),
        ("12 main street", ""),
    ],
)
def test_codes_that_are_one_word(monkeypatch: pytest.MonkeyPatch, q: str, expected: str) -> None:
    told = {
        "scheme": "plain", "pattern": "[0-9]{1,9}", "prefix": "County_parcel_", "example": "218635",
        "name": {"fa": "شمارهٔ ملک", "en": "lot number"},
    }  # fmt: skip
    monkeypatch.setattr(search_codes, "scheme", lambda: scheme_of({"parcel_code": told}))
    assert read_plain(q) == expected
    assert read_code("3-2-14") is None


def test_where_codes_are_numbers_no_single_word_is_one() -> None:
    assert read_plain("2186") == ""
