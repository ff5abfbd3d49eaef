"""The transition table, without a database: every status, every verb, both kinds of actor."""

from itertools import product

import pytest

from apps.cases.models import CaseStatus
from apps.cases.querysets import CLOSED
from apps.cases.workflow import Standing, judge
from apps.permits.workflow import TABLE

ALLOWED = {
    ("draft", "cancel", True): "cancelled",
    ("draft", "submit", True): "submitted",
    ("submitted", "withdraw", True): "cancelled",
}
VERBS = ("cancel", "submit", "withdraw", "reopen", "")


@pytest.mark.parametrize(("status", "verb", "own"), list(product([*CaseStatus.values, "?"], VERBS, (True, False))))
def test_every_corner_of_the_table(status: str, verb: str, own: bool) -> None:
    move = judge(TABLE, verb=verb, standing=Standing(status=status, is_applicant=own))
    assert move.target == ALLOWED.get((status, verb, own), "")
    assert (move.refused is None) is bool(move.target)
    if move.refused is not None:
        assert move.refused.fa
        assert move.refused.en


def test_the_table_speaks_of_statuses_there_are() -> None:
    for transition in TABLE:
        assert transition.sources <= set(CaseStatus.values)
        assert transition.target in CaseStatus.values
    assert set(CLOSED) <= set(CaseStatus.values)


def test_nothing_leads_out_of_a_closed_case() -> None:
    assert not any(transition.sources & set(CLOSED) for transition in TABLE)
