"""The transition table, without a database: every status, every verb, every kind of actor."""

from itertools import product

import pytest

from apps.cases.querysets import CLOSED
from apps.cases.types.linting import faults
from apps.cases.workflow import APPLICANT, OWNER, Standing, judge
from apps.permits.case_type import permit_type
from apps.permits.workflow import STATES, TABLE

ALLOWED = {
    ("draft", "cancel", OWNER): "cancelled",
    ("draft", "submit", OWNER): "submitted",
    ("submitted", "withdraw", OWNER): "cancelled",
}
VERBS = ("cancel", "submit", "withdraw", "reopen", "")
STATUSES = sorted(state.code for state in STATES)
ACTORS = (OWNER, APPLICANT, "co_owner", "viewer", "inspector", "")


@pytest.mark.parametrize(("status", "verb", "actor"), list(product([*STATUSES, "?"], VERBS, ACTORS)))
def test_every_corner_of_the_table(status: str, verb: str, actor: str) -> None:
    move = judge(
        TABLE, verb=verb, standing=Standing(status=status, capacities=frozenset({actor})), check=lambda _g: None
    )
    assert move.target == ALLOWED.get((status, verb, actor), "")
    assert (move.refused is None) is bool(move.target)
    if move.refused is not None:
        assert move.refused.fa
        assert move.refused.en


def test_the_definition_is_sound() -> None:
    roles = {state.role for state in STATES} | {a for step in TABLE for a in step.actors}
    guards = {guard for step in TABLE for guard in step.guards}
    assert faults(permit_type(), roles=roles, guards=guards) == []


def test_nothing_leads_out_of_a_closed_case() -> None:
    assert not any(transition.sources & set(CLOSED) for transition in TABLE)
