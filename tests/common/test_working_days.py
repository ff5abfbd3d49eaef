"""When a deadline is due: tables on a small calendar, and what must hold on any.

April 2026 in Tehran (UTC+3:30), offices 07:30-14:30, Thursday and Friday off, Monday the 13th a holiday:

    Sa 4   Su 5   Mo 6   Tu 7   We 8   (Th 9   Fr 10)
    Sa 11  Su 12  [Mo 13]  Tu 14  We 15  (Th 16  Fr 17)
    Sa 18  Su 19  Mo 20  Tu 21  We 22  (Th 23  Fr 24)
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.common.deadline_marks import Mark, marks
from apps.common.not_counted import WORDS, Why, explain
from apps.common.text import Text
from apps.common.working_days import Due, Holiday, Hours, Pause, Span, Unit, WorkCalendar, days_left, due, is_free

TEHRAN = ZoneInfo("Asia/Tehran")
TOWN_DAY = Holiday(date(2026, 4, 13), Text("روز شهر", "Town Day"), "town", date(2026, 1, 1))
CALENDAR = WorkCalendar(
    weekend=frozenset({3, 4}),
    hours=Hours(time(7, 30), time(14, 30)),
    time_zone="Asia/Tehran",
    known_from=date(2026, 1, 1),
    known_until=date(2026, 12, 31),
    holidays=(TOWN_DAY,),
)


def at(day: int, hour: int = 10, minute: int = 0, *, month: int = 4) -> datetime:
    """A Tehran instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=TEHRAN)


def working(started: datetime, amount: int, *pauses: Pause) -> Span:
    return Span(started, amount, Unit.WORKING_DAYS, pauses)


def plain(started: datetime, amount: int, *pauses: Pause) -> Span:
    return Span(started, amount, Unit.DAYS, pauses)


def last(span: Span) -> date | None:
    return due(span, CALENDAR).day


@pytest.mark.parametrize(
    ("started", "amount", "day"),
    [
        (at(4), 1, 5),  # the day of arrival does not count
        (at(4, 0, 0), 1, 5),  # midnight belongs to the day that begins
        (at(4, 14, 29), 1, 5),
        (at(4, 14, 30), 1, 6),  # at closing it is after hours: arrived on Sunday
        (at(4, 23, 59), 1, 6),
        (at(3, 23, 59), 1, 5),  # the minute before that Saturday: arrived on Saturday all the same
        (at(9), 1, 12),  # on the weekend: arrived on Saturday
        (at(8, 14, 30), 1, 12),  # after hours before a weekend: likewise
        (at(8), 1, 11),  # over the weekend
        (at(8), 2, 12),
        (at(8), 3, 14),  # over the weekend and the holiday
        (at(12), 1, 14),
        (at(12, 15), 1, 15),  # after hours before the holiday: arrived on Tuesday
        (at(13), 1, 15),  # on the holiday: likewise
        (at(4), 10, 19),
    ],
)
def test_working_days(started: datetime, amount: int, day: int):
    assert due(working(started, amount), CALENDAR) == Due(
        date(2026, 4, day), at(day, 14, 30).astimezone(UTC), certain=True
    )


@pytest.mark.parametrize(
    ("started", "amount", "day"),
    [
        (at(4), 1, 5),
        (at(4, 15), 1, 6),
        (at(4), 4, 8),
        (at(4), 5, 11),  # would end on Thursday
        (at(4), 6, 11),  # … on Friday
        (at(4), 7, 11),
        (at(4), 9, 14),  # … on the holiday
        (at(9), 1, 12),  # arrived on Saturday
    ],
)
def test_plain_days_end_with_the_last_moment_of_a_working_day(started: datetime, amount: int, day: int):
    assert due(plain(started, amount), CALENDAR) == Due(
        date(2026, 4, day), at(day + 1, 0).astimezone(UTC) - timedelta(microseconds=1), certain=True
    )


