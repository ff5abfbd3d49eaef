"""Identifiers of organisations and addresses. Numbers of the second list were made by persian-tools 0.0.11."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.text import persian_digits
from apps.parties.identifiers import is_legal_id, plain_identifier, postal_code_doubt

REGISTERED = ["10380284790", "10100387143"]
MADE_ELSEWHERE = [
    "50428595753", "28957422881", "24015956910", "22794198938", "02610426486", "62574613387",
    "04000267679", "90795440256", "19232960383", "96487386494", "41703789210", "18037296847",
]  # fmt: skip
REST_OF_TEN = ["10380284090", "10380284130"]


@pytest.mark.parametrize("number", REGISTERED + MADE_ELSEWHERE + REST_OF_TEN)
def test_right_identifiers_of_legal_persons(number: str) -> None:
    assert is_legal_id(number)


@pytest.mark.parametrize(
    "number",
    [
        "10380284792", "84735069516", "11111111111", "09748208301", "1038028479", "103802847900", "1038028479a",
        "۱۰۳۸۰۲۸۴۷۹۰", "", "00000000000", "10000000010", "1038028479²",
    ],
)  # fmt: skip
def test_wrong_identifiers_of_legal_persons(number: str) -> None:
    assert not is_legal_id(number)


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_exactly_one_check_digit_fits(body: str) -> None:
    fitting = [check for check in range(10) if is_legal_id(f"{body}{check}")]
    assert len(fitting) == (1 if body[3:9].strip("0") else 0)


@given(st.text(max_size=30))
def test_nothing_that_people_paste_breaks_it(raw: str) -> None:
    is_legal_id(raw)
    postal_code_doubt(raw)
    assert plain_identifier(plain_identifier(raw)) == plain_identifier(raw)


def test_identifiers_are_read_in_any_digits_and_with_marks() -> None:
    written = "\u2067 " + persian_digits("103-8028\u200c4790") + " \u2069"
    assert plain_identifier(written) == "10380284790"


@pytest.mark.parametrize("code", ["8143614871", "81436-14871", "۸۱۴۳۶۱۴۸۷۱"])
def test_usual_postal_codes_raise_no_doubt(code: str) -> None:
    assert postal_code_doubt(code) is None


@pytest.mark.parametrize("code", ["", "81436", "0143614871", "8123614871", "8143514871", "1111614871", "81436148710"])
def test_an_unusual_postal_code_is_a_warning_that_says_so(code: str) -> None:
    doubt = postal_code_doubt(code)
    assert doubt is not None
    assert "ten digits" in doubt.en
    assert "ده رقم" in doubt.fa
