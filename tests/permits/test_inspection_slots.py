"""Slots over weekends, holidays and short days; the plan's file; all without a database."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.common.city import load_city
from apps.common.errors import BadInputError
from apps.common.office_days import Holiday, Hours, WorkCalendar
from apps.common.text import Text
from apps.permits.inspection_plan import NO_PLAN, DistrictCalendar, InspectionPlan, load_plan, plan_of
from apps.permits.inspection_slots import Slot, read_slot, slots, slots_on, window

CITIES = Path(__file__).resolve().parents[2] / "cities"
# Saturday 5 December 2026 is a day off, on Wednesdays offices close at noon; what is beyond 2026 nobody knows.
TOWN = WorkCalendar(
    weekend=frozenset({3, 4}),
    hours=Hours(time(8), time(14)),
    hours_on=((2, Hours(time(8), time(12))),),
    time_zone="Asia/Tehran",
    known_from=date(2026, 1, 1),
    known_until=date(2026, 12, 31),
    holidays=(Holiday(date(2026, 12, 5), Text("عید", "Feast"), "x", date(2026, 1, 1)),),
)
DISTRICT = DistrictCalendar(frozenset({5, 6, 0, 1, 2}), time(9), time(13), 60, 2)
PLAN = InspectionPlan(calendars={3: DISTRICT}, notice=1, horizon=4)


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        (date(2026, 12, 1), ["09:00", "10:00", "11:00", "12:00"]),  # a Tuesday
        (date(2026, 12, 2), ["09:00", "10:00", "11:00"]),  # a Wednesday: offices close at 12
        (date(2026, 12, 3), []),  # Thursday, weekend
        (date(2026, 12, 4), []),
        (date(2026, 12, 5), []),  # a Saturday that is off
        (date(2026, 12, 6), ["09:00", "10:00", "11:00", "12:00"]),
        (date(2027, 1, 2), []),  # nobody knows whether that Saturday is off
    ],
    ids=str,
)
def test_slots_lie_on_working_days_in_office_hours(day: date, starts: list[str]) -> None:
    assert [f"{slot.starts:%H:%M}" for slot in slots_on(DISTRICT, TOWN, day)] == starts


def test_a_weekday_that_the_district_does_not_serve_has_none() -> None:
    only_monday = DistrictCalendar(frozenset({0}), time(9), time(13), 60, 2)
    assert list(slots_on(only_monday, TOWN, date(2026, 12, 1))) == []
    assert len(list(slots_on(only_monday, TOWN, date(2026, 12, 7)))) == 4


def test_what_does_not_end_in_time_is_no_slot() -> None:
    odd = DistrictCalendar(frozenset({1}), time(9), time(10, 59), 60, 1)
    assert [slot.code for slot in slots_on(odd, TOWN, date(2026, 12, 1))] == ["2026-12-01T09:00"]


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        ("2026-12-01T06:00", "2026-12-02", "2026-12-08"),  # Tuesday morning: Wed; then Sun, Mon, Tue (Sat is off)
        ("2026-12-01T10:29", "2026-12-02", "2026-12-08"),  # 13:59 in the city
        ("2026-12-01T10:30", "2026-12-06", "2026-12-09"),  # 14:00: counts as arriving on Wednesday
        ("2026-12-03T06:00", "2026-12-07", "2026-12-12"),  # on the weekend: arrives on Sunday
    ],
    ids=str,
)
def test_notice_and_horizon_are_working_days(now: str, first: str, last: str) -> None:
    found = window(PLAN, TOWN, now=datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


def test_both_ends_of_the_window_are_offered() -> None:
    between = window(PLAN, TOWN, now=datetime(2026, 12, 1, 6, tzinfo=UTC))
    days = {slot.day for slot in slots(DISTRICT, TOWN, between)}
    assert days == {date(2026, 12, 2), date(2026, 12, 6), date(2026, 12, 7), date(2026, 12, 8)}


@pytest.mark.parametrize(
    ("other", "shared"), [("08:00", False), ("08:30", True), ("09:00", True), ("09:59", True), ("10:00", False)]
)
def test_slots_that_only_touch_do_not_overlap(other: str, shared: bool) -> None:
    day = date(2026, 12, 1)
    assert Slot(day, time(9), 60).overlaps(Slot(day, time.fromisoformat(other), 60)) is shared
    assert not Slot(day, time(9), 60).overlaps(Slot(date(2026, 12, 2), time.fromisoformat(other), 60))


def test_a_slot_is_named_by_day_and_minute() -> None:
    assert read_slot(Slot(date(2026, 12, 1), time(8, 30), 60).code) == (date(2026, 12, 1), time(8, 30))
    for wrong in ("", "tomorrow", "2026-12-01T08:30Z", "2026-12-01T08:30:01", "2026-13-01T08:30"):
        with pytest.raises(BadInputError):
            read_slot(wrong)


@pytest.mark.parametrize("city", ["isfahan", "cockrell_hill", "_template"])
def test_the_plans_of_the_cities_are_samples_and_say_what_must_be_there(city: str) -> None:
    plan = load_plan(CITIES / city / "inspection.toml")
    assert plan.sample
    assert plan.prerequisites
    assert (plan.moves, plan.tolerance_share, plan.tolerance_m2) == (2, Decimal("0.02"), 1)
    assert all(text.fa and text.en for text in plan.prerequisites)


def test_districts_and_everywhere_else() -> None:
    isfahan, village = (load_plan(CITIES / c / "inspection.toml") for c in ("isfahan", "cockrell_hill"))
    assert isfahan.of(3) is not None
    assert (isfahan.of(99), isfahan.of(None)) == (None, None)
    assert village.of(None) == village.of(99) == village.of(1)
    assert village.of(None) is not None


GOOD = (CITIES / "_template" / "inspection.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("notice_working_days = 1", "notice_working_days = 0", "notice_working_days"),
        ("horizon_working_days = 10", "horizon_working_days = 0", "horizon_working_days"),
        ("moves = 2", "moves = -1", "moves"),
        ("moves = 2", "", "moves"),
        ("tolerance_m2 = 1.0", "tolerance_m2 = -1.0", "tolerances"),
        ('"saturday", ', '"caturday", ', "caturday"),
        ('until = "13:00"', 'until = "08:00"', "from lies before until"),
        ("minutes = 60", "minutes = 5", "minutes"),
        ("inspectors = 1", "inspectors = 0", "inspectors"),
        ("districts = [1]", "districts = [1, 1]", "twice"),
        ("sample = true", "", "sample"),
        ("[booking]", "[booking", "TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    path = tmp_path / "inspection.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=said):
        load_plan(path)


def test_a_city_without_a_plan_offers_nothing(tmp_path: Path) -> None:
    from dataclasses import replace

    bare = replace(load_city(CITIES / "isfahan"), root=tmp_path)
    assert plan_of(bare) is NO_PLAN
    assert NO_PLAN.of(3) is None
