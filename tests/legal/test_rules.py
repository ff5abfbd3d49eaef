"""Tables of the fold: which acts are possible, and what stands after them."""

import pytest

from apps.legal.acts import ActKind, ActRecord, Status
from apps.legal.projection import reachable
from apps.legal.rules import State, fold, status_on, step, verdict_on
from tests.legal.replay import day, instant

NOW = instant(100)


def act(number: int, kind: str, effective: int, **extra) -> ActRecord:
    facts = {"instrument": 1, "act_date": day(effective), "recorded_at": instant(number)}
    return ActRecord(id=number, kind=ActKind(kind), effective_on=day(effective), **{**facts, **extra})


def force(instrument: int, since: int, number: int) -> tuple[ActRecord, ActRecord]:
    return (
        act(number, "approve", since, instrument=instrument),
        act(number + 1, "promulgate", since, instrument=instrument),
    )


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ("", "draft"),
        ("approve", "approved_not_promulgated"),
        ("promulgate", "draft"),
        ("suspend", "draft"),
        ("annul", "draft"),
        ("repeal", "draft"),
        ("approve promulgate", "in_force"),
        ("approve suspend promulgate", "suspended"),
        ("approve promulgate suspend", "suspended"),
        ("approve promulgate repeal", "repealed"),
        ("approve promulgate annul", "annulled"),
        ("approve annul promulgate", "annulled"),
        ("approve promulgate repeal suspend", "repealed"),
        ("approve promulgate annul repeal", "annulled"),
        ("approve promulgate suspend annul", "annulled"),
        ("approve promulgate suspend repeal", "repealed"),
        ("approve promulgate annul approve", "annulled"),
    ],
)
def test_status_after_acts_one_a_day(kinds: str, status: str) -> None:
    acts = tuple(act(number, kind, number) for number, kind in enumerate(kinds.split(), start=1))
    assert status_on(acts, instrument=1, on=day(20), known_at=NOW) == status


@pytest.mark.parametrize(
    ("stage", "possible"),
    [
        (Status.DRAFT, "approve"),
        (Status.APPROVED, "promulgate suspend annul repeal replace"),
        (Status.IN_FORCE, "suspend annul repeal replace"),
        (Status.ANNULLED, ""),
        (Status.REPEALED, ""),
    ],
)
def test_what_is_possible_from_each_stage(stage: Status, possible: str) -> None:
    acts = {k: act(9, k, 9, replaced_by=2 if k is ActKind.REPLACE else None) for k in ActKind}
    assert {k for k in ActKind if step(State(stage=stage), acts[k]) is not None} == set(possible.split())


def test_two_suspensions_by_two_bodies_must_both_be_lifted() -> None:
    base = (*force(1, 0, 1), act(3, "suspend", 2), act(4, "suspend", 3), act(5, "lift", 4, lifts=3))
    assert status_on(base, instrument=1, on=day(5), known_at=NOW) is Status.SUSPENDED
    assert verdict_on(base, instrument=1, on=day(5), known_at=NOW).act == base[3]
    lifted = (*base, act(6, "lift", 6, lifts=4))
    assert status_on(lifted, instrument=1, on=day(5), known_at=NOW) is Status.SUSPENDED
    assert status_on(lifted, instrument=1, on=day(6), known_at=NOW) is Status.IN_FORCE


def test_a_lift_lifts_only_what_it_names_and_only_once() -> None:
    suspended = fold((*force(1, 0, 1), act(3, "suspend", 2)))
    assert step(suspended, act(4, "lift", 4, lifts=9)) is None
    lifted = step(suspended, act(4, "lift", 4, lifts=3))
    assert lifted is not None
    assert lifted.suspensions == ()
    assert step(lifted, act(5, "lift", 5, lifts=3)) is None


def test_two_acts_on_one_day_work_in_the_order_of_recording() -> None:
    acts = (*force(1, 0, 1), act(3, "suspend", 4), act(4, "lift", 4, lifts=3))
    assert status_on(acts, instrument=1, on=day(4), known_at=instant(3)) is Status.SUSPENDED
    assert status_on(acts, instrument=1, on=day(4), known_at=instant(4)) is Status.IN_FORCE
    swapped = (*force(1, 0, 1), act(3, "lift", 4, lifts=4), act(4, "suspend", 4))
    assert status_on(swapped, instrument=1, on=day(4), known_at=NOW) is Status.SUSPENDED