@pytest.mark.parametrize(
    ("pause", "day"),
    [
        ((at(5), at(5)), 7),  # resumed at once
        ((at(5, 8), at(5, 9)), 8),  # an hour takes the day
        ((at(5, 8), at(6, 9)), 11),  # two days; the weekend follows
        ((at(5, 14, 30), at(6, 7, 30)), 7),  # a night takes nothing
        ((at(5, 14, 29), at(6, 7, 30)), 8),  # the last minute takes Sunday
        ((at(5, 14, 30), at(6, 7, 31)), 8),  # the first minute takes Monday
        ((at(9, 0), at(11, 0)), 7),  # a weekend takes nothing, were it to matter
        ((at(4, 10), at(5, 7, 30)), 7),  # the rest of the day of arrival
        ((at(1), at(2)), 7),  # before it began
        ((at(7, 14, 30), at(20)), 7),  # when it was over
        ((at(7, 14, 29), at(20)), 21),  # in the last minute: the last day is still to come
        ((at(7, 14, 30), None), 7),
    ],
)
def test_a_day_counts_only_when_its_hours_are_free_of_pause(pause: Pause, day: int):
    """Three working days from Saturday the 4th: 5, 6, 7."""
    assert last(working(at(4), 3, pause)) == date(2026, 4, day)


@pytest.mark.parametrize(
    ("pause", "day"),
    [
        ((at(5, 0), at(5, 0)), 7),
        ((at(5, 23), at(5, 23, 1)), 8),  # a plain day is looked at as a whole
        ((at(6, 0), at(7, 0)), 8),  # from midnight to midnight: one day
        ((at(5, 23), at(6, 1)), 11),  # Sunday and Monday; ends on a Thursday, so on Saturday
        ((at(7, 23), at(11, 1)), 12),  # its third day is Sunday the 12th
    ],
)
def test_plain_days_and_pauses(pause: Pause, day: int):
    assert last(plain(at(4), 3, pause)) == date(2026, 4, day)


def test_the_day_that_follows_a_day_off_must_be_free_of_pause_too():
    assert last(plain(at(4), 5, (at(11), at(12, 9)))) == date(2026, 4, 14)


@pytest.mark.parametrize(
    ("span", "left"),
    [
        (working(at(4), 3, (at(5, 8), None)), 3),
        (working(at(4), 3, (at(5, 15), None)), 2),
        (working(at(4), 3, (at(7, 14, 29), None)), 1),
        (plain(at(4), 3, (at(6, 8), None)), 2),
        (plain(at(4), 5, (at(10, 8), None)), 0),  # all counted; what is open is the working day at its end
        (working(at(4), 3, (at(1), None)), 3),
    ],
)
def test_while_a_pause_stands_nothing_is_due(span: Span, left: int):
    assert due(span, CALENDAR) == Due(None, None, left=left)
    assert marks(span, CALENDAR) == ()


def test_pauses_that_lap_over_take_their_days_once():
    both = (at(5, 8), at(6, 9)), (at(5, 9), at(6, 12))
    assert last(working(at(4), 3, *both)) == last(working(at(4), 3, (at(5, 8), at(6, 12))))


@pytest.mark.parametrize(
    ("known", "certain"),
    [
        ({}, True),
        ({"known_until": date(2026, 4, 14)}, True),
        ({"known_until": date(2026, 4, 13)}, False),
        ({"known_from": date(2026, 4, 8)}, True),
        ({"known_from": date(2026, 4, 9)}, False),
        ({"holidays": (replace(TOWN_DAY, estimated=True),)}, False),
        ({"holidays": (TOWN_DAY, replace(TOWN_DAY, day=date(2026, 4, 15), estimated=True))}, False),  # may be the 14th
        ({"holidays": (TOWN_DAY, replace(TOWN_DAY, day=date(2026, 4, 16), estimated=True))}, True),
        ({"holidays": (TOWN_DAY, replace(TOWN_DAY, day=date(2026, 4, 7), estimated=True))}, False),
        ({"holidays": (TOWN_DAY, replace(TOWN_DAY, day=date(2026, 4, 6), estimated=True))}, True),
    ],
)
def test_certain_only_where_days_off_are_known(known: dict[str, object], certain: bool):
    """Three working days from Wednesday the 8th: due on the 14th."""
    found = due(working(at(8), 3), replace(CALENDAR, **known))
    assert (found.day, found.certain) == (date(2026, 4, 14), certain)


def test_hours_of_one_weekday():
    short = replace(CALENDAR, hours_on=((2, Hours(time(8), time(12))),))
    assert due(working(at(7), 1), short).at == at(8, 12)
    assert due(working(at(8, 12), 1), short).day == date(2026, 4, 12)
    assert due(working(at(5), 3, (at(8, 12), at(8, 14))), short).day == date(2026, 4, 8)


