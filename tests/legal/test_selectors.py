"""Versions, snapshots and their memory, standing at a place, rulebooks in force."""

from datetime import date, timedelta

import pytest
from django.contrib.gis.geos import LineString, Polygon

from apps.common.errors import BadInputError, UnavailableError
from apps.legal.acts import ActKind, Status
from apps.legal.models import InForcePeriod, InstrumentKind, Rank, Rulebook
from apps.legal.reading import _snapshot
from apps.legal.selectors import (
    is_in_force,
    law_snapshot,
    law_version,
    places_of,
    rulebooks_in_force,
    statuses_at,
)
from tests.legal.build import Desk, at, box, edition, spot
from tests.legal.tables import table

pytestmark = pytest.mark.django_db
ON = date(2021, 1, 1)


def test_without_acts_there_is_no_law(db: None) -> None:
    plan = edition("plan")
    assert law_version() == 0
    snapshot = law_snapshot(on=ON)
    assert (snapshot.version, snapshot.instant, snapshot.instruments) == (0, None, ())
    assert snapshot.statuses(plan.pk) == {Status.DRAFT}
    assert not is_in_force(plan, ON)
    assert not is_in_force(plan, ON, place=box(0, 0, 1, 1))
    assert [p.status for p in statuses_at(instrument=plan, place=spot(0, 0), on=ON)] == [Status.DRAFT]
    assert not places_of(snapshot, plan.pk).exists()


def test_version_is_that_of_the_last_act_recorded_by_then(desk: Desk) -> None:
    plan = edition("plan")
    acts = [desk.do("approve", plan, "2020-01-01"), desk.do("promulgate", plan, "2020-01-02")]
    assert law_version() == acts[1].pk
    assert law_version(acts[1].recorded_at) == acts[1].pk
    assert law_version(acts[1].recorded_at - timedelta(microseconds=1)) == acts[0].pk
    assert law_version(acts[0].recorded_at - timedelta(microseconds=1)) == 0


def test_equal_versions_always_mean_equal_law(desk: Desk) -> None:
    """History loaded late: act 2 was recorded before act 1, so both sets {2} and {1, 2} end in act 2."""
    one, two = edition("one"), edition("two")
    first = desk.do("approve", one, "2020-05-01")
    second = desk.do("approve", two, "2020-01-01")
    assert first.pk < second.pk
    seen = {day: law_version(at(day, hour=23)) for day in ("2019-01-01", "2020-01-01", "2020-05-01")}
    assert seen["2019-01-01"] == 0
    assert len(set(seen.values())) == 3
    assert seen["2020-05-01"] == law_version() == second.pk
    early = law_snapshot(on=ON, known_at=at("2020-03-01"))
    assert [law.code for law in early.instruments] == ["two"]


def test_a_snapshot_is_remembered_and_a_new_act_is_seen_at_once(desk: Desk, django_assert_num_queries) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    with django_assert_num_queries(2):
        first = law_snapshot(on=ON)
    with django_assert_num_queries(1):
        assert law_snapshot(on=ON) is first
    stop = desk.do("suspend", plan, "2020-06-01")
    assert law_snapshot(on=ON).statuses(plan.pk) == {Status.SUSPENDED}
    before = stop.recorded_at - timedelta(seconds=1)
    assert law_snapshot(on=ON, known_at=before).statuses(plan.pk) == {Status.IN_FORCE}


def test_the_number_of_queries_does_not_grow_with_the_law(desk: Desk, django_assert_num_queries) -> None:
    for number in range(4):
        plan = edition(f"plan-{number}")
        desk.in_force(plan, "2020-01-01")
        desk.do("suspend", plan, "2020-02-01", scope=box(0, 0, 10, 10))
    _snapshot.cache_clear()
    with django_assert_num_queries(2):
        snapshot = law_snapshot(on=ON)
        assert [law.atoms[0].act.body.en for law in snapshot.instruments] == ["Sample body"] * 4


def test_an_act_that_commits_while_a_snapshot_is_read_does_not_get_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version was asked, then an act arrived, then the periods were read: they are those of the version."""
    from apps.legal import reading

    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    stamp = reading._stamp(None)
    desk.do("annul", plan, "2020-06-01")
    monkeypatch.setattr(reading, "_stamp", lambda _: stamp)
    assert law_snapshot(on=ON).statuses(plan.pk) == {Status.IN_FORCE}


def test_snapshot_tells_the_binding_act(desk: Desk) -> None:
    plan = edition("plan", rank=Rank.LOCAL_PLAN)
    act = desk.in_force(plan, "2020-01-01", effective="2020-02-01")
    law = law_snapshot(on=ON).by_code["plan"]
    assert (law.id, law.kind, law.rank, law.title.en, law.sample) == (plan.pk, "edition", 20, "Sample plan", True)
    assert (law.status, law.scoped) == (Status.IN_FORCE, False)
    assert law.act is not None
    assert (law.act.id, law.act.kind, law.act.number, law.act.document) == (
        act.pk,
        ActKind.PROMULGATE,
        act.number,
        "sample/act.pdf",
    )
    assert (law.act.act_date, law.act.effective_on) == (date(2020, 1, 1), date(2020, 2, 1))
    assert law.precedence == (20, date(2020, 2, 1), act.recorded_at)


def test_precedence_rank_then_effective_day_then_recording(desk: Desk) -> None:
    local, older, newer = edition("local", rank=Rank.LOCAL_PLAN), edition("older"), edition("newer")
    desk.in_force(newer, "2020-01-03")
    desk.in_force(local, "2020-01-01")
    desk.in_force(older, "2020-01-02", effective="2020-01-02")
    assert [law.code for law in law_snapshot(on=ON).in_force()] == ["local", "newer", "older"]
    assert law_snapshot(on=ON).in_force(InstrumentKind.TARIFF) == ()


def test_a_scoped_instrument_keeps_its_atoms_and_an_even_one_does_not(desk: Desk) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    stop = desk.do("suspend", plan, "2020-06-01", scope=box(0, 0, 10, 10))
    law = law_snapshot(on=ON).by_id[plan.pk]
    assert law.scoped
    assert (law.status, law.act) == (None, None)
    assert {(a.scope_key, a.status) for a in law.atoms} == {
        ("", Status.IN_FORCE),
        (str(stop.pk), Status.SUSPENDED),
    }
    held = {row.pk: row for row in places_of(law_snapshot(on=ON), plan.pk)}
    assert {a.period for a in law.atoms} == set(held)
    assert {round(row.scope.area) for row in held.values() if row.scope} == {100}
    before = law_snapshot(on=date(2020, 5, 1)).by_id[plan.pk]
    assert (before.scoped, before.status) == (False, Status.IN_FORCE)


def test_periods_that_stay_true_keep_their_ids(desk: Desk) -> None:
    """An act closes and adds rows; what it does not touch stays, so a reader's ids stay good."""
    plan, heir = edition("plan"), edition("heir")
    desk.in_force(plan, "2020-01-01")
    desk.do("suspend", plan, "2020-06-01", scope=box(0, 0, 10, 10))
    held = {a.period for a in law_snapshot(on=ON).by_id[plan.pk].atoms}
    desk.in_force(heir, "2020-07-01")
    desk.do("replace", plan, "2022-01-01", replaced_by=heir)
    assert held <= set(InForcePeriod.objects.values_list("pk", flat=True))