def test_promulgated_for_a_later_day_is_announced_from_the_act_day_to_the_effective_day() -> None:
    acts = (act(1, "approve", 0), act(2, "promulgate", 6, act_date=day(3)))
    on = {n: status_on(acts, instrument=1, on=day(n), known_at=NOW) for n in (2, 3, 5, 6)}
    assert on == {2: Status.APPROVED, 3: Status.PROMULGATED, 5: Status.PROMULGATED, 6: Status.IN_FORCE}
    assert verdict_on(acts, instrument=1, on=day(4), known_at=NOW).act == acts[1]
    assert status_on(acts, instrument=1, on=day(5), known_at=instant(1)) is Status.APPROVED


def test_a_suspension_before_the_effective_day_keeps_the_plan_from_coming_into_force() -> None:
    acts = (act(1, "approve", 0), act(2, "promulgate", 6, act_date=day(1)), act(3, "suspend", 4))
    assert status_on(acts, instrument=1, on=day(5), known_at=NOW) is Status.SUSPENDED
    assert status_on(acts, instrument=1, on=day(7), known_at=NOW) is Status.SUSPENDED


def test_the_old_one_is_replaced_only_while_the_successor_is_in_force() -> None:
    old = (*force(1, 0, 1), act(3, "replace", 2, replaced_by=2))
    acts = (*old, *force(2, 4, 4), act(6, "suspend", 6, instrument=2))
    on = {n: status_on(acts, instrument=1, on=day(n), known_at=NOW) for n in (3, 4, 5, 6)}
    assert on == {3: Status.IN_FORCE, 4: Status.REPLACED, 5: Status.REPLACED, 6: Status.IN_FORCE}
    annulled = (*old, *force(2, 4, 4), act(7, "annul", 4, instrument=2, act_date=day(9)))
    assert status_on(annulled, instrument=1, on=day(5), known_at=instant(6)) is Status.REPLACED
    assert status_on(annulled, instrument=1, on=day(5), known_at=instant(7)) is Status.IN_FORCE


def test_a_chain_of_replacements_revives_only_the_link_before_the_one_that_fell() -> None:
    """1 ← 2 ← 3: while 3 is in force neither 1 nor 2 is; when 3 falls, 2 governs and 1 stays replaced."""
    acts = (
        *force(1, 0, 1), *force(2, 1, 3), *force(3, 2, 5),
        act(7, "replace", 1, replaced_by=2),
        act(8, "replace", 2, instrument=2, replaced_by=3),
        act(9, "suspend", 5, instrument=3),
    )  # fmt: skip
    statuses = {n: [status_on(acts, instrument=i, on=day(n), known_at=NOW).value for i in (1, 2, 3)] for n in (3, 5)}
    assert statuses == {
        3: ["replaced", "replaced", "in_force"],
        5: ["replaced", "in_force", "suspended"],
    }


def test_a_scoped_replacement_does_not_end_the_rest() -> None:
    acts = (*force(1, 0, 1), act(3, "replace", 2, scope=3, replaced_by=2), *force(2, 2, 4))
    inside, outside = frozenset({3}), frozenset[int]()
    assert status_on(acts, instrument=1, on=day(5), known_at=NOW, inside=inside) is Status.REPLACED
    assert status_on(acts, instrument=1, on=day(5), known_at=NOW, inside=outside) is Status.IN_FORCE


def test_a_circle_of_replacements_is_an_error_and_not_an_answer() -> None:
    acts = (
        *force(1, 0, 1), *force(2, 0, 3),
        act(5, "replace", 1, replaced_by=2), act(6, "replace", 1, instrument=2, replaced_by=1),
    )  # fmt: skip
    with pytest.raises(ValueError, match="replaces itself"):
        status_on(acts, instrument=1, on=day(5), known_at=NOW)
    assert reachable(acts, 1) == {1, 2}