def test_a_zone_with_summer_time_keeps_its_office_hours():
    """Chicago puts its clocks ahead on 8 March 2026: five in the afternoon is 23:00 UTC before, 22:00 UTC after."""
    chicago = replace(CALENDAR, time_zone="America/Chicago", weekend=frozenset({5, 6}), hours=Hours(time(8), time(17)))
    friday = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
    assert due(working(friday, 1), chicago).at == datetime(2026, 3, 6, 23, 0, tzinfo=UTC)
    assert due(working(friday, 2), chicago).at == datetime(2026, 3, 9, 22, 0, tzinfo=UTC)
    midnight = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
    assert due(plain(friday, 4), chicago).at == midnight - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("on", "left"),
    [(4, 7), (8, 3), (9, 3), (10, 3), (11, 2), (13, 1), (14, 0), (15, -1), (16, -1), (18, -2)],
)
def test_days_left(on: int, left: int):
    assert days_left(date(2026, 4, 14), date(2026, 4, on), CALENDAR) == left


def test_steps_over_days_off():
    assert CALENDAR.step(date(2026, 4, 8), 1) == date(2026, 4, 11)
    assert CALENDAR.step(date(2026, 4, 14), -2) == date(2026, 4, 11)
    assert CALENDAR.step(date(2026, 4, 9), 0) == date(2026, 4, 9)


# --- marks ----------------------------------------------------------------------------------------
def told(span: Span) -> list[tuple[str, datetime]]:
    return [(marked.mark.value, marked.at) for marked in marks(span, CALENDAR)]


def test_marks_stand_three_working_days_around_the_last():
    assert told(working(at(4), 7)) == [
        ("ahead", at(8, 7, 30)),
        ("day", at(14, 7, 30)),
        ("behind", at(19, 7, 30)),
        ("escalate", at(19, 14, 30)),
    ]


@pytest.mark.parametrize(("amount", "first"), [(3, "day"), (4, "ahead")])
def test_a_short_span_is_not_announced_on_its_day_of_arrival(amount: int, first: str):
    assert told(working(at(4), amount))[0][0] == first


def test_marks_of_plain_days_are_working_days():
    assert told(plain(at(4), 9))[:2] == [("ahead", at(8, 7, 30)), ("day", at(14, 7, 30))]


def test_paused_days_are_no_marks():
    assert told(working(at(4), 4, (at(7, 9), at(19, 9))))[:2] == [("ahead", at(5, 7, 30)), ("day", at(21, 7, 30))]


def test_a_pause_behind_the_last_day_holds_the_marks_that_follow():
    """Due on the 7th; paused from the 8th on: nobody is told that it is three days late."""
    assert [name for name, _ in told(working(at(4), 3, (at(8, 9), None)))] == ["day"]
    assert told(working(at(4), 3, (at(8, 9), at(12, 9))))[1:] == [
        ("behind", at(18, 7, 30)),
        ("escalate", at(18, 14, 30)),
    ]


# --- reasons --------------------------------------------------------------------------------------
WEEKEND = [(9, "weekend"), (10, "weekend")]


def reasons(span: Span) -> list[tuple[int, str]]:
    return [(missed.day.day, missed.why.value) for missed in explain(span, CALENDAR)]


@pytest.mark.parametrize(
    ("span", "missed"),
    [
        (working(at(4), 2), [(4, "arrival")]),
        (working(at(8, 15), 1), [(8, "after_hours"), (9, "weekend"), (10, "weekend"), (11, "arrival")]),
        (working(at(12), 1), [(12, "arrival"), (13, "holiday")]),
        (working(at(4), 3, (at(5, 8), at(6, 9))), [(4, "arrival"), (5, "paused"), (6, "paused"), *WEEKEND]),
        (working(at(8), 3, (at(12), None)), [(8, "arrival"), (9, "weekend"), (10, "weekend"), (12, "paused")]),
        (plain(at(4), 4), [(4, "arrival")]),
        (plain(at(4), 8), [(4, "arrival")]),  # days off count where days are plain
        (plain(at(4), 5), [(4, "arrival"), (9, "weekend"), (10, "weekend")]),  # it fell on Thursday
        (plain(at(4), 6), [(4, "arrival"), (10, "weekend")]),
        (plain(at(4), 3, (at(6), None)), [(4, "arrival"), (6, "paused")]),
    ],
)  # fmt: skip
def test_why_days_did_not_count(span: Span, missed: list[tuple[int, str]]):
    assert reasons(span) == missed


