"""Which watches an act touches; each is told once, whatever dies in between.

A has 4 storeys and an approved revision hc-1404 with five; B three and a suspended revision hc-1402 (see city.py).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from apps.common.errors import UnavailableError
from apps.legal.models import LegalAct
from apps.notices import deciding, rounds
from apps.notices.models import Notice, Round, Watch
from apps.notices.rounds import open_effect_rounds, run_rounds
from apps.notices.watching import end_watch, watch_area, watch_district, watch_parcel, watch_theme
from apps.parties.models import Person
from tests.browser.city import CODES, SQUARES
from tests.notices.conftest import NewsCity, deliver, texts

A, B, C, D = (CODES[name] for name in "ABCD")


def geojson(name: str) -> str:
    return str(SQUARES[name].transform(4326, clone=True).json)


def test_only_the_parcel_whose_answer_changes_is_told(city: NewsCity, person: Person, other_person: Person) -> None:
    watch_parcel(person=person, parcel=A)
    watch_parcel(person=other_person, parcel=B)
    city.enact("hc-1404", "promulgate")
    assert deliver() == 1
    (text,) = texts(person)
    assert text.startswith(f"Parcel {A}: Storeys over pilotis, at most: before 4 storeys, from this day 5 storeys;")
    assert "“hc-1404” was promulgated; it is in force from" in text
    assert texts(other_person) == []
    notice = person.notices.get()
    assert notice.link == f"/parcels/{A}/history/"
    assert "۴ طبقه" in notice.text_fa


def test_delivered_again_nothing_is_doubled(city: NewsCity, person: Person) -> None:
    watch_parcel(person=person, parcel=A)
    act = city.enact("hc-1404", "promulgate")
    assert deliver() == 1
    assert deliver() == 0
    Round.objects.filter(act=act).update(done_at=None, cursor=0)
    run_rounds()
    assert Notice.objects.count() == 1


def test_an_act_that_changes_nothing_a_person_would_see_is_no_news_of_the_parcel(
    city: NewsCity, person: Person
) -> None:
    """An approval binds nobody; a second edition that says the same changes nothing."""
    watch_parcel(person=person, parcel=A)
    city.layer("height_code", "same", {"H4": SQUARES["A"]}, SQUARES["A"])
    city.enact("same", "approve")
    city.enact("same", "promulgate")
    assert deliver() == 0


def test_the_end_of_a_rulebook_reaches_every_watched_parcel(city: NewsCity, person: Person) -> None:
    from apps.legal.models import Instrument

    for code in (A, B):
        watch_parcel(person=person, parcel=code)
    book = Instrument.objects.filter(kind="rulebook", rulebook__source="detailed_plan").first()
    city.enact(book.code, "suspend")
    assert deliver() == 2
    assert all("not known" in text for text in texts(person))


def test_an_act_beside_the_parcel_is_no_news(city: NewsCity, person: Person) -> None:
    watch_parcel(person=person, parcel=A)
    watch_parcel(person=person, parcel=C)
    city.enact("hc", "annul", scope=SQUARES["C"], effective_on=city.enact("hc-1404", "suspend").effective_on)
    deliver()
    assert [t for t in texts(person) if f"Parcel {A}:" in t and "annulled" in t] == []
    assert [t for t in texts(person) if f"Parcel {C}:" in t and "annulled" in t]


def test_an_area_hears_of_zones_within_it_and_within_the_scope(city: NewsCity, person: Person) -> None:
    """D's square holds the buffer, A's none of it; the squares of A and B share a border and nothing more."""
    watch_area(person=person, shape=geojson("D"), name="at D")
    watch_area(person=person, shape=geojson("A"), name="at A")
    act = city.enact("hb", "suspend")
    assert deliver() == 1
    notice = person.notices.get()
    assert notice.watch.name == "at D"
    assert notice.link == f"/acts/{act.pk}/"
    city.enact("hb", "lift", lifts=act)
    assert deliver() == 1
    city.enact("hc-1402", "lift", lifts=LegalAct.objects.get(instrument__code="hc-1402", kind="suspend"))
    assert deliver() == 0, "the revision of B's square meets A's only in their border"
    city.enact("hc", "suspend", scope=SQUARES["B"])
    assert deliver() == 0, "the height code lies everywhere, but the order only on B"


def test_a_district_and_a_theme(city: NewsCity, person: Person, other_person: Person) -> None:
    watch_district(person=person, number=3)
    watch_theme(person=other_person, theme="heritage_buffer")
    city.enact("hb", "suspend")
    city.enact("hc-1404", "promulgate")
    deliver()
    assert len(texts(person)) == 2
    (heard,) = texts(other_person)
    assert heard.startswith("“hb” is suspended from")


def test_a_rulebook_is_news_of_every_area_and_of_the_themes_it_names(city: NewsCity, person: Person) -> None:
    from apps.legal.models import Instrument

    watch_area(person=person, shape=geojson("A"))
    watch_theme(person=person, theme="height_code")
    watch_theme(person=person, theme="heritage_buffer")
    books = Instrument.objects.filter(
        kind="rulebook", rulebook__source="detailed_plan", rulebook__rows__theme="height_code"
    )
    city.enact(books.first().code, "suspend")
    deliver()
    assert {n.watch.kind + n.watch.theme for n in person.notices.all()} == {"area", "themeheight_code"}


def test_who_stopped_watching_or_came_later_hears_nothing(city: NewsCity, person: Person, other_person: Person) -> None:
    ended = watch_parcel(person=person, parcel=A)
    end_watch(person=person, watch=ended.pk)
    city.enact("hc-1404", "promulgate")
    watch_parcel(person=other_person, parcel=A)
    assert deliver() == 0


def test_a_person_who_is_switched_off_hears_nothing(city: NewsCity, person: Person) -> None:
    watch_parcel(person=person, parcel=A)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    city.enact("hc-1404", "promulgate")
    assert deliver() == 0


def test_what_takes_effect_later_is_told_twice_and_only_then(city: NewsCity, person: Person) -> None:
    """When it is recorded, from the day it will work; and on that day at the city's midnight."""
    with time_machine.travel("2027-01-10T09:00:00Z", tick=False):
        watch_parcel(person=person, parcel=A)
        city.enact("hc-1404", "promulgate", effective_on=datetime(2027, 3, 21, tzinfo=UTC).date())
        assert deliver() == 1
        assert open_effect_rounds() == 0
    with time_machine.travel("2027-03-20T20:29:00Z", tick=False):  # 23:59 in Isfahan
        assert open_effect_rounds() == 0
    with time_machine.travel("2027-03-20T20:31:00Z", tick=False):  # 00:01
        assert open_effect_rounds() == 1
        assert open_effect_rounds() == 0
        assert run_rounds() == 1
        assert run_rounds() == 0
    first, second = texts(person)
    assert "it is in force from 21 March 2027" in first
    assert "came into force on 21 March 2027" in second


