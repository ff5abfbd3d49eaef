"""Every usual spelling of a mobile number gives one canonical number; everything else is refused."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import BadInputError
from apps.common.text import persian_digits
from apps.parties.mobile import NumberingPlan, canonical_mobile, city_plan, masked

IRAN = NumberingPlan(country="98", trunk="0", national="9[0-9]{9}", example="0912 345 6789")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
nationals = st.from_regex(r"9[0-9]{9}", fullmatch=True)


@given(nationals, st.sampled_from(["0{}", "{}", "+98{}", "0098{}", "98{}", "+980{}", "+98 (0) {}", "00980{}"]))
def test_every_spelling_is_one_number(national: str, spelling: str) -> None:
    written = spelling.format(national)
    expected = f"+98{national}"
    assert canonical_mobile(written, plan=IRAN) == expected
    assert canonical_mobile(persian_digits(written), plan=IRAN) == expected
    assert canonical_mobile(written.translate(ARABIC), plan=IRAN) == expected
    assert canonical_mobile(expected, plan=IRAN) == expected


@given(nationals, st.lists(st.sampled_from([" ", "-", "\u200e", "\u202a", "\u00a0", "."]), min_size=11, max_size=11))
def test_separators_and_direction_marks_do_not_matter(national: str, marks: list[str]) -> None:
    spaced = "".join(digit + mark for digit, mark in zip("0" + national, marks, strict=True))
    assert canonical_mobile(spaced, plan=IRAN) == f"+98{national}"


@given(st.text(max_size=60))
def test_anything_else_is_refused_or_canonical(raw: str) -> None:
    with contextlib.suppress(BadInputError):  # and nothing else
        assert re.fullmatch(r"\+989[0-9]{9}", canonical_mobile(raw, plan=IRAN))


def test_the_refusal_shows_an_example() -> None:
    with pytest.raises(BadInputError) as refused:
        canonical_mobile("12345", plan=IRAN)
    assert "0912" in refused.value.message.en
    assert "۰۹۱۲" in refused.value.message.fa


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "0912345678",  # a digit short
        "091234567890",  # a digit long
        "03112345678",  # a landline
        "+14155550100",  # another country: a paid number abroad must not get our messages
        "+97 9123456789",
        "00009123456789",
        "0912345678a",
        "0912345678²",
        "9123456789;9123456780",
        "0912\x003456789",
    ],
)
def test_refused(raw: str) -> None:
    with pytest.raises(BadInputError):
        canonical_mobile(raw, plan=IRAN)


def test_the_plan_is_the_citys() -> None:
    assert canonical_mobile(city_plan().example, plan=city_plan()).startswith(f"+{city_plan().country}")


def test_masked_hides_the_middle() -> None:
    assert masked("+989123456789") == "+98912***6789"
