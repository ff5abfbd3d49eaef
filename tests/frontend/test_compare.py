"""The pages that compare: who sees what, the tables as text, and that drafts stay at the desk."""

import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from apps.map_services.difference_work import compute
from apps.map_services.differences import difference, request_difference
from apps.map_services.models import DifferenceView, Tile, TileView
from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment
from gis_layers.models import Edition, IntakeState
from tests.legal.build import Desk
from tests.legal.build import person as officer
from tests.map_services.build import enact, plan, shapes_of, strip, tile_address
from tests.map_services.test_difference import recode
from tests.overlay.grid import edition, theme

pytestmark = pytest.mark.django_db
ROLES = (Role.RULE_EDITOR, Role.RULE_APPROVER, Role.AUDITOR)


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(officer("+989350000001"), officer("+989350000002"))


@pytest.fixture
def draft(desk: Desk) -> Edition:
    """A 0..1000 is law since 2014; the draft says B on 0..300 and is silent on 300..400."""
    enact(desk, recode(plan("a", 0, 1000), "A"), "2014-01-01")
    return recode(edition(strip(0, 300), coverage=strip(0, 400), code="draft-b"), "B")


@pytest.fixture
def editor(person: Person) -> Client:
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=date(2020, 1, 1), themes=["height_code"])
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def citizen(other_person: Person) -> Client:
    client = Client()
    client.force_login(other_person)
    return client


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def data_of(html: str) -> dict:
    return json.loads(re.search(r'<script id="compare-data"[^>]*>(.*?)</script>', html, re.DOTALL)[1])


def at(template: str, x: float = 150) -> str:
    z, tx, ty = tile_address(x, 50)
    return template.format(z=z, x=tx, y=ty)


def computed(editor: Client, draft: Edition) -> str:
    """The desk's page of the draft, its difference computed."""
    page(editor, f"/en/desk/compare/?edition={draft.pk}")
    compute(DifferenceView.objects.get().key)
    return page(editor, f"/en/desk/compare/?edition={draft.pk}")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_desk_reads_what_the_draft_would_change(editor: Client, draft: Edition) -> None:
    waiting = page(editor, f"/en/desk/compare/?edition={draft.pk}")
    assert "being computed" in waiting
    said = words(computed(editor, draft))
    assert "Draft: only the desk sees it" in said
    assert re.search(r"changed A B 1 30,000 m²", said)
    assert re.search(r"dropped A nothing \(not known\) 1 10,000 m²", said)
    assert "40,000 m² in all" in said
    assert re.search(r"1 January 2014 .* came into force", said)


def test_an_edition_may_be_named_by_its_code(editor: Client, draft: Edition) -> None:
    assert "Draft: only" in page(editor, "/en/desk/compare/?edition=draft-b")
    assert page(editor, "/en/desk/compare/?edition=no-such", 400)
    assert page(editor, "/en/desk/compare/?edition=0", 404)


def test_without_an_edition_the_list_of_my_themes(editor: Client, draft: Edition) -> None:
    edition(strip(0, 10), coverage=strip(0, 10), code="not-mine", of=theme("density"))
    html = page(editor, "/en/desk/compare/")
    assert f"?edition={draft.pk}" in html
    assert "not-mine" not in html


def test_the_day_may_be_chosen(editor: Client, draft: Edition) -> None:
    html = page(editor, f"/desk/compare/?edition={draft.pk}&on=1390/01/01")
    assert data_of(html)["left"] == {"on": "2011-03-21"}
    assert page(editor, f"/desk/compare/?edition={draft.pk}&on=soon", 400)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_of_the_theme_may_look(draft: Edition, other_person: Person, role: Role) -> None:
    ensure_assignment(person=other_person, role=role, since=date(2020, 1, 1), themes=["height_code"])
    client = Client()
    client.force_login(other_person)
    page(client, f"/desk/compare/?edition={draft.pk}")


def test_a_role_for_another_theme_sees_nothing(draft: Edition, editor: Client, other_person: Person) -> None:
    data = data_of(computed(editor, draft))
    ensure_assignment(person=other_person, role=Role.RULE_EDITOR, since=date(2020, 1, 1), themes=["density"])
    client = Client()
    client.force_login(other_person)
    for url in (f"/desk/compare/?edition={draft.pk}", data["difference"]["state"]):
        assert client.get(url).status_code == 404
    for template in (data["right"]["tiles"], data["difference"]["tiles"]):
        assert client.get(at(template)).status_code == 404


