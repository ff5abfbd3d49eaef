"""Cases that happened to cities, each as the acts that were recorded and the answers that must follow."""

import pytest

from apps.legal.acts import Status
from apps.legal.models import Instrument
from apps.legal.selectors import is_in_force, law_snapshot, statuses_at
from tests.legal.build import Desk, at, box, edition, spot

pytestmark = pytest.mark.django_db


def status(plan: Instrument, on: str, known: str = "2030-01-01", place=None) -> Status:
    """The one status of the plan on a day, as known at an instant; at a place that lies in one atom."""
    day = at(on).date()
    if place is None:
        (held,) = law_snapshot(on=day, known_at=at(known)).statuses(plan.pk)
        return held
    (part,) = statuses_at(instrument=plan, place=place, on=day, known_at=at(known))
    assert part.share == pytest.approx(1)
    return part.status


def test_court_annulment_revives_the_older_plan(desk: Desk) -> None:
    old, new = edition("plu-2012"), edition("plu-2018")
    desk.in_force(old, "2012-03-01")
    desk.in_force(new, "2018-06-01")
    desk.do("replace", old, "2018-06-01", replaced_by=new)
    assert (status(old, "2019-05-01"), status(new, "2019-05-01")) == (Status.REPLACED, Status.IN_FORCE)
    desk.do("annul", new, "2020-02-10", effective="2018-06-01", recorded="2020-02-12")
    assert (status(old, "2021-01-01"), status(new, "2021-01-01")) == (Status.IN_FORCE, Status.ANNULLED)
    assert (status(old, "2019-05-01"), status(new, "2019-05-01")) == (Status.IN_FORCE, Status.ANNULLED)
    assert status(old, "2019-05-01", known="2020-02-11") is Status.REPLACED


def test_suspension_of_the_successor_revives_the_older_plan_and_lifting_puts_it_aside_again(desk: Desk) -> None:
    old, new = edition("old"), edition("new")
    desk.in_force(old, "2012-03-01")
    desk.in_force(new, "2018-06-01")
    desk.do("replace", old, "2018-06-01", replaced_by=new)
    stop = desk.do("suspend", new, "2019-01-10")
    desk.do("lift", new, "2019-04-10", lifts=stop)
    seen = [(status(old, day), status(new, day)) for day in ("2019-01-09", "2019-01-10", "2019-04-09", "2019-04-10")]
    apart, revived = (Status.REPLACED, Status.IN_FORCE), (Status.IN_FORCE, Status.SUSPENDED)
    assert seen == [apart, revived, revived, apart]


def test_suspension_of_one_zone_leaves_the_rest_in_force(desk: Desk) -> None:
    """A 10 m zone of the plan is suspended; the parcel beside it is untouched, the one across is half suspended."""
    plan = edition("plan")
    desk.in_force(plan, "2014-01-01")
    desk.do("suspend", plan, "2020-05-01", scope=box(0, 0, 10, 10))
    assert status(plan, "2020-06-01", place=box(2, 2, 8, 8)) is Status.SUSPENDED
    assert status(plan, "2020-06-01", place=box(20, 0, 30, 10)) is Status.IN_FORCE
    assert status(plan, "2020-04-30", place=box(2, 2, 8, 8)) is Status.IN_FORCE
    day = at("2020-06-01").date()
    parts = statuses_at(instrument=plan, place=box(4, 0, 12, 10), on=day)
    assert [(p.status, pytest.approx(p.share)) for p in parts] == [(Status.SUSPENDED, 0.75), (Status.IN_FORCE, 0.25)]
    assert not is_in_force(plan, day)
    assert not is_in_force(plan, day, place=box(4, 0, 12, 10))
    assert is_in_force(plan, day, place=box(10, 0, 20, 10)), "touching the zone is not lying in it"


def test_partial_revision_does_not_end_the_rest(desk: Desk) -> None:
    plan, revision = edition("plan"), edition("revision")
    desk.in_force(plan, "2014-01-01")
    desk.in_force(revision, "2020-05-01")
    desk.do("replace", plan, "2020-05-01", replaced_by=revision, scope=box(0, 0, 10, 10))
    assert status(plan, "2020-06-01", place=spot(5, 5)) is Status.REPLACED
    assert status(plan, "2020-06-01", place=spot(15, 5)) is Status.IN_FORCE
    assert status(revision, "2020-06-01") is Status.IN_FORCE
    desk.do("annul", revision, "2021-01-01", effective="2020-05-01")
    assert status(plan, "2020-06-01") is Status.IN_FORCE


