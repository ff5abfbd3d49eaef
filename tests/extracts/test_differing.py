"""What parts two extracts, by small documents: values, themes, duties, completeness, and nothing else."""

import copy
from typing import Any

import pytest

from apps.extracts.differing import Differing, What, compare, said, subjects

TEXT = {"fa": "متن", "en": "Text"}


def subject(code: str = "max_storeys", outcome: str = "value", value: Any = 4, **extra: Any) -> dict[str, Any]:
    base = {"code": code, "label": TEXT, "unit": "storey", "outcome": outcome, "value": value, "bound": None}
    return {**base, "reason": TEXT, "candidates": [], "unknown": [], "policy": None, "parts": [], **extra}


def duty(kind: str, code: str) -> dict[str, Any]:
    return {"kind": kind, "code": code, "text": TEXT, "office": {"name": TEXT} if kind == "consultation" else None}


def document(**extra: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "known_at": "2026-01-01T00:00:00Z",
        "complete": True,
        "subjects": [subject(), subject("max_height", value=15.5)],
        "themes": {"applies": [{"theme": "height_code", "label": TEXT}], "does_not_apply": [], "not_known": []},
        "duties": [duty("consultation", "fire"), duty("document", "survey")],
        "law": {"version": 1},
    }
    return copy.deepcopy({**base, **extra})


def found(new: dict[str, Any], old: dict[str, Any] | None = None) -> list[tuple[What, str]]:
    return [(d.what, d.code) for d in compare(old or document(), new)]


def test_the_same_answer_is_no_difference_whenever_and_however_it_was_worded() -> None:
    other = document(known_at="2027-01-01T00:00:00Z", law={"version": 9})
    other["subjects"][0] |= {"reason": {"fa": "دیگر", "en": "Other"}, "candidates": [{"won": True}]}
    other["duties"].append(duty("document", "another"))
    assert found(other) == []
    assert found(document(), document()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"value": 5},
        {"outcome": "none", "value": None},
        {"outcome": "not_known", "value": None},
        {"outcome": "not_known", "value": None, "bound": 4},
        {"value": ["RES"]},
    ],
)
def test_a_value_that_moved(change: dict[str, Any]) -> None:
    other = document()
    other["subjects"][0] |= change
    assert found(other) == found(document(), other) == [(What.SUBJECT, "max_storeys")]


def test_a_bound_alone_is_a_difference() -> None:
    old, new = (subject(outcome="not_known", value=None, bound=bound) for bound in (5, 4))
    [difference] = subjects([old], [new])
    assert difference.still_unknown
    assert not difference.lost


def test_lists_are_compared_without_their_order_and_schedules_without_their_wording() -> None:
    assert said(subject(value=["A", "B"])) == said(subject(value=["B", "A"]))
    rows = [{"value": 1, "condition": {"units": "1..2"}, "row": "P1", "text": TEXT}]
    reworded = [{**rows[0], "row": "P7", "text": {"fa": "۱", "en": "one"}}]
    assert said(subject(value=rows)) == said(subject(value=reworded))
    assert said(subject(value=rows)) != said(subject(value=[{**rows[0], "condition": {"units": "1..3"}}]))
    assert said(subject(value=rows)) != said(subject(value=[{**rows[0], "value": 2}]))
    assert said(None) is None


def test_parts_count_where_each_part_has_its_own_value() -> None:
    parts = [{"zone": {"code": "H4"}, "value": 4}, {"zone": {"code": "H6"}, "value": 6}]
    moved = [parts[0], {"zone": {"code": "H6"}, "value": 5}]
    for policy, differ in (({"name": "by_part"}, True), ({"name": "strictest"}, False), (None, False)):
        one, other = (said(subject(policy=policy, parts=p)) for p in (parts, moved))
        assert (one != other) is differ


def test_a_subject_that_one_side_does_not_know_of() -> None:
    other = document(subjects=[subject()])
    assert found(other) == [(What.SUBJECT, "max_height")]
    assert found(document(), other) == [(What.SUBJECT, "max_height")]


def test_a_theme_that_answers_otherwise() -> None:
    silent = {"applies": [], "does_not_apply": [], "not_known": [{"theme": "height_code", "label": TEXT}]}
    [difference] = compare(document(), document(themes=silent))
    assert (difference.what, difference.then["outcome"], difference.now["outcome"]) == ("theme", "applies", "not_known")
    assert difference.lost
    assert found(document(themes={"applies": []})) == [(What.THEME, "height_code")]


def test_consultations_and_forbidden_works_that_come_and_go() -> None:
    other = document(duties=[duty("consultation", "heritage"), duty("forbidden", "demolition")])
    assert found(other) == [
        (What.CONSULTATION, "fire"),
        (What.CONSULTATION, "heritage"),
        (What.FORBIDDEN, "demolition"),
    ]


def test_completeness() -> None:
    [difference] = compare(document(), document(complete=False))
    assert (difference.what, difference.lost, difference.still_unknown) == (What.COMPLETE, True, False)
    [back] = compare(document(complete=False), document())
    assert not back.lost


def test_what_is_absent_was_not_lost() -> None:
    assert not Differing(What.SUBJECT, "x", None, subject(), None).lost  # type: ignore[arg-type]
    assert Differing(What.SUBJECT, "x", None, None, subject(outcome="not_known")).lost  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "doubtful"), [({"theme": "height_code"}, True), ({"theme": "madi"}, False), (None, True)]
)
def test_a_consultation_is_not_over_where_what_it_hangs_on_is_not_known(zone: Any, doubtful: bool) -> None:
    """The plan is suspended: nobody can say that the fire department need not be asked."""
    silent = {"applies": [], "does_not_apply": [], "not_known": [{"theme": "height_code", "label": TEXT}]}
    asked = document(duties=[{**duty("consultation", "fire"), "zone": zone}])
    freed = document(duties=[], themes=silent)
    [difference] = [d for d in compare(asked, freed) if d.what is What.CONSULTATION]
    assert (difference.now == {"outcome": "not_known"}) is doubtful
    assert difference.lost is doubtful
    [back] = [d for d in compare(freed, asked) if d.what is What.CONSULTATION]
    assert (back.then == {"outcome": "not_known"}) is doubtful