def test_a_draft_is_nobodys_but_the_desks(draft: Edition, editor: Client, citizen: Client) -> None:
    """Not its page, not its tiles, not its difference, under no address that could be guessed."""
    data = data_of(computed(editor, draft))
    key = DifferenceView.objects.get().key
    public = reverse("compare_tile", args=[key, 0, 0, 0]).removesuffix("0/0/0.mvt") + "{z}/{x}/{y}.mvt"
    tiles = [at(t) for t in (data["right"]["tiles"], data["difference"]["tiles"], public)]
    guesses = [at(f"/tiles/{layer}/{k}/{{z}}/{{x}}/{{y}}.mvt") for layer in ("height_code", "difference", "edition")
               for k in (key, str(draft.pk))]  # fmt: skip
    assert [editor.get(url).status_code for url in tiles] == [200, 200, 404]
    for stranger in (citizen, Client()):
        assert stranger.get(f"/desk/compare/?edition={draft.pk}").status_code in {302, 403}
        assert stranger.get(data["difference"]["state"]).status_code == 404
        assert {stranger.get(url).status_code for url in tiles} <= {302, 403, 404}
        assert {stranger.get(url).status_code for url in guesses} == {404}
    assert not Tile.objects.exists()
    assert not TileView.objects.filter(plates__edition=draft).exists()


def test_desk_tiles_show_the_draft_and_are_kept_by_nobody_else(draft: Edition, editor: Client) -> None:
    data = data_of(computed(editor, draft))
    response = editor.get(at(data["right"]["tiles"]), headers={"accept-encoding": "gzip"})
    assert response["Cache-Control"].startswith("private")
    assert "Cookie" in response["Vary"]
    assert sorted(shape.tags.get("code", "coverage") for shape in shapes_of(response)) == ["B", "coverage"]
    pieces = shapes_of(editor.get(at(data["difference"]["tiles"])))
    assert {(p.tags["kind"], p.tags["old"], p.tags.get("new")) for p in pieces} == {
        ("changed", "A", "B"), ("lost", "A", None)
    }  # fmt: skip


def test_tiles_before_the_difference_is_done_are_not_kept(draft: Edition, editor: Client) -> None:
    data = data_of(page(editor, f"/desk/compare/?edition={draft.pk}"))
    response = editor.get(at(data["difference"]["tiles"]))
    assert (response.content, response["Cache-Control"]) == (b"", "no-store")


def test_bad_addresses_of_tiles(draft: Edition, editor: Client) -> None:
    data = data_of(computed(editor, draft))
    for template in (data["right"]["tiles"], data["difference"]["tiles"]):
        assert editor.get(template.format(z=14, x=2**14, y=0)).status_code == 400
    Edition.objects.filter(pk=draft.pk).update(state=IntakeState.STAGING)
    assert editor.get(at(data["right"]["tiles"])).status_code == 404
    assert editor.get(f"/desk/tiles/editions/{draft.pk + 99}/0/0/0.mvt").status_code == 404


def test_what_was_stopped_goes_on_when_asked(draft: Edition, editor: Client) -> None:
    key = request_difference(edition_id=draft.pk, on=date(2020, 1, 1))
    back = {"edition": str(draft.pk), "on": "2020-01-01"}
    response = editor.post(f"/en/desk/compare/{key}/cancel/", back)
    assert response["Location"] == f"/en/desk/compare/?edition={draft.pk}&on=2020-01-01"
    assert "Go on computing" in page(editor, response["Location"])
    editor.post(f"/en/desk/compare/{key}/resume/", back)
    assert "Stop computing" in page(editor, response["Location"])
    assert difference(key).state == "waiting"
    assert editor.get(f"/desk/compare/{key}/cancel/").status_code == 405


def test_strangers_cannot_stop_it(draft: Edition, citizen: Client) -> None:
    key = request_difference(edition_id=draft.pk, on=date(2020, 1, 1))
    assert citizen.post(f"/desk/compare/{key}/cancel/").status_code == 403
    assert difference(key).state == "waiting"