def test_what_is_remembered_of_the_past_keeps_up_with_how_places_are_cut_today(desk: Desk) -> None:
    """A later scope cuts the atom in two; the past has the same answer, with the rows that are there now."""
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    desk.do("suspend", plan, "2020-06-01", scope=box(0, 0, 10, 10))
    past = at("2020-08-01")
    assert law_snapshot(on=ON, known_at=past).by_id[plan.pk].scoped
    desk.do("suspend", plan, "2020-09-01", scope=box(5, 0, 15, 10))
    snapshot = law_snapshot(on=ON, known_at=past)
    periods = {atom.period for atom in snapshot.by_id[plan.pk].atoms}
    assert periods == set(places_of(snapshot, plan.pk).values_list("pk", flat=True))
    assert is_in_force(plan, ON, known_at=past, place=box(11, 0, 15, 10))
    assert not is_in_force(plan, ON, known_at=past, place=box(6, 0, 9, 10))


def test_a_point_on_the_border_names_both_sides(desk: Desk) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    desk.do("suspend", plan, "2020-06-01", scope=box(0, 0, 10, 10))
    assert {p.status for p in statuses_at(instrument=plan, place=spot(10, 5), on=ON)} == {
        Status.SUSPENDED,
        Status.IN_FORCE,
    }
    assert not is_in_force(plan, ON, place=spot(10, 5))
    assert is_in_force(plan, ON, place=spot(10.5, 5))


@pytest.mark.parametrize(
    "place",
    [
        Polygon.from_bbox((0, 0, 1, 1)),
        LineString((0, 0), (1, 1), srid=box(0, 0, 1, 1).srid),
        Polygon(srid=box(0, 0, 1, 1).srid),
    ],
    ids=["no crs", "line", "empty"],
)
def test_a_place_must_be_a_point_or_area_in_the_citys_crs(desk: Desk, place) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    desk.do("suspend", plan, "2020-06-01", scope=box(0, 0, 10, 10))
    with pytest.raises(BadInputError, match="EPSG"):
        statuses_at(instrument=plan, place=place, on=ON)


def test_rulebooks_in_force_by_source_and_precedence(desk: Desk, tmp_path, django_assert_num_queries) -> None:
    city, local, drafted = (edition(c, kind=InstrumentKind.RULEBOOK) for c in ("r-city", "r-late", "r-draft"))
    for book in (city, local, drafted):
        table(tmp_path, {"when:corner": "yes"}, when=("plot_m2", "corner")).load(book)
    desk.in_force(city, "2020-01-01")
    act = desk.in_force(local, "2020-02-01")
    desk.do("approve", drafted, "2020-02-01")
    snapshot = law_snapshot(on=ON)
    books = rulebooks_in_force(snapshot, "detailed_plan")
    assert [b.instrument for b in books] == ["r-late", "r-city"]
    assert (books[0].code, books[0].source, books[0].act) == ("r-late", "detailed_plan", act.number)
    (row,) = books[0].provisions
    assert (row.row, row.value, row.text.en, dict(row.when)) == (
        "H5",
        "5",
        "Five storeys (sample)",
        {"corner": "yes"},
    )
    assert rulebooks_in_force(snapshot, "heritage_zones") == ()
    with django_assert_num_queries(1):  # which tables stand; their rows are held in memory
        assert rulebooks_in_force(snapshot, "detailed_plan") == books


def test_a_rulebook_in_force_without_its_table_is_an_error_and_not_silence(desk: Desk, tmp_path) -> None:
    book = edition("book", kind=InstrumentKind.RULEBOOK)
    table(tmp_path).load(book)
    desk.in_force(book, "2020-01-01")
    snapshot = law_snapshot(on=ON)
    object.__setattr__(snapshot.instruments[0], "id", book.pk + 1_000_000)
    assert not Rulebook.objects.filter(instrument=book.pk + 1_000_000).exists()
    with pytest.raises(UnavailableError, match="table is missing"):
        rulebooks_in_force(snapshot, "detailed_plan")
