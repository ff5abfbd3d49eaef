"""What an extract must know before a request goes on, without a database: whatever is open refuses, by name."""

from typing import Any

import pytest

from apps.permits.knowing import why_not_free, why_not_known

FIRE = {"kind": "consultation", "code": "fire", "office": {"name": {"fa": "آتش‌نشانی", "en": "Fire"}}, "text": "-"}
NAMELESS = {"kind": "consultation", "code": "x", "office": None, "text": {"fa": "از کسی", "en": "Somebody"}}
DUTY = {"kind": "duty", "code": "stalls", "office": None, "text": {"fa": "-", "en": "Stalls"}}
THEME = {"theme": "heritage_buffer", "label": {"fa": "حریم", "en": "Buffer"}}
SUBJECT = {"code": "max_height", "outcome": "not_known", "label": {"fa": "ارتفاع", "en": "Height"}}
KNOWN = {**SUBJECT, "outcome": "value", "label": {"fa": "طبقه", "en": "Storeys"}}


def document(**more: Any) -> dict[str, Any]:
    plain = {"complete": True, "failures": [], "themes": {"not_known": []}, "subjects": [KNOWN], "duties": [DUTY]}
    return {**plain, **more}


def test_whole_and_nobody_to_ask() -> None:
    assert why_not_known(document()) is None
    assert why_not_free(document()) is None


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (document(complete=False, themes={"not_known": [THEME]}), "Buffer"),
        (document(complete=False, subjects=[KNOWN, SUBJECT]), "Height"),
        (document(complete=False), "not complete"),
        (document(failures=["detailed_plan"]), "did not answer"),
        (None, "No answer is kept"),
    ],
    ids=["theme", "subject", "unnamed", "source", "nothing"],
)
def test_what_is_not_known_stops_both_the_order_and_the_inquiries(found: Any, named: str) -> None:
    """No consultation stands in these extracts: one that hangs on an unknown layer is in no list."""
    for said in (why_not_known(found), why_not_free(found)):
        assert said is not None
        assert named in said.en
        assert said.fa


def test_who_must_be_asked_is_named_once_each() -> None:
    said = why_not_free(document(duties=[DUTY, FIRE, NAMELESS, FIRE]))
    assert said is not None
    assert said.en.startswith("To be asked: Fire, Somebody. ")
    assert "Stalls" not in said.en
    both = why_not_free(document(complete=False, duties=[FIRE], themes={"not_known": [THEME]}))
    assert both is not None
    assert "Fire" in both.en
    assert "Buffer" in both.en


def test_the_law_is_known_while_somebody_must_be_asked() -> None:
    assert why_not_known(document(duties=[FIRE])) is None