def test_what_was_suspended_before_its_day_takes_no_effect(city: NewsCity, person: Person) -> None:
    with time_machine.travel("2027-01-10T09:00:00Z", tick=False):
        watch_parcel(person=person, parcel=A)
        city.enact("hc-1404", "promulgate", effective_on=datetime(2027, 3, 21, tzinfo=UTC).date())
    with time_machine.travel("2027-02-10T09:00:00Z", tick=False):
        city.enact("hc-1404", "suspend")
    with time_machine.travel("2027-03-21T09:00:00Z", tick=False):
        assert open_effect_rounds() == 0


def test_killed_in_the_middle_it_goes_on_where_it_stood(
    city: NewsCity, person: Person, other_person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches of one: the third raises. The first two stay, the next call tells the rest; nobody hears twice."""
    monkeypatch.setattr(rounds, "BATCH", 1)
    people = [person, other_person, city.clerk, city.head]
    for one in people:
        watch_theme(person=one, theme="height_code")
    city.enact("hc-1404", "promulgate")
    real, seen = rounds.decide, []

    def dying(**facts: Any) -> Any:
        seen.append(facts)
        if len(seen) == 3:
            raise RuntimeError("killed")
        return real(**facts)

    monkeypatch.setattr(rounds, "decide", dying)
    assert deliver() == 2
    assert Round.objects.filter(done_at__isnull=True).count() == 1
    assert deliver() == 2
    assert sorted(Notice.objects.values_list("person", flat=True)) == sorted(p.pk for p in people)


def test_killed_between_notices_and_the_cursor_nothing_stands(
    city: NewsCity, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch_theme(person=person, theme="height_code")
    city.enact("hc-1404", "promulgate")
    write = rounds._write

    def dying(*args: Any) -> int:
        write(*args)
        raise RuntimeError("killed")

    monkeypatch.setattr(rounds, "_write", dying)
    assert deliver() == 0
    assert Notice.objects.count() == 0
    monkeypatch.undo()
    assert deliver() == 1


def test_a_round_that_fails_holds_up_no_other(city: NewsCity, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    watch_theme(person=person, theme="height_code")
    bad = city.enact("hc-1404", "promulgate")
    city.enact("hc", "suspend")
    real = rounds.decide

    def failing(**facts: Any) -> Any:
        if facts["act"].pk == bad.pk:
            raise RuntimeError("broken")
        return real(**facts)

    monkeypatch.setattr(rounds, "decide", failing)
    assert deliver() == 1


def test_an_answer_that_cannot_be_worked_out_is_said_and_not_swallowed(
    city: NewsCity, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(**_: Any) -> None:
        raise UnavailableError(fa="نشد", en="no")

    watch_parcel(person=person, parcel=A)
    city.enact("hc-1404", "promulgate")
    monkeypatch.setattr(deciding, "answer_on", failing)
    assert deliver() == 1
    assert "may change the rules of the parcel" in texts(person)[0]


def test_a_batch_costs_a_constant_number_of_queries(
    city: NewsCity, person: Person, django_assert_max_num_queries: Any
) -> None:
    """Watches of other things than parcels: none of them is asked by itself but the areas near the act."""
    now = datetime(2020, 1, 1, tzinfo=UTC)
    people = [Person.objects.create_user(mobile=f"+98913{n:07d}") for n in range(60)]
    Watch.objects.bulk_create(Watch(person=p, kind="theme", theme="density", created_at=now) for p in people)
    Watch.objects.bulk_create(Watch(person=p, kind="parcel", parcel=C, created_at=now) for p in people)
    city.enact("hc-1404", "promulgate")
    from apps.common.durable import deliver_pending

    deliver_pending()
    with django_assert_max_num_queries(30):
        assert run_rounds() == 0


def test_a_retroactive_act_is_told_of_the_day_it_came(city: NewsCity, person: Person) -> None:
    """The suspension of 1402's revision is lifted from the day it began: told, though its effective day is long ago."""
    watch_parcel(person=person, parcel=B)
    suspension = LegalAct.objects.get(instrument__code="hc-1402", kind="suspend")
    city.enact("hc-1402", "lift", lifts=suspension, effective_on=suspension.effective_on + timedelta(days=1))
    assert deliver() == 1
    assert "before 3 storeys, from this day 5 storeys" in texts(person)[0]
