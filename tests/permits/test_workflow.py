"""The transition table, without a database: every status, verb and kind of actor; nothing but what is listed."""

from itertools import product

import pytest

from apps.cases.querysets import CLOSED
from apps.cases.types.linting import faults
from apps.cases.workflow import APPLICANT, OWNER, SYSTEM, Standing, judge, steps_from
from apps.parties.models import Role
from apps.permits.case_type import permit_type
from apps.permits.states import ROLE_OF, STATES
from apps.permits.workflow import STANDS, TABLE

UNDER_WAY = ("submitted", "needs_docs", "inspection", "rules", "article5", "design", "drawing_review", "inquiries",
             "fee_calc")  # fmt: skip
ALLOWED = {
    ("draft", "cancel", OWNER): "cancelled",
    ("draft", "submit", OWNER): "submitted",
    ("draft", "rebase", OWNER): "draft",
    **{(status, "withdraw", OWNER): "cancelled" for status in UNDER_WAY},
    **{(status, "rebase", OWNER): "draft" for status in UNDER_WAY},
    ("submitted", "send_back", "case_officer"): "needs_docs",
    ("inspection", "send_back", "inspector"): "needs_docs",
    ("rules", "send_back", "zoning_officer"): "needs_docs",
    ("drawing_review", "send_back", "drawing_officer"): "needs_docs",
    ("inquiries", "send_back", "case_officer"): "needs_docs",
    ("needs_docs", "return", OWNER): "submitted",
    ("needs_docs", "archive", SYSTEM): "archived",
    ("submitted", "confirm", "case_officer"): "inspection",
    ("inspection", "inspected", "inspector"): "rules",
    ("rules", "announce", "zoning_officer"): "design",
    ("rules", "refer", "zoning_officer"): "article5",
    ("article5", "decided", "article5_secretary"): "rules",
    ("design", "send_drawings", OWNER): "drawing_review",
    ("drawing_review", "return_drawings", "drawing_officer"): "design",
    ("drawing_review", "approve_drawings", "drawing_officer"): "inquiries",
    ("inquiries", "inquiries_done", "case_officer"): "fee_calc",
    ("submitted", "reject", "case_officer"): "rejected",
    ("rules", "reject", "zoning_officer"): "rejected",
    ("article5", "reject", "article5_secretary"): "rejected",
    ("drawing_review", "reject", "drawing_officer"): "rejected",
    ("inquiries", "reject", "case_officer"): "rejected",
}
"""Where every condition of an edge holds, the first edge of a verb is taken: a kind that needs everything."""
VERBS = (*sorted({step.verb for step in TABLE}), "reopen", "issue", "")
STATUSES = (*sorted(state.code for state in STATES), "?")
ACTORS = (OWNER, APPLICANT, SYSTEM, "co_owner", "agent", "viewer", *sorted(Role.values), "")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_corner_of_the_table(status: str, verb: str) -> None:
    for actor in ACTORS:
        standing = Standing(status=status, capacities=frozenset({actor}))
        move = judge(TABLE, verb=verb, standing=standing, check=lambda _guard: None)
        assert move.target == ALLOWED.get((status, verb, actor), ""), actor
        assert (move.refused is None) is bool(move.target)
        if move.refused is not None:
            assert move.refused.fa
            assert move.refused.en


@pytest.mark.parametrize(("status", "verb", "actor"), sorted(ALLOWED))
def test_a_guard_that_nobody_answers_for_refuses(status: str, verb: str, actor: str) -> None:
    """Whatever has a guard is not taken when guards are not built; the rest are steps back."""
    move = judge(TABLE, verb=verb, standing=Standing(status=status, capacities=frozenset({actor})))
    steps = [s for s in TABLE if s.verb == verb and status in s.sources]
    assert (move.refused is None) is not any(s.guards or s.when for s in steps)


def test_every_step_on_looks_at_the_law_and_at_the_land() -> None:
    assert [s.verb for s in TABLE if s.forward and s.guards[:2] != STANDS] == []
    assert {s.verb for s in TABLE if not s.forward} == {
        "cancel", "withdraw", "rebase", "send_back", "archive", "return_drawings"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "status", "holds", "target"),
    [
        ("confirm", "submitted", "needs_inspection", "inspection"),
        ("confirm", "submitted", "needs_no_inspection", "rules"),
        ("announce", "rules", "needs_proposal", "design"),
        ("announce", "rules", "needs_no_proposal", "inquiries"),
        *(("return", "needs_docs", f"left_{s}", s) for s in ("submitted", "inspection", "rules", "drawing_review",
                                                             "inquiries")),
    ],
)  # fmt: skip
def test_conditions_pick_the_edge(verb: str, status: str, holds: str, target: str) -> None:
    picks = {step.when for step in TABLE} - {""}

    def check(guard: str) -> object:
        return None if guard == holds or guard not in picks else permit_type().name

    everybody = Standing(status=status, capacities=frozenset({OWNER, *Role.values}))
    assert judge(TABLE, verb=verb, standing=everybody, check=check).target == target
    assert [s.target for s in steps_from(TABLE, everybody, check) if s.verb == verb] == [target]


def test_where_no_condition_holds_there_is_no_step() -> None:
    none = judge(TABLE, verb="return", standing=Standing("needs_docs", frozenset({OWNER})),
                 check=lambda guard: permit_type().name if guard.startswith("left_") else None)  # fmt: skip
    assert (none.target, none.step) == ("", None)


def test_the_definition_is_sound() -> None:
    from apps.cases.guards import known_guards

    found = faults(permit_type(), roles=set(Role.values), guards=known_guards() | {"inspection_done"})
    assert found == ["state “closed” is never reached from “draft”"]  # the steps after the fee come with later issues


def test_every_office_has_its_role_and_every_role_is_one() -> None:
    assert set(ROLE_OF.values()) <= set(Role.values)
    assert {s.code: s.role for s in STATES if s.role} == ROLE_OF


def test_every_open_state_tells_the_owner_something_and_has_a_sourced_term() -> None:
    for state in STATES:
        if not state.closed:
            assert state.says.fa
            assert state.says.en
        if state.term is not None:
            assert "SAMPLE" in state.term.source


def test_nothing_leads_out_of_a_closed_case() -> None:
    assert not any(transition.sources & set(CLOSED) for transition in TABLE)


def test_the_grid_is_whole() -> None:
    """Every pair that the table speaks of is asked above."""
    asked = set(product(STATUSES, VERBS))
    assert {(source, step.verb) for step in TABLE for source in step.sources} <= asked
