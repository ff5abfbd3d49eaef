"""The public list of acts: every act once, newest first, page by page; and again on the day it takes effect."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from apps.common.errors import BadInputError, NotFoundError
from apps.legal.models import Instrument, LegalAct
from apps.notices.act_places import shape_of
from apps.notices.acts import act_by_id, acts_page
from tests.browser.city import SQUARES
from tests.notices.conftest import NewsCity

LATER = date(2027, 3, 21)


def walk(limit: int, **asked: str) -> list[tuple[int, str]]:
    """(act, phase) over all pages."""
    found, after = [], ""
    while True:
        page = acts_page(limit=limit, after=after, **asked)
        assert len(page.entries) <= limit
        found += [(e.act, e.phase) for e in page.entries]
        if not page.next:
            return found
        after = page.next


@pytest.mark.parametrize("limit", [1, 2, 7, 1000])
def test_pages_hold_every_act_once_and_nothing_twice(city: NewsCity, limit: int) -> None:
    found = walk(limit)
    assert len(found) == len(set(found))
    assert {act for act, phase in found if phase == "recorded"} == set(LegalAct.objects.values_list("pk", flat=True))
    assert found == walk(1000)


def test_an_act_of_a_later_day_is_news_again_on_that_day(city: NewsCity) -> None:
    with time_machine.travel("2027-01-10T09:00:00Z", tick=False):
        act = city.enact("hc-1404", "promulgate", effective_on=LATER)
        before = walk(5)
        assert before[0] == (act.pk, "recorded")
        assert (act.pk, "effect") not in before
    with time_machine.travel("2027-03-22T09:00:00Z", tick=False):
        newest = acts_page(limit=5).entries[0]
        assert (newest.act, newest.phase) == (act.pk, "effect")
        assert newest.at == datetime(2027, 3, 20, 20, 30, tzinfo=UTC), "midnight in Isfahan"
        assert newest.text.en == "“hc-1404” came into force on 21 March 2027 (1406/01/01)."
        assert len(walk(1)) == len(set(walk(1))) == len(before) + 1


def test_what_was_suspended_before_its_day_never_took_effect(city: NewsCity) -> None:
    with time_machine.travel("2027-01-10T09:00:00Z", tick=False):
        act = city.enact("hc-1404", "promulgate", effective_on=LATER)
    with time_machine.travel("2027-02-10T09:00:00Z", tick=False):
        city.enact("hc-1404", "suspend")
    with time_machine.travel("2027-03-22T09:00:00Z", tick=False):
        assert (act.pk, "effect") not in walk(5)


def test_what_ended_later_did_take_effect(city: NewsCity) -> None:
    """The entry of the day stays, whatever comes after."""
    with time_machine.travel("2027-01-10T09:00:00Z", tick=False):
        act = city.enact("hc-1404", "promulgate", effective_on=LATER)
    with time_machine.travel("2027-04-10T09:00:00Z", tick=False):
        city.enact("hc-1404", "annul", effective_on=LATER)
        assert (act.pk, "effect") in walk(5)


def test_by_theme_and_by_instrument(city: NewsCity) -> None:
    heights = acts_page(theme="height_code", limit=1000).entries
    assert {e.instrument for e in heights if e.instrument_kind == "edition"} == {"hc", "hc-1402", "hc-1404"}
    assert any(e.instrument_kind == "rulebook" for e in heights), "rulebooks whose rows name the theme"
    assert {e.instrument for e in acts_page(instrument="hc", limit=1000).entries} == {"hc"}
    successor = Instrument.objects.get(code="hc-1404")
    replaced = city.enact("hc", "replace", replaced_by=successor)
    newest = acts_page(instrument="hc-1404", limit=1).entries[0]
    assert newest.act == replaced.pk
    assert "“hc” is replaced by “hc-1404”" in newest.text.en
    assert acts_page(theme="nothing").entries == ()


def test_where_it_works_is_said(city: NewsCity) -> None:
    scoped = city.enact("hc", "annul", scope=SQUARES["B"], authority="court")
    entry = act_by_id(scoped.pk)
    assert entry.place.scoped
    assert entry.place.area_m2 == 400.0
    assert entry.place.bbox is not None
    assert entry.place.centre is not None
    west, south, east, north = entry.place.bbox
    assert west < entry.place.centre[0] < east
    assert south < entry.place.centre[1] < north
    assert entry.text.en.endswith("Only in a part of its area. This is a court's order.")
    shape = shape_of(scoped.pk)
    assert shape is not None
    assert shape.srid == 4326
    whole = LegalAct.objects.filter(instrument__code="hc", scope__isnull=True).first()
    assert act_by_id(whole.pk).place.area_m2 == 160_000.0
    book = LegalAct.objects.filter(instrument__kind="rulebook").first()
    assert act_by_id(book.pk).place.bbox is None
    assert shape_of(book.pk) is None


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "2026-01-01_1_recorded",
        "2026-01-01T00:00:00Z_a_recorded",
        "2026-01-01T00:00:00Z_1_x",
        "_",
        "9999-12-31T23:59:59Z_1_recorded",
        "0001-01-01T00:00:00+14:00_1_recorded",
    ],  # no such instant in the city
)
def test_a_cursor_that_is_none_is_refused(db: None, after: str) -> None:
    with pytest.raises(BadInputError):
        acts_page(after=after)


def test_an_unknown_act_is_not_there(db: None) -> None:
    with pytest.raises(NotFoundError):
        act_by_id(1)
    assert shape_of(1) is None


def test_a_page_costs_a_constant_number_of_queries(city: NewsCity, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(12):
        acts_page(limit=2)
    with django_assert_max_num_queries(12):
        acts_page(limit=50)


def test_many_acts_of_one_midnight_are_paged_without_loss(city: NewsCity) -> None:
    """Seven editions promulgated for one later day: seven entries at one instant."""
    with time_machine.travel("2027-01-10T09:00:00Z", tick=False) as moved:
        for number in range(7):
            city.layer("height_code", f"x{number}", {"H2": SQUARES["A"]}, SQUARES["A"])
            city.enact(f"x{number}", "approve")
            moved.shift(timedelta(seconds=1))
            city.enact(f"x{number}", "promulgate", effective_on=LATER)
            moved.shift(timedelta(seconds=1))
    with time_machine.travel("2027-03-22T09:00:00Z", tick=False):
        effects = [act for act, phase in walk(3) if phase == "effect"]
        assert len([a for a in effects if LegalAct.objects.get(pk=a).instrument.code.startswith("x")]) == 7
        assert walk(3) == walk(1000)
