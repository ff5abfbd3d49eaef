"""Sentences about differences and their rows on the page, by small documents; no database."""

import pytest

from apps.common.text import Text
from apps.extracts.differing import Differing, What
from apps.permits.words import summary
from frontend.request_page import rows

LABEL = Text("موضوع", "Thing")
TEXT = {"fa": "چون", "en": "Because"}


def subject(outcome: str = "value", value: object = 4, **extra: object) -> dict:
    base = {"outcome": outcome, "value": value, "unit": "storey", "direction": "max", "reason": TEXT}
    return {**base, "candidates": [], "unknown": [], **extra}


def differing(what: What, then: dict | None, now: dict | None) -> Differing:
    return Differing(what, "x", LABEL, then, now)


APPLIES = {"outcome": "applies"}
THEME = {"editions": [{"act": {"number": "7"}}], "unknown": []}
DUTY = {"rulebook": {"act": {"number": "8"}}, "article": "13", "text": TEXT}


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (differing(What.SUBJECT, subject(), subject(value=5)), "Thing: 4 storeys → 5 storeys."),
        (differing(What.SUBJECT, subject(), subject("not_known", None)), "Thing: 4 storeys → not known."),
        (differing(What.SUBJECT, subject(), subject("none", None)), "Thing: 4 storeys → no limit."),
        (differing(What.SUBJECT, None, subject(value=["A", "B"])), "Thing: no limit → A, B."),
        (differing(What.SUBJECT, subject(value="by scheme"), subject()), "Thing: by scheme → 4 storeys."),
        (differing(What.SUBJECT, subject(value=[{"value": 1}]), subject(value=[{"value": 2}])), "Thing changes."),
        (
            differing(What.THEME, {"outcome": "applies"}, {"outcome": "does_not_apply"}),
            "Thing: applies → does not apply.",
        ),
        (differing(What.THEME, {"outcome": "applies"}, None), "Thing: applies → not known."),
        (differing(What.CONSULTATION, None, DUTY), "Thing: must be asked."),
        (differing(What.CONSULTATION, DUTY, None), "Thing: need not be asked any more."),
        (differing(What.CONSULTATION, DUTY, {"outcome": "not_known"}), "Thing: not known whether it must be asked."),
        (differing(What.FORBIDDEN, None, DUTY), "Thing: becomes forbidden."),
        (differing(What.FORBIDDEN, DUTY, None), "Thing: is not forbidden any more."),
        (differing(What.COMPLETE, {"complete": True}, {"complete": False}), "a part of the answer is not known."),
        (differing(What.COMPLETE, {"complete": False}, {"complete": True}), "the whole answer is known now."),
    ],
)
def test_one_difference_in_a_sentence(difference: Differing, said: str) -> None:
    told = summary([difference])
    assert told.en == said
    assert told.fa.endswith(".")


def test_the_main_numbers_come_first_and_three_are_enough() -> None:
    minor = [differing(What.SUBJECT, subject(), subject(value=n)) for n in (5, 6, 7)]
    main = differing(What.SUBJECT, subject(headline=True), subject(value=9, headline=True))
    told = summary([*minor, main, differing(What.COMPLETE, {"complete": True}, {"complete": False})])
    assert told.en == "Thing: 4 storeys → 9 storeys; Thing: 4 storeys → 5 storeys; Thing: 4 storeys → 6 storeys."
    assert summary([]) == Text("", "")


@pytest.mark.parametrize(
    ("difference", "then", "now", "why"),
    [
        (
            differing(
                What.THEME, {"outcome": "applies"}, {"outcome": "not_known", **THEME, "unknown": [{"text": TEXT}]}
            ),
            "applies",
            "not known",
            {"text": TEXT, "act": {"number": "7"}, "article": ""},
        ),
        (differing(What.THEME, {"outcome": "applies"}, None), "applies", "not known", {}),
        (
            differing(What.CONSULTATION, None, DUTY),
            "need not be asked",
            "must be asked",
            {"text": TEXT, "act": {"number": "8"}, "article": "13"},
        ),
        (differing(What.FORBIDDEN, DUTY, None), "forbidden", "not forbidden", {}),
        (differing(What.COMPLETE, {"complete": True}, {"complete": False}), "complete", "a part is not known", {}),
    ],
)
def test_a_row_of_the_page(difference: Differing, then: str, now: str, why: dict) -> None:
    [row] = rows([difference])
    assert (row.subject, row.then.en, row.now.en, row.why) == (False, then, now, why)


def test_a_subjects_row_gives_its_reason() -> None:
    won = {"won": True, "explain": TEXT, "article": "8-3", "rulebook": {"act": {"number": "9"}}}
    unknown = {"text": {"fa": "نامعلوم", "en": "Unknown"}}
    [known] = rows([differing(What.SUBJECT, None, subject(candidates=[won]))])
    assert (known.subject, known.then["outcome"]) == (True, "none")
    assert known.why == {"text": TEXT, "act": {"number": "9"}, "article": "8-3"}
    [lost] = rows([differing(What.SUBJECT, subject(), subject("not_known", None, unknown=[unknown]))])
    assert lost.why["text"]["en"] == "Unknown"
    [gone] = rows([differing(What.SUBJECT, subject(), None)])
    assert gone.why == {}


def test_that_a_part_is_not_known_has_no_row_beside_what_is_not() -> None:
    complete = differing(What.COMPLETE, {"complete": True}, {"complete": False})
    assert len(list(rows([differing(What.THEME, {"outcome": "applies"}, None), complete]))) == 1
