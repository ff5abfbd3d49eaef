"""Tracking numbers survive being read out on the phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.ids import is_tracking_number, tracking_number

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXY"
PLACES = [3, 4, 5, 6, 8, 9, 10, 11, 13]


def made() -> st.SearchStrategy[str]:
    return st.builds(tracking_number, st.just("PR"))


@given(made())
def test_a_made_number_is_valid_in_any_case_and_spacing(number: str) -> None:
    assert is_tracking_number(number)
    assert is_tracking_number(f" {number.lower()} ")
    assert is_tracking_number(number.replace("-", " - "))
    assert len(number) <= 20
    assert not set(number[3:]) & set("01OIZ")


@given(made(), st.sampled_from(PLACES), st.sampled_from(LETTERS))
def test_every_single_wrong_letter_is_caught(number: str, place: int, letter: str) -> None:
    changed = number[:place] + letter + number[place + 1 :]
    assert is_tracking_number(changed) is (changed == number)


@given(made(), st.sampled_from([(3, 4), (4, 5), (5, 6), (6, 8), (8, 9), (9, 10), (10, 11)]))
def test_every_swap_of_neighbours_is_caught(number: str, places: tuple[int, int]) -> None:
    left, right = places
    letters = list(number)
    letters[left], letters[right] = letters[right], letters[left]
    changed = "".join(letters)
    assert is_tracking_number(changed) is (changed == number)


@given(st.text(max_size=30))
def test_any_text_has_an_answer(raw: str) -> None:
    assert is_tracking_number(raw) in (True, False)


@pytest.mark.parametrize("raw", ["", "PR", "PR-0000-0000-0", "PR-2222-2222", "PR-2222-2222-22-2"])
def test_not_numbers(raw: str) -> None:
    assert not is_tracking_number(raw)


def test_numbers_do_not_repeat_soon() -> None:
    assert len({tracking_number("PR") for _ in range(2000)}) == 2000
