"""The check digit of national IDs, on the examples of 3-domain §5.1."""

import pytest

from apps.parties.national_id import is_national_id


@pytest.mark.parametrize("good", ["0013542419", "0000001015", "0000002011"])
def test_a_right_check_digit_is_taken(good: str) -> None:
    assert is_national_id(good)


@pytest.mark.parametrize("bad", ["1234567890", "0013542418", "1111111111", "013542419", "۰۰۱۳۵۴۲۴۱۹", "00135 2419", ""])
def test_everything_else_is_refused(bad: str) -> None:
    assert not is_national_id(bad)
