"""Seven numbers, many ways to write them, one way to keep them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.cadastre.renovation_code import RenovationCode, looks_like_code, read_backwards
from apps.common.errors import BadInputError
from apps.common.text import persian_digits

CODES = st.tuples(st.integers(1, 999), *[st.integers(0, 9999)] * 6).map(RenovationCode)


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("3-2-14-5-0-0-0", "3-2-14-5-0-0-0"),
        ("3-2-14-5", "3-2-14-5-0-0-0"),
        ("3", "3-0-0-0-0-0-0"),
        ("۳-۲-۱۴-۵", "3-2-14-5-0-0-0"),
        ("٣-٢-١٤-٥", "3-2-14-5-0-0-0"),
        (" 3 - 2 - 14 - 5 ", "3-2-14-5-0-0-0"),
        ("3/2/14/5", "3-2-14-5-0-0-0"),
        ("3 2 14 5", "3-2-14-5-0-0-0"),
        ("3–2—14−5", "3-2-14-5-0-0-0"),
        ("\u2066۳-۲-۱۴-۵\u2069", "3-2-14-5-0-0-0"),
        ("\u200e3-2-14-5\u200f", "3-2-14-5-0-0-0"),
        ("3-2-14-5-", "3-2-14-5-0-0-0"),
        ("03-02-014-5", "3-2-14-5-0-0-0"),
        ("3-2-14-5-1-2-3", "3-2-14-5-1-2-3"),
    ],
)
def test_reading(raw: str, canonical: str) -> None:
    assert str(RenovationCode.parse(raw)) == canonical


@pytest.mark.parametrize(
    "raw",
    ["", "-", "abc", "3-a", "0-2-14-5", "1-2-3-4-5-6-7-8", "3-2-1.5e3", "3--x", "123456789-1", "3-+2", "3-²"],
)
def test_what_is_no_code_names_the_form(raw: str) -> None:
    with pytest.raises(BadInputError) as caught:
        RenovationCode.parse(raw)
    assert "3-2-14-5" in caught.value.message.en
    assert "۳-۲-۱۴-۵" in caught.value.message.fa


@given(CODES)
def test_what_is_written_is_read_back(code: RenovationCode) -> None:
    assert RenovationCode.parse(str(code)) == code
    assert RenovationCode.parse(persian_digits(code)) == code
    assert read_backwards(code.reversed_rtl) == code
    assert looks_like_code(str(code))


@given(CODES, CODES)
def test_the_order_is_that_of_the_numbers(one: RenovationCode, other: RenovationCode) -> None:
    assert (one < other) == ([int(p) for p in str(one).split("-")] < [int(p) for p in str(other).split("-")])


def test_parts() -> None:
    code = RenovationCode.parse("12-2-14-5-1-6-0")
    assert (code.district, code.land) == (12, "12-2-14-5")
    assert code.reversed_rtl == "۰-۶-۱-۵-۱۴-۲-۱۲"


def test_parents_lead_to_the_land() -> None:
    shop = RenovationCode.parse("3-2-14-5-1-0-7")
    assert str(shop.parent) == "3-2-14-5-1-0-0"
    assert shop.parent is not None
    assert str(shop.parent.parent) == "3-2-14-5-0-0-0"
    assert shop.parent.parent is not None
    assert shop.parent.parent.parent is None


@given(CODES)
def test_a_parent_is_on_the_same_land(code: RenovationCode) -> None:
    steps = 0
    while code.parent is not None:
        assert code.parent.land == code.land
        code = code.parent
        steps += 1
    assert steps <= 3
    assert code.parts[4:] == (0, 0, 0)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("3-2", True), ("۳-۲-۱۴", True), ("3-2-14-", True), ("3", False), ("32.65-51", False), ("کوچه ۱-۲", False)],
)
def test_what_can_only_be_a_code(raw: str, expected: bool) -> None:
    assert looks_like_code(raw) is expected


@pytest.mark.parametrize("raw", ["0-0-0-5-14-2", "0-0-0-5-14-2-x", "3-2-14-5-0-0-0"])
def test_what_is_not_a_code_backwards(raw: str) -> None:
    assert read_backwards(raw) is None