def test_reasons_are_named():
    named = {found.why: found.name for found in explain(working(at(12), 1), CALENDAR)}
    assert named == {Why.ARRIVAL: WORDS[Why.ARRIVAL], Why.HOLIDAY: TOWN_DAY.name}
    assert set(WORDS) == set(Why) - {Why.HOLIDAY}


# --- what is refused ------------------------------------------------------------------------------
@pytest.mark.parametrize("amount", [0, -1, 3_651])
def test_amounts_that_are_no_deadline(amount: int):
    with pytest.raises(ValueError, match="1 to 3650 days"):
        working(at(4), amount)


def test_instants_need_a_zone():
    bare = at(5).replace(tzinfo=None)
    for build in (
        lambda: working(bare, 1),
        lambda: working(at(4), 1, (bare, None)),
        lambda: working(at(4), 1, (at(4), bare)),
    ):
        with pytest.raises(ValueError, match="time zone"):
            build()


def test_a_pause_ends_after_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        working(at(4), 1, (at(6), at(5)))


def test_hours_end_after_they_begin():
    with pytest.raises(ValueError, match="before they begin"):
        Hours(time(14), time(14))


def test_a_week_needs_a_working_day():
    with pytest.raises(ValueError, match="without a working day"):
        replace(CALENDAR, weekend=frozenset(range(7)))


