"""Ranks of orders, by tables, without a database; and the story of the Niousha complex (3-domain 9.2)."""

from datetime import date
from itertools import permutations

import pytest

from apps.cases.hold_rules import (
    RANK_OF_ACT,
    Level,
    Order,
    OrderRank,
    Said,
    Standing,
    prevailing,
    rank_fits,
    why_not_lift,
    why_not_step,
    why_not_stop,
)
from apps.legal.acts import Authority

ADMIN, COURT = Authority.ADMINISTRATIVE, Authority.COURT


def order(rank: OrderRank, day: int = 1, *, number: str = "", of_act: bool = False) -> Order:
    authority = COURT if rank >= OrderRank.COURT else ADMIN
    return Order(authority, rank, number or f"{rank.name}-{day}", date(2026, 1, day), of_act=of_act)


OFFICE, COMMISSION, BRANCH, FINAL = OrderRank.OFFICE, OrderRank.COMMISSION, OrderRank.COURT, OrderRank.COURT_FINAL


@pytest.mark.parametrize(
    ("hold", "by", "lifts"),
    [
        (order(OFFICE), order(OFFICE, 2), True),
        (order(OFFICE), order(OFFICE, 1), True),
        (order(OFFICE, 2), order(OFFICE, 1), False),  # older than the hold
        (order(OFFICE), order(COMMISSION, 2), True),
        (order(COMMISSION), order(OFFICE, 2), False),  # of a lower rank
        (order(COMMISSION), order(BRANCH, 2), True),
        (order(BRANCH), order(COMMISSION, 2), False),  # Article 100 lifts no court's order
        (order(BRANCH), order(OFFICE, 2), False),
        (order(BRANCH), order(BRANCH, 2), True),
        (order(BRANCH), order(FINAL, 2), True),
        (order(FINAL), order(BRANCH, 2), False),
        (order(COMMISSION, of_act=True), order(COMMISSION, 2), False),  # an act's hold: by an act, a choice, a court
        (order(COMMISSION, of_act=True), order(COMMISSION, 2, of_act=True), True),
        (order(COMMISSION, of_act=True), order(BRANCH, 2), True),
        (order(BRANCH, of_act=True), order(COMMISSION, 2, of_act=True), False),
        (order(BRANCH, of_act=True), order(BRANCH, 2, of_act=True), True),
    ],
)
def test_who_lifts_what(hold: Order, by: Order, lifts: bool) -> None:
    refused = why_not_lift(hold, by)
    assert (refused is None) is lifts
    if refused is not None:
        assert hold.number in refused.en
        assert hold.number in refused.fa


def test_no_commission_is_named_as_able_to_lift_a_courts_order() -> None:
    refused = why_not_lift(order(BRANCH), order(COMMISSION, 2))
    assert refused is not None
    assert "Article 100" in refused.en


@pytest.mark.parametrize("rank", list(OrderRank))
@pytest.mark.parametrize("authority", list(Authority))
def test_courts_have_courts_ranks_and_nobody_else(authority: Authority, rank: OrderRank) -> None:
    assert rank_fits(authority, rank) is ((authority is COURT) == (rank in (BRANCH, FINAL)))
    assert rank_fits(authority, RANK_OF_ACT[authority])


@pytest.mark.parametrize(
    ("history", "by", "stops"),
    [
        ([], order(OFFICE), True),
        ([Said(True, order(BRANCH))], order(OFFICE, 2), True),  # one more ground
        ([Said(True, order(OFFICE)), Said(False, order(BRANCH, 2))], order(OFFICE, 3), False),
        ([Said(True, order(OFFICE)), Said(False, order(BRANCH, 2))], order(COMMISSION, 3), False),
        ([Said(True, order(OFFICE)), Said(False, order(BRANCH, 2))], order(BRANCH, 3), True),
        ([Said(True, order(OFFICE)), Said(False, order(BRANCH, 2))], order(FINAL, 3), True),
        ([Said(True, order(OFFICE)), Said(False, order(OFFICE, 2))], order(OFFICE, 3), True),
        ([Said(True, order(OFFICE)), Said(False, order(OFFICE, 2))], order(OFFICE, 1), False),
    ],
)
def test_what_may_stop_a_case_that_an_order_lets_go_on(history: list[Said], by: Order, stops: bool) -> None:
    assert (why_not_stop(history, by) is None) is stops


def test_a_later_order_of_the_same_or_a_higher_rank_wins_in_whatever_order_they_are_read() -> None:
    first, resumed, low, final = (
        Said(True, order(COMMISSION, 1)),
        Said(False, order(BRANCH, 2)),
        Said(True, order(COMMISSION, 3)),
        Said(True, order(FINAL, 4)),
    )
    for told in permutations((first, resumed, low)):
        assert prevailing(told) == resumed
    for told in permutations((first, resumed, low, final)):
        assert prevailing(told) == final
    assert prevailing([]) is None


def test_the_story_of_niousha() -> None:
    """Stop by the municipality; the court lets work resume; a commission wants it stopped, then legalised; the final
    ruling removes the excess, and no commission gets around it.
    """
    stop = Said(True, order(OFFICE, 1, number="stop"))
    resume = order(BRANCH, 5, number="resume")
    assert why_not_lift(stop.order, resume) is None
    history = [stop, Said(False, resume)]
    assert why_not_stop(history, order(COMMISSION, 10, number="again")) is not None
    final = order(FINAL, 20, number="final")
    assert why_not_stop(history, final) is None
    history.append(Said(True, final))
    assert prevailing(history) == history[-1]
    assert why_not_lift(final, order(COMMISSION, 25, number="article-100")) is not None
    assert why_not_lift(final, order(BRANCH, 26, number="another branch")) is not None
    assert why_not_lift(final, order(FINAL, 27, number="retrial")) is None


@pytest.mark.parametrize(
    ("levels", "forward", "issues", "may"),
    [
        ((), True, True, True),
        ((Level.WARNING,), True, True, True),
        ((Level.STOP,), True, False, False),
        ((Level.STOP,), False, False, True),
        ((Level.STOP_ISSUANCE,), True, False, True),
        ((Level.STOP_ISSUANCE,), True, True, False),
        ((Level.STOP_ISSUANCE,), False, True, True),
        ((Level.WARNING, Level.STOP_ISSUANCE, Level.STOP), True, False, False),
    ],
)
def test_how_strongly_each_level_works(levels: tuple[Level, ...], forward: bool, issues: bool, may: bool) -> None:
    holds = [Standing(level, order(OFFICE, n + 1)) for n, level in enumerate(levels)]
    assert (why_not_step(holds, forward=forward, issues=issues) is None) is may


def test_the_highest_hold_is_named() -> None:
    refused = why_not_step(
        [Standing(Level.STOP, order(OFFICE, number="7")), Standing(Level.STOP, order(FINAL, number="9"))],
        forward=True,
        issues=False,
    )
    assert refused is not None
    assert "No. 9" in refused.en
