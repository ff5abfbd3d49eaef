"""Answers are read one by one: what is sound is kept in one form, what is not gets its sentence."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.cases import forms
from apps.cases.types.definition import CaseType, FieldKind
from apps.cases.types.reading import read_case_type
from apps.cases.types.registry import case_type
from tests.cases.services_city import fourth


def asking(kind: str, **more: Any) -> CaseType:
    """A type with one question `a` of this kind."""
    choices = [{"code": "x", "name": "x"}, {"code": "y", "name": "y"}] if kind == "choice" else []
    field = {"code": "a", "label": "a", "kind": kind, "choices": choices, **more}
    return read_case_type({**fourth(), "field": [field]})


SOUND: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("text", {}, "  علی  ", "علی"),
    ("text", {"minimum": 3, "maximum": 3}, "abc", "abc"),
    ("long_text", {}, "یک\nدو", "یک\nدو"),
    ("integer", {}, "۱۲", 12),
    ("integer", {}, "-٣", -3),
    ("integer", {}, 7, 7),
    ("integer", {"minimum": 1, "maximum": 5}, "1", 1),
    ("integer", {"minimum": 1, "maximum": 5}, "5", 5),
    ("decimal", {}, "۱۲٫۵", "12.5"),
    ("decimal", {}, "12/5", "12.5"),
    ("decimal", {}, "1e2", "100"),
    ("decimal", {"minimum": 0, "maximum": 1}, "1.0", "1.0"),
    ("choice", {}, "y", "y"),
    ("yes_no", {}, "YES", "yes"),
    ("yes_no", {}, "on", "yes"),
    ("yes_no", {}, "0", "no"),
    ("yes_no", {}, True, "yes"),
    ("yes_no", {}, False, "no"),
    ("integer", {}, 0, 0),
    ("day", {}, "۱۴۰۴/۰۹/۰۱", "2025-11-22"),
    ("day", {}, "2025-11-22", "2025-11-22"),
    ("mobile", {}, "0912 000 0001", "+989120000001"),
    ("national_id", {}, "۰۰۱۳۵۴۲۴۱۹", "0013542419"),
]
WRONG: list[tuple[str, dict[str, Any], Any, str]] = [
    ("text", {"maximum": 3}, "abcd", "Write at most 3 characters."),
    ("text", {"minimum": 3}, "ab", "Write at least 3 characters."),
    ("text", {}, "x" * 301, "Write at most 300 characters."),
    ("text", {}, "a\x00b", "Remove the invisible characters from the text."),
    ("long_text", {}, "x" * 4001, "Write at most 4000 characters."),
    ("integer", {}, "12.5", "Write a whole number, such as 12."),
    ("integer", {}, "1" * 14, "Write a whole number, such as 12."),
    ("integer", {}, "--1", "Write a whole number, such as 12."),
    ("integer", {}, "²", "Write a whole number, such as 12."),
    ("integer", {"minimum": 1}, "0", "It cannot be less than 1."),
    ("integer", {"maximum": 5}, "6", "It cannot be more than 5."),
    ("decimal", {}, "NaN", "Write a number, such as 12.5."),
    ("decimal", {}, "Infinity", "Write a number, such as 12.5."),
    ("decimal", {}, "1e99", "Write a number, such as 12.5."),
    ("decimal", {}, "1e-99999", "Write a number, such as 12.5."),
    ("decimal", {}, "twelve", "Write a number, such as 12.5."),
    ("decimal", {"maximum": 1}, "1.01", "It cannot be more than 1."),
    ("choice", {}, "z", "Choose one of the options."),
    ("choice", {}, "X", "Choose one of the options."),
    ("yes_no", {}, "perhaps", "Choose yes or no."),
    ("day", {}, "yesterday", ""),
    ("day", {}, "1404/13/01", ""),
    ("mobile", {}, "12", ""),
    ("national_id", {}, "0013542418", "The national ID is not right; check its ten digits."),
    ("national_id", {}, "1111111111", "The national ID is not right; check its ten digits."),
]


@pytest.mark.parametrize(("kind", "more", "raw", "kept"), SOUND)
def test_a_sound_answer_is_kept_in_one_form(kind: str, more: dict[str, Any], raw: Any, kept: Any) -> None:
    judged = forms.judge(asking(kind, **more), {"a": raw})
    assert (judged.values, judged.errors) == ({"a": kept}, {})


@pytest.mark.parametrize(("kind", "more", "raw", "says"), WRONG)
def test_what_is_wrong_says_what_to_do(kind: str, more: dict[str, Any], raw: Any, says: str) -> None:
    judged = forms.judge(asking(kind, **more), {"a": raw})
    assert judged.values == {}
    assert says in judged.errors["a"].en
    assert judged.errors["a"].fa


@pytest.mark.parametrize("raw", [{}, {"a": None}, {"a": ""}, {"a": " \t\n"}])
def test_no_answer_is_wrong_only_where_one_is_needed(raw: dict[str, Any]) -> None:
    assert "a" in forms.judge(asking("text"), raw).errors
    assert forms.judge(asking("text", required=False), raw) == forms.Answers({}, {})


@pytest.mark.parametrize(
    ("raw", "values", "errors"),
    [
        ({"what": "bag", "what_other": "hat"}, {"what": "bag"}, set()),
        ({"what": "other", "what_other": "hat"}, {"what": "other", "what_other": "hat"}, set()),
        ({"what": "other"}, {"what": "other"}, {"what_other"}),
        ({"what": "cat", "what_other": "hat"}, {}, {"what"}),
        ({}, {}, {"what"}),
    ],
)
def test_a_question_that_is_not_asked_is_left_out(
    raw: dict[str, Any], values: dict[str, Any], errors: set[str]
) -> None:
    judged = forms.judge(read_case_type(fourth()), raw)
    assert (judged.values, set(judged.errors)) == (values, errors)


def test_what_the_type_does_not_ask_never_gets_in() -> None:
    assert forms.judge(asking("text"), {"a": "b", "status": "closed", "__class__": "x"}).values == {"a": "b"}


def test_yes_no_answers_to_a_condition_count_as_they_are_kept() -> None:
    """A form sends "on"; the condition speaks of "yes"."""
    raw = fourth()
    raw["field"] = [
        {"code": "has", "label": "has", "kind": "yes_no"},
        {"code": "many", "label": "many", "kind": "integer", "when": {"field": "has", "is": ["yes"]}},
    ]
    assert forms.judge(read_case_type(raw), {"has": "on", "many": "3"}).values == {"has": "yes", "many": 3}


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked_either() -> None:
    """a = no leaves out b, and with b what hangs on b."""
    raw = fourth()
    raw["field"] = [
        {"code": "a", "label": "a", "kind": "yes_no"},
        {"code": "b", "label": "b", "kind": "yes_no", "when": {"field": "a", "is": ["yes"]}},
        {"code": "c", "label": "c", "kind": "text", "when": {"field": "b", "is": ["yes"]}},
    ]
    definition = read_case_type(raw)
    assert forms.judge(definition, {"a": "no", "b": "yes", "c": "x"}) == forms.Answers({"a": "no"}, {})
    assert forms.judge(definition, {"a": "yes", "b": "yes", "c": "x"}).values == {"a": "yes", "b": "yes", "c": "x"}


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.sampled_from(
        ["9" * 400, "1e999999", "1e-999", "'; drop table cases_case; --", "<script>", "\u202e123", "۰" * 50, "٫", "-"]
    ),
    st.lists(st.text(max_size=5), max_size=3),
)


@given(kind=st.sampled_from(sorted(FieldKind)), raw=HOSTILE)
def test_whatever_is_sent_is_kept_or_refused_and_never_both(kind: FieldKind, raw: Any) -> None:
    judged = forms.judge(asking(kind.value), {"a": raw})
    assert set(judged.values) | set(judged.errors) == {"a"}
    assert not set(judged.values) & set(judged.errors)


@given(kind=st.sampled_from(sorted(FieldKind)), raw=HOSTILE)
def test_what_was_kept_is_kept_again_as_it_is(kind: FieldKind, raw: Any) -> None:
    once = forms.judge(asking(kind.value), {"a": raw}).values
    if once:
        assert forms.judge(asking(kind.value), once) == forms.Answers(once, {})


@given(
    code=st.sampled_from(["complaint", "notary_inquiry", "tree_pruning"]),
    raw=st.dictionaries(
        st.sampled_from(["kind", "subject", "text", "purpose", "has_building", "units", "reason", "trees", "urgent"]),
        st.one_of(HOSTILE, st.sampled_from(["complaint", "file", "other", "transfer", "yes", "no", "wire", "3"])),
    ),
)
def test_judging_what_was_kept_changes_nothing(code: str, raw: dict[str, Any]) -> None:
    definition = case_type(code)
    once = forms.judge(definition, raw).values
    again = forms.judge(definition, once)
    assert again.values == once
    assert all("needed" in text.en for text in again.errors.values()), "only what is missing is missing still"