def test_rezoning_voided_after_sixteen_months(desk: Desk) -> None:
    """Known before the ruling: in force. Known after it: annulled, also on the days that are gone."""
    rezoning = edition("rezoning")
    desk.in_force(rezoning, "2021-03-01")
    desk.do("annul", rezoning, "2022-07-01", effective="2021-03-01", recorded="2022-07-04")
    assert status(rezoning, "2021-09-01", known="2022-07-03") is Status.IN_FORCE
    assert status(rezoning, "2022-07-03", known="2022-07-03") is Status.IN_FORCE
    assert status(rezoning, "2021-09-01", known="2022-07-05") is Status.ANNULLED
    assert status(rezoning, "2021-03-01", known="2022-07-05") is Status.ANNULLED


def test_a_revised_height_plan_that_is_only_approved_is_never_in_force(desk: Desk) -> None:
    heights, revised = edition("hc-old"), edition("hc-new")
    desk.in_force(heights, "2014-09-27")
    desk.do("approve", revised, "2025-06-15")
    for day in ("2025-06-14", "2025-06-15", "2029-01-01"):
        assert not is_in_force(revised, at(day).date())
        assert is_in_force(heights, at(day).date())
    assert status(revised, "2029-01-01") is Status.APPROVED
    assert status(revised, "2025-06-14") is Status.DRAFT


def test_a_revised_height_plan_promulgated_and_then_suspended(desk: Desk) -> None:
    """It takes precedence while it is in force; from the suspension on only the older plan is left in force."""
    heights, revised = edition("hc-old"), edition("hc-new")
    desk.in_force(heights, "2014-09-27")
    desk.in_force(revised, "2023-08-16", effective="2023-08-23")
    desk.do("suspend", revised, "2024-05-05")

    def governing(day: str) -> list[str]:
        return [law.code for law in law_snapshot(on=at(day).date()).in_force()]

    assert governing("2023-08-22") == ["hc-old"]
    assert governing("2023-08-23") == ["hc-new", "hc-old"]
    assert governing("2024-05-04") == ["hc-new", "hc-old"]
    assert governing("2024-05-05") == ["hc-old"]
    assert [law.code for law in law_snapshot(on=at("2023-08-20").date()).pending()] == ["hc-new"]
    assert status(revised, "2023-08-20") is Status.PROMULGATED
    assert status(revised, "2024-05-05") is Status.SUSPENDED


def test_annulment_in_part_leaves_the_rest(desk: Desk) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2014-01-01")
    desk.do("annul", plan, "2020-01-01", effective="2014-01-01", scope=box(0, 0, 10, 10))
    assert status(plan, "2016-01-01", place=spot(5, 5)) is Status.ANNULLED
    assert status(plan, "2016-01-01", place=spot(50, 5)) is Status.IN_FORCE


def test_two_bodies_stop_overlapping_zones_and_one_of_them_lifts(desk: Desk) -> None:
    """Zones 0–10 and 5–15: after the first is lifted everywhere, only the second stays stopped."""
    plan = edition("plan")
    desk.in_force(plan, "2014-01-01")
    first = desk.do("suspend", plan, "2020-01-01", scope=box(0, 0, 10, 10))
    desk.do("suspend", plan, "2020-02-01", scope=box(5, 0, 15, 10))
    desk.do("lift", plan, "2020-03-01", lifts=first)
    for x, expected in ((2, Status.IN_FORCE), (7, Status.SUSPENDED), (12, Status.SUSPENDED), (20, Status.IN_FORCE)):
        assert status(plan, "2020-03-01", place=spot(x, 5)) is expected
    assert status(plan, "2020-02-28", place=spot(2, 5)) is Status.SUSPENDED


def test_two_versions_on_one_day_the_later_recorded_takes_precedence(desk: Desk) -> None:
    one, two = edition("z-one"), edition("a-two")
    desk.in_force(one, "2020-01-01")
    desk.in_force(two, "2020-01-01")
    snapshot = law_snapshot(on=at("2020-01-01").date())
    assert [law.code for law in snapshot.in_force()] == ["a-two", "z-one"]


def test_repealing_the_successor_does_not_bring_the_older_plan_back(desk: Desk) -> None:
    """A repeal ends a law; only annulment and suspension leave the older plan as if it had not been displaced."""
    old, new = edition("old-r"), edition("new-r")
    desk.in_force(old, "2012-03-01")
    desk.in_force(new, "2018-06-01")
    desk.do("replace", old, "2018-06-01", replaced_by=new)
    desk.do("repeal", new, "2020-02-10")
    assert (status(old, "2021-01-01"), status(new, "2021-01-01")) == (Status.REPLACED, Status.REPEALED)
    assert status(old, "2018-05-31") is Status.IN_FORCE


def test_a_successor_repealed_before_it_ever_bound_displaces_nothing(desk: Desk) -> None:
    old, new = edition("old-u"), edition("new-u")
    desk.in_force(old, "2012-03-01")
    desk.do("approve", new, "2018-01-01")
    desk.do("replace", old, "2018-06-01", replaced_by=new)
    desk.do("repeal", new, "2019-01-01")
    assert status(old, "2021-01-01") is Status.IN_FORCE