def test_the_state_tells_how_far_it_is(draft: Edition, editor: Client) -> None:
    data = data_of(page(editor, f"/desk/compare/?edition={draft.pk}"))
    assert editor.get(data["difference"]["state"]).json() == {"state": "waiting", "percent": 0, "done": False}
    compute(DifferenceView.objects.get().key)
    assert editor.get(data["difference"]["state"]).json() == {"state": "done", "percent": 100, "done": True}


def test_everybody_compares_the_law_of_two_days(desk: Desk, draft: Edition) -> None:
    enact(desk, draft, "2020-01-01")
    url = "/en/compare/?theme=height_code&from=2015-01-01&to=2021-01-01"
    page(Client(), url)
    compute(DifferenceView.objects.get().key)
    html = page(Client(), url)
    data = data_of(html)
    assert re.search(r"changed A B 1 30,000 m²", words(html))
    assert (data["left"], data["right"]) == ({"on": "2015-01-01"}, {"on": "2021-01-01", "tiles": None})
    response = Client().get(at(data["difference"]["tiles"]))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert {p.tags["kind"] for p in shapes_of(response)} == {"changed", "lost"}
    assert Client().get(data["difference"]["state"]).json()["done"]


def test_without_days_what_changed_last(desk: Desk, draft: Edition) -> None:
    enact(desk, draft, "2020-01-01")
    data = data_of(page(Client(), "/compare/?theme=height_code"))
    assert data["left"]["on"] == "2014-01-01"
    assert [day["day"] for day in data["days"]] == ["2014-01-01", "2020-01-01"]
    assert [day["now"] for day in data["days"]] == [True, False]


def test_a_draft_is_not_in_the_public_page(draft: Edition) -> None:
    html = page(Client(), "/en/compare/?theme=height_code&from=2015-01-01")
    assert "draft-b" not in html
    assert DifferenceView.objects.get().editions != [draft.pk]


def test_the_public_page_without_a_theme_asks_for_one(draft: Edition) -> None:
    html = page(Client(), "/compare/")
    assert 'value="height_code"' in html
    assert "compare-data" not in html
    assert page(Client(), "/compare/?theme=none", 404)
    assert page(Client(), "/compare/?theme=height_code&from=soon", 400)


def test_the_layers_as_text_lead_to_the_comparison(desk: Desk, draft: Edition) -> None:
    assert "/en/compare/?theme=height_code" in page(Client(), "/en/layers/")


def test_equal_days_say_that_nothing_differs(draft: Edition) -> None:
    url = "/en/compare/?theme=height_code&from=2015-01-01&to=2015-01-01"
    page(Client(), url)
    compute(DifferenceView.objects.get().key)
    assert "Nothing differs" in page(Client(), url)


def test_slivers_are_said_apart(desk: Desk, editor: Client) -> None:
    enact(desk, recode(plan("a", 0, 500, 1000), "A", "B"), "2014-01-01")
    new = recode(plan("b", 0, 500.005, 1000), "A", "B")
    said = words(computed(editor, new))
    assert "1 slivers of 0.5 m² together" in said
    assert "Nothing differs" in said


def test_the_light_page_has_tables_and_no_map(draft: Edition, editor: Client) -> None:
    html = page(editor, f"/en/desk/compare/?edition={draft.pk}&light=1")
    assert "leaflet.js" not in html
    assert "the map is not loaded" in html
    assert "Days on which this layer changed" in html


def test_a_theme_without_acts_has_no_days(editor: Client) -> None:
    made = plan("alone", 0, 10)
    assert "No edition of this layer has an act yet" in page(editor, f"/en/desk/compare/?edition={made.pk}")


def test_comparisons_by_strangers_are_counted(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Any pair of days may have to be computed: one address asks for so many and no more."""
    asked: list[str] = []
    monkeypatch.setattr("frontend.views.compare.spend", lambda _r, **asks: asked.append(asks["limit"].name))
    client.get("/en/compare/")
    assert asked == []
    theme("counted")
    client.get("/en/compare/?theme=counted")
    assert asked == ["compare-address"]


def test_a_number_of_thousands_of_digits_is_no_edition_and_no_failure(signed_in: Client) -> None:
    response = signed_in.get("/en/desk/compare/?edition=" + "9" * 5000)
    assert response.status_code in (403, 404)
