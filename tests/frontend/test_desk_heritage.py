"""The heritage office registers a building at the desk: who may, what is shown first, what is refused."""

import json

import pytest
from django.test import Client

from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment
from heritage_zones.models import Registration
from tests.browser.city import CODES, SmallCity
from tests.extracts.conftest import box
from tests.legal.build import at

NEW = "/en/desk/heritage/new/"


@pytest.fixture
def city(db: None) -> SmallCity:
    return SmallCity()


@pytest.fixture
def registrar(city: SmallCity) -> Client:
    ensure_assignment(
        person=city.clerk, role=Role.RULE_EDITOR, since=at("2020-01-01").date(),
        themes=["heritage_core", "heritage_buffer"],
    )  # fmt: skip
    client = Client()
    client.force_login(city.clerk)
    return client


def drawn(shape=None) -> str:
    place = (shape or box(0, 60, 20, 80)).transform(4326, clone=True)
    feature = {"type": "Feature", "properties": {}, "geometry": json.loads(place.geojson)}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def asked(**changed: str) -> dict[str, str]:
    return {
        "number": "نمونه/۱۲", "name_fa": "خانهٔ نمونه", "name_en": "Sample House", "grade": "national", "scope": drawn(),
        "metres_BUFFER_1": "۳۰", "metres_BUFFER_2": "60", "metres_LINE_ONLY": "0", **changed,
    }  # fmt: skip


def test_whom_it_touches_is_shown_and_nothing_is_written(registrar: Client) -> None:
    response = registrar.post(NEW, {**asked(), "look": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert all(code in page for code in CODES.values())
    assert [place.label.en for place in response.context["foreseen"].places] == [
        "Core", "First-degree buffer", "Second-degree buffer",
    ]  # fmt: skip
    assert response.context["foreseen"].parcels == 5
    assert not Registration.objects.exists()


def test_entering_makes_drafts_and_leads_to_their_first_act(registrar: Client) -> None:
    response = registrar.post(NEW, {**asked(), "enter": "1"})
    made = Registration.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/en/desk/heritage/#{made.core.code}"
    page = registrar.get("/en/desk/heritage/").content.decode()
    assert "Sample House" in page
    assert NEW in page
    assert f"kind=approve&amp;instrument={made.core.code}&amp;instrument={made.buffer.code}" in page


def test_after_approval_the_next_is_promulgation_and_then_none(registrar: Client, city: SmallCity) -> None:
    registrar.post(NEW, {**asked(), "enter": "1"})
    made = Registration.objects.get()
    for instrument in (made.core, made.buffer):
        city.act(instrument.code, "approve", "2026-01-10")
    assert "kind=promulgate" in registrar.get("/en/desk/heritage/").content.decode()
    for instrument in (made.core, made.buffer):
        city.act(instrument.code, "promulgate", "2026-01-11")
    page = registrar.get("/en/desk/heritage/").content.decode()
    assert "kind=" not in page
    assert "In force" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"scope": ""}, "Draw the building"),
        ({"scope": "{"}, "could not be read"),
        ({"metres_BUFFER_1": "far"}, "is no number"),
        ({"metres_BUFFER_1": "70"}, "must reach farther"),
        ({"number": ""}, "registration number"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(registrar: Client, wrong: dict, said: str) -> None:
    response = registrar.post(NEW, {**asked(**wrong), "enter": "1"})
    page = response.content.decode()
    assert response.status_code in (400, 422)
    assert said in page
    assert "Sample House" in page
    assert not Registration.objects.exists()


def test_a_bow_tie_is_refused_with_its_reason(registrar: Client) -> None:
    tie = {"type": "Polygon", "coordinates": [[[51.67, 32.65], [51.671, 32.651], [51.671, 32.65], [51.67, 32.651],
                                               [51.67, 32.65]]]}  # fmt: skip
    response = registrar.post(NEW, {**asked(scope=json.dumps(tie)), "look": "1"})
    assert response.status_code in (400, 422)
    assert "not valid" in response.content.decode()


def test_only_the_heritage_editor_of_that_place_registers(city: SmallCity, person: Person) -> None:
    client = Client()
    assert client.get(NEW).status_code == 302
    client.force_login(person)
    assert client.get(NEW).status_code == 403
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=at("2020-01-01").date(), themes=["height_code"])
    assert client.get(NEW).status_code == 403
    assert NEW not in client.get("/en/desk/heritage/").content.decode()  # no button that only refuses
    ensure_assignment(
        person=person, role=Role.RULE_EDITOR, since=at("2020-01-01").date(), districts=[7],
        themes=["heritage_core", "heritage_buffer"],
    )  # fmt: skip
    assert client.get(NEW).status_code == 200
    response = client.post(NEW, {**asked(), "enter": "1"})
    assert response.status_code == 403
    assert not Registration.objects.exists()


def test_the_form_of_the_next_act_comes_with_its_instruments_chosen(registrar: Client) -> None:
    registrar.post(NEW, {**asked(), "enter": "1"})
    made = Registration.objects.get()
    named = f"instrument={made.core.code}&instrument={made.buffer.code}"
    response = registrar.get(f"/en/desk/acts/new/?kind=approve&{named}")
    assert set(response.context["form"].initial["instruments"]) == {str(made.core.pk), str(made.buffer.pk)}
    assert response.content.decode().count("checked") == 2
