"""My cases, my parcels, and what waits for me on the first page: mine alone, whose turn, and at constant cost."""

import pytest
from django.test import Client

from apps.cadastre.models import Parcel
from apps.cases.services import open_case, take_step
from apps.notices.watching import watch_parcel
from apps.parties.models import Person, Scope
from frontend.my_cases import PER_PAGE
from frontend.my_parcels import my_parcels
from tests.conftest import MakeParcel
from tests.frontend.case_pages import CODE, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def queries(django_assert_max_num_queries):
    return django_assert_max_num_queries


def listed(world: World, who: Person, query: str = "") -> str:
    return " ".join(world.client(who).get(f"/en/requests/{query}").content.decode().split())


def more(world: World, make_parcel: MakeParcel, count: int) -> None:
    for n in range(count):
        parcel = make_parcel(f"3-2-20-{n + 1}", col=n % 10, row=2 + n // 10)
        open_case(parcel=parcel, applicant=world.owner, case_type=CODE, prefix="TT")


def test_the_list_says_what_whose_turn_and_until_when(world: World) -> None:
    html = listed(world, world.owner)
    assert world.case.tracking in html
    assert "Tree pruning" in html
    assert "The applicant" in html
    world.submitted()
    html = listed(world, world.owner)
    assert "Being checked" in html
    assert "Turn: Case officer" in html
    assert "working days left" in html


def test_open_closed_and_all(world: World) -> None:
    take_step(tracking=world.case.tracking, actor=world.owner, verb="cancel")
    assert world.case.tracking not in listed(world, world.owner)
    assert world.case.tracking in listed(world, world.owner, "?show=closed")
    assert world.case.tracking in listed(world, world.owner, "?show=all")
    assert "You have no open case" in listed(world, world.owner, "?show=nonsense")


def test_the_owners_side_finds_it_and_nobody_else(world: World, other_person: Person) -> None:
    world.declare()
    world.mandate(world.agent, Scope.VIEW, Scope.ACT)
    for who in (world.partner, world.agent):
        html = listed(world, who)
        assert world.case.tracking in html
        assert "in the name of Owner Sample" in html
    for who in (world.officer, world.viewer, other_person):
        assert world.case.tracking not in listed(world, who)


def test_the_list_is_paged_and_costs_the_same_however_long(world: World, make_parcel: MakeParcel, queries) -> None:
    client = world.client(world.owner)
    client.get("/en/requests/")
    with queries(16) as few:
        client.get("/en/requests/")
        count = len(few.captured_queries)
    more(world, make_parcel, PER_PAGE + 3)
    with queries(count):
        html = client.get("/en/requests/").content.decode()
    assert html.count("<li><p><b>Tree pruning") == PER_PAGE
    assert client.get("/en/requests/?page=2").content.decode().count("<li><p><b>Tree pruning") == 4


def test_the_first_page_says_what_waits_for_me(world: World, make_parcel: MakeParcel, queries) -> None:
    client = world.client(world.owner)
    html = client.get("/en/").content.decode()
    assert "Waiting for you" in html
    assert world.case.tracking in html
    assert "Waiting for you" not in Client().get("/en/").content.decode()
    with queries(60) as few:
        client.get("/en/")
        count = len(few.captured_queries)
    more(world, make_parcel, 8)
    with queries(count):
        html = client.get("/en/").content.decode()
    assert html.count("Tree pruning") == 5, "the few most urgent ones"
    world.submitted()
    assert world.case.tracking not in client.get("/en/").content.decode()


def test_my_parcels_are_those_of_my_cases_watches_and_mandates(world: World, make_parcel: MakeParcel) -> None:
    watched, mandated = make_parcel("3-2-30-1", col=30), make_parcel("3-2-30-2", col=31)
    make_parcel("3-2-30-3", col=32)
    watch_parcel(person=world.owner, parcel=watched.code)
    other = World(**{**world.__dict__, "owner": world.partner})
    other.case.land_code = mandated.land_code
    other.mandate(world.owner, Scope.VIEW)
    found = {line.code: line for line in my_parcels(world.owner)}
    assert set(found) == {world.case.land.code, watched.code, mandated.code}
    assert found[world.case.land.code].of_case
    assert [tracking for tracking, _name in found[world.case.land.code].open] == [world.case.tracking]
    assert found[watched.code].watched
    assert found[mandated.code].under_mandate
    html = world.client(world.owner).get("/en/my/parcels/").content.decode()
    assert f"/en/parcels/{watched.code}/" in html
    assert "proves no ownership" in html


def test_a_mandate_names_no_case_of_the_owner_that_it_does_not_show(world: World, make_parcel: MakeParcel) -> None:
    """Pay alone opens no case: the land is listed, its case is not."""
    world.mandate(world.agent, Scope.PAY)
    [line] = my_parcels(world.agent)
    assert line.under_mandate
    assert line.open == []


def test_parcels_ask_for_signing_in() -> None:
    assert Client().get("/en/my/parcels/").status_code == 302


def test_a_closed_case_stays_with_its_parcel(world: World) -> None:
    take_step(tracking=world.case.tracking, actor=world.owner, verb="cancel")
    [line] = my_parcels(world.owner)
    assert (line.of_case, line.open) == (True, [])


def test_many_parcels_cost_the_same(world: World, make_parcel: MakeParcel, queries) -> None:
    with queries(10) as few:
        my_parcels(world.owner)
        count = len(few.captured_queries)
    more(world, make_parcel, 6)
    with queries(count):
        assert len(my_parcels(world.owner)) == 7
    assert Parcel.objects.count() == 7