# --- the fingerprint ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"weekend": frozenset({4})},
        {"hours": Hours(time(7, 30), time(14))},
        {"hours_on": ((2, Hours(time(8), time(12))),)},
        {"time_zone": "Asia/Kabul"},
        {"known_until": date(2027, 12, 31)},
        {"known_from": date(2025, 12, 31)},
        {"holidays": ()},
        {"holidays": (replace(TOWN_DAY, estimated=True),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_fingerprint_changes_with_what_moves_a_due_day(change: dict[str, object]):
    assert replace(CALENDAR, **change).fingerprint != CALENDAR.fingerprint


def test_the_fingerprint_keeps_through_names_and_order():
    other = replace(TOWN_DAY, day=date(2026, 4, 20))
    named = replace(CALENDAR, holidays=(other, replace(TOWN_DAY, name=Text.of("x"), source="y")))
    assert named.fingerprint == replace(CALENDAR, holidays=(TOWN_DAY, other)).fingerprint
    assert len(named.fingerprint) == 32


# --- on any calendar ------------------------------------------------------------------------------
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
amounts = st.integers(1, 60)
units = st.sampled_from(Unit)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    days = draw(st.frozensets(st.dates(date(2025, 12, 1), date(2027, 6, 1)), max_size=40))
    weekend = draw(st.frozensets(st.integers(0, 6), max_size=4))
    return replace(CALENDAR, weekend=weekend, holidays=tuple(replace(TOWN_DAY, day=day) for day in sorted(days)))


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    begin = draw(instants)
    return begin, begin + timedelta(minutes=draw(st.integers(0, 60 * 24 * 20)))


spans = st.builds(Span, instants, amounts, units, st.lists(pauses(), max_size=4).map(tuple))


@given(spans, calendars())
def test_the_last_day_is_a_working_day_free_of_pause_after_the_day_of_arrival(span: Span, calendar: WorkCalendar):
    found = due(span, calendar)
    assert found.day is not None
    assert calendar.works_on(found.day)
    assert is_free(found.day, span, calendar)
    assert found.day > calendar.arrival(span.started_at) >= calendar.local_day(span.started_at)


@given(spans, calendars())
def test_the_day_of_its_last_moment_is_its_last_day(span: Span, calendar: WorkCalendar):
    found = due(span, calendar)
    assert calendar.local_day(found.at) == found.day


@given(spans, calendars(), st.sampled_from([-12, 0, 14]))
def test_it_does_not_matter_in_which_zone_instants_are_written(span: Span, calendar: WorkCalendar, hours: int):
    zone = timezone(timedelta(hours=hours))
    moved = tuple((begin.astimezone(zone), end.astimezone(zone)) for begin, end in span.pauses)
    written = Span(span.started_at.astimezone(zone), span.amount, span.unit, moved)
    assert due(written, calendar) == due(span, calendar)


@given(spans, calendars(), pauses())
def test_a_pause_never_makes_it_earlier(span: Span, calendar: WorkCalendar, pause: Pause):
    paused = replace(span, pauses=(*span.pauses, pause))
    assert due(paused, calendar).day >= due(span, calendar).day


@given(spans, calendars(), pauses(), st.integers(0, 1440))
def test_a_longer_pause_never_makes_it_earlier(span: Span, calendar: WorkCalendar, pause: Pause, more: int):
    short = replace(span, pauses=(*span.pauses, pause))
    longer = replace(span, pauses=(*span.pauses, (pause[0], pause[1] + timedelta(minutes=more))))
    assert due(longer, calendar).day >= due(short, calendar).day


@given(spans, calendars(), instants)
def test_resuming_at_once_changes_nothing(span: Span, calendar: WorkCalendar, moment: datetime):
    again = replace(span, pauses=(*span.pauses, (moment, moment)))
    assert due(again, calendar) == due(span, calendar)


@given(spans, calendars(), instants)
def test_a_standing_pause_holds_it_or_comes_too_late(span: Span, calendar: WorkCalendar, since: datetime):
    ran, held = due(span, calendar), due(replace(span, pauses=(*span.pauses, (since, None))), calendar)
    assert held in (ran, Due(None, None, left=held.left))
    if held.day is None:
        assert since < ran.at
        assert held.left <= span.amount


@given(spans, calendars())
def test_one_day_more_is_never_earlier_and_one_working_day_more_is_later(span: Span, calendar: WorkCalendar):
    one, two = due(span, calendar).day, due(replace(span, amount=span.amount + 1), calendar).day
    assert two > one if span.unit is Unit.WORKING_DAYS else two >= one


@given(spans, calendars(), st.integers(1, 60 * 24 * 10))
def test_what_arrives_later_is_never_due_earlier(span: Span, calendar: WorkCalendar, minutes: int):
    later = replace(span, started_at=span.started_at + timedelta(minutes=minutes))
    assert due(later, calendar).day >= due(span, calendar).day


@given(spans, calendars(), st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_one_day_off_more_is_never_earlier(span: Span, calendar: WorkCalendar, closed: date):
    assume(closed not in calendar.days_off)
    more = replace(calendar, holidays=(*calendar.holidays, replace(TOWN_DAY, day=closed)))
    assert due(span, more).day >= due(span, calendar).day


@given(instants, amounts, units, st.integers(1, 50), st.frozensets(st.integers(0, 6), max_size=4))
def test_weeks_without_holidays_are_alike(
    started: datetime, amount: int, unit: Unit, weeks: int, weekend: frozenset[int]
):
    calendar, moved = replace(CALENDAR, weekend=weekend, holidays=()), timedelta(weeks=weeks)
    here, there = (due(Span(begin, amount, unit), calendar) for begin in (started, started + moved))
    assert (there.day, there.at) == (here.day + moved, here.at + moved)


@given(spans, calendars())
def test_every_day_counts_or_is_explained(span: Span, calendar: WorkCalendar):
    """In working days: those explained and those counted are all the days from the first to the last."""
    assume(span.unit is Unit.WORKING_DAYS)
    found = due(span, calendar).day
    missed = {entry.day for entry in explain(span, calendar)}
    assert (found - calendar.local_day(span.started_at)).days + 1 == len(missed) + span.amount


@given(spans, calendars())
def test_marks_go_forward_and_meet_the_last_day(span: Span, calendar: WorkCalendar):
    found, last_day = marks(span, calendar), due(span, calendar).day
    assert [marked.at for marked in found] == sorted(marked.at for marked in found)
    by_mark = {marked.mark: calendar.local_day(marked.at) for marked in found}
    assert by_mark[Mark.DAY] == last_day
    assert all(is_free(day, span, calendar) and calendar.works_on(day) for day in by_mark.values())
    if Mark.AHEAD in by_mark:
        assert days_left(last_day, by_mark[Mark.AHEAD], calendar) >= 3


@given(spans, calendars())
def test_days_left_are_an_odd_walk(span: Span, calendar: WorkCalendar):
    """So many working days ahead of a day, and as many behind it."""
    day = due(span, calendar).day
    assert days_left(calendar.step(day, 5), day, calendar) == 5
    assert days_left(calendar.step(day, -5), day, calendar) == -5
