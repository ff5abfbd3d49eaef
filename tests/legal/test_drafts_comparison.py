"""Two projections compared: which days change, at which places. Tables on a few days and two scopes."""

from datetime import UTC, date, datetime

import pytest

from apps.legal.acts import Period, Status
from apps.legal.drafts_comparison import NEVER_ACTED, Shift, Stretch, compare, shifts, status_on

KNOWN = datetime(2020, 1, 1, tzinfo=UTC)
A, B, C = date(2024, 1, 1), date(2024, 6, 1), date(2025, 1, 1)
DRAFT, APPROVED, FORCE, STOPPED, ASIDE = (
    Status.DRAFT, Status.APPROVED, Status.IN_FORCE, Status.SUSPENDED, Status.REPLACED,
)  # fmt: skip
OUT, IN1, IN2, BOTH = frozenset(), frozenset({1}), frozenset({2}), frozenset({1, 2})


def line(*steps: object) -> tuple[Stretch, ...]:
    """`line(DRAFT, A, FORCE, B, STOPPED)`: a draft until A, in force until B, stopped from then on."""
    days, statuses = [None, *steps[1::2], None], steps[0::2]
    return tuple(Stretch(days[i], days[i + 1], status) for i, status in enumerate(statuses))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (line(DRAFT), line(DRAFT), []),
        (line(DRAFT, A, FORCE), line(DRAFT, A, FORCE), []),
        (line(DRAFT), line(DRAFT, A, FORCE), [(A, None, DRAFT, FORCE)]),
        (line(DRAFT, A, FORCE), line(DRAFT, A, FORCE, B, STOPPED), [(B, None, FORCE, STOPPED)]),
        (line(DRAFT, A, FORCE), line(DRAFT, A, FORCE, B, STOPPED, C, FORCE), [(B, C, FORCE, STOPPED)]),
        (line(DRAFT, A, FORCE), line(DRAFT, B, FORCE), [(A, B, FORCE, DRAFT)]),
        (line(DRAFT), line(APPROVED), [(None, None, DRAFT, APPROVED)]),
        (line(DRAFT, A, FORCE), line(APPROVED, A, FORCE), [(None, A, DRAFT, APPROVED)]),
        # Two changes that touch, of different kinds, are two; of one kind, one.
        (line(DRAFT, A, FORCE), line(DRAFT, A, STOPPED, B, ASIDE), [(A, B, FORCE, STOPPED), (B, None, FORCE, ASIDE)]),
        (line(DRAFT, A, FORCE, B, FORCE), line(DRAFT, A, STOPPED), [(A, None, FORCE, STOPPED)]),
    ],
)
def test_days_that_change(before, after, found) -> None:
    assert list(shifts(before, after)) == [Shift(*row) for row in found]


def test_the_status_of_a_day_is_half_open() -> None:
    timeline = line(DRAFT, A, FORCE, B, STOPPED)
    days = (date.min, date(2023, 12, 31), A, date(2024, 5, 31), B, date.max)
    assert [status_on(timeline, day) for day in days] == [DRAFT, DRAFT, FORCE, FORCE, STOPPED, STOPPED]


def periods(timeline: tuple[Stretch, ...], inside=OUT, *, instrument: int = 7, until=None) -> list[Period]:
    return [Period(instrument, inside, s.status, s.act, s.since, s.until, KNOWN, until) for s in timeline]


def test_places_with_the_same_days_are_one_and_those_that_change_come_first() -> None:
    """Scope 2 is new: it changes what lies in it alone and, in scope 1 too, nothing, because that was stopped."""
    old = line(DRAFT, A, FORCE)
    stopped = line(DRAFT, A, FORCE, B, STOPPED)
    before = [*periods(old), *periods(old, IN2), *periods(stopped, IN1), *periods(stopped, BOTH)]
    after = [*periods(old), *periods(stopped, IN2), *periods(stopped, IN1), *periods(stopped, BOTH)]
    first, *others = compare(before, after, [OUT, IN1, IN2, BOTH], instrument=7)
    assert (first.places, first.shifts) == ((IN2,), (Shift(B, None, FORCE, STOPPED),))
    assert {place.places: place.shifts for place in others} == {(OUT,): (), (IN1, BOTH): ()}


def test_only_what_is_known_now_and_only_of_the_instrument_counts() -> None:
    over = datetime(2021, 1, 1, tzinfo=UTC)
    before = [*periods(line(FORCE), until=over), *periods(line(STOPPED), instrument=8)]
    (place,) = compare(before, periods(line(DRAFT, A, FORCE)), [OUT], instrument=7)
    assert place.before == NEVER_ACTED
    assert place.shifts == (Shift(A, None, DRAFT, FORCE),)


def test_an_act_that_only_changes_the_ground_of_a_status_changes_no_day() -> None:
    before = [Period(7, OUT, FORCE, 1, None, None, KNOWN, None)]
    after = [Period(7, OUT, FORCE, 2, None, None, KNOWN, None)]
    (place,) = compare(before, after, [OUT], instrument=7)
    assert place.shifts == ()
