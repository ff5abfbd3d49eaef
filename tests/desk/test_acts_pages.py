"""What the pages show: what waits, what would change, the history and its filters, in both languages."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from apps.common import clock
from apps.legal.models import ActDraft, LegalAct
from apps.parties.models import Role
from tests.desk.acts_build import Desk, city_of, client_of, officer, pk_of, rulebook
from tests.desk.test_acts_walk import lonlat, publish
from tests.extracts.conftest import Grid, box
from tests.frontend.html import Page


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(db: None) -> Desk:
    city_of(Grid())
    return Desk()


def shown(client: Client, draft: ActDraft, css: str, language: str = "/en") -> list[str]:
    return Page(client.get(f"{language}/desk/acts/{draft.pk}/").content.decode()).texts(css)


def test_the_desk_says_how_many_acts_wait_and_for_whom(desk: Desk) -> None:
    desk.write("suspend", "hc")
    desk.write("approve", "hc-new", act_date="2024-04-01")
    density = client_of(officer(Role.RULE_APPROVER, themes=["density"]))
    waits = {
        name: Page(client.get("/en/desk/").content.decode()).texts("acts-waiting")[0]
        for name, client in {"approver": desk.signing, "editor": desk.writing, "other theme": density}.items()
    }
    assert "Waits for my signature: 2" in waits["approver"]
    assert "No act waits" in waits["editor"]
    assert "No act waits" in waits["other theme"]


def test_the_list_has_what_waits_what_is_mine_and_what_was_recorded(desk: Desk) -> None:
    desk.enact("suspend", "hc", number="REC-1")
    desk.write("annul", "hc", number="DRAFT-1")
    page = desk.signing.get("/en/desk/acts/").content.decode()
    waiting, rest = page.split('id="mine"')
    assert "DRAFT-1" in waiting
    assert "DRAFT-1" not in rest
    assert "REC-1" in rest
    mine = desk.writing.get("/en/desk/acts/").content.decode()
    assert "DRAFT-1" in mine.split('id="mine"')[1]


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("", {"S", "A"}), ("kind=suspend", {"S"}), ("kind=approve", {"A"}), ("instrument=hc", {"S"}),
        ("instrument=zz", set()),
        ("authority=court", {"S"}), ("since=2024-05-01", {"S"}), ("until=1403/01/31", {"A"}), ("page=999", {"S", "A"}),
        ("page=x", {"S", "A"}), ("kind=%27", set()),
    ],
)  # fmt: skip
def test_history_is_filtered(desk: Desk, query: str, there: set[str]) -> None:
    desk.enact("suspend", "hc", number="NUM-S", authority="court")
    desk.enact("approve", "hc-new", number="NUM-A", act_date="2024-04-01")
    page = desk.signing.get(f"/en/desk/acts/?{query}").content.decode()
    assert {letter for letter in "SA" if f"NUM-{letter}" in page} == there


def test_a_day_that_cannot_be_read_is_told(desk: Desk) -> None:
    response = desk.signing.get("/en/desk/acts/?since=soon")
    assert response.status_code == 400
    assert "cannot be read" in response.content.decode()


def test_a_suspension_shows_what_governs_instead(desk: Desk) -> None:
    publish(desk)
    desk.enact("replace", old_0=pk_of("hc"), new_0=pk_of("hc-new"), instruments=None)
    draft = desk.write("suspend", "hc-new", act_date="2024-05-20", effective_on="2024-05-20")
    lines = " | ".join(shown(desk.signing, draft, "shifts"))
    assert "Suspended from 20 May 2024 (1403/02/31) on" in lines
    assert "governs again from 20 May 2024" in lines
    order = shown(desk.signing, draft, "order")
    assert order == ["Hc-new".lower(), "hc"]


def test_a_place_shows_its_area_and_the_rest(desk: Desk) -> None:
    draft = desk.write("suspend", "hc", scope=lonlat(box(0, 0, 100, 100)))
    text = " ".join(shown(desk.signing, draft, "act-place"))
    assert "In these places" in text
    assert "10,000" in text or "9,999" in text
    assert "In the rest · 99" in text
    assert "hc (in a part only)" in shown(desk.signing, draft, "order")[1]


def test_a_future_promulgation_shows_its_day_and_the_rulebooks_that_bind(desk: Desk) -> None:
    book = rulebook("book", themes=["height_code"])
    desk.enact("approve", book.code, act_date="2024-04-01")
    day = (clock.today() + timedelta(days=10)).isoformat()
    draft = desk.write("promulgate", book.code, act_date=clock.today().isoformat(), effective_on=day)
    titles = Page(desk.signing.get(f"/en/desk/acts/{draft.pk}/").content.decode()).texts("act-change")
    assert any(t.startswith("Rulebooks that bind") and "nothing in force" in t for t in titles)


def test_backwards_and_without_effect_is_said(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    assert any("works backwards" in text for text in shown(desk.signing, draft, "warning"))
    desk.sign(draft)
    again = desk.write("suspend", "hc", number="again")
    assert any("change nothing" in text for text in shown(desk.signing, again, "warning"))


def test_in_persian_with_persian_days_and_digits(desk: Desk) -> None:
    draft = desk.write("suspend", "hc", effective_on="1403/02/15")
    text = " ".join(shown(desk.signing, draft, "shifts", language=""))
    assert "۱۵ اردیبهشت ۱۴۰۳" in text
    assert "متوقف" in text


def test_an_act_shows_its_two_hands_and_its_text(desk: Desk) -> None:
    (act,) = desk.enact("suspend", "hc", reason_en="By order", **{"clause-0-choices": ["continue"]})
    page = desk.signing.get(f"/en/desk/acts/recorded/{act.pk}/").content.decode()
    for part in (act.recorded_by.name_en, act.countersigned_by.name_en, "By order", act.document, "never changed"):
        assert part in page


def test_where_it_stands_leads_to_the_act_that_comes_next(desk: Desk) -> None:
    def offered(client: Client) -> list[str]:
        page = client.get("/en/desk/layers/").content.decode()
        return re.findall(r"kind=(\w+)&amp;instrument=hc-new", page)

    assert offered(desk.writing) == ["approve"]
    assert offered(desk.signing) == []  # who signs does not draft
    desk.enact("approve", "hc-new", act_date="2024-04-01")
    assert offered(desk.writing) == ["promulgate"]
    recorded = LegalAct.objects.get(instrument__code="hc-new")
    page = desk.writing.get(f"/en/desk/acts/recorded/{recorded.pk}/").content.decode()
    assert "kind=promulgate&amp;instrument=hc-new" in page
    desk.enact("promulgate", "hc-new", act_date="2024-05-01", effective_on="2024-06-01")
    assert offered(desk.writing) == []


def test_the_page_one_is_on_is_marked(desk: Desk) -> None:
    for path, name in {"": "Planners’ desk", "acts/": "Acts", "acts/new/": "Acts", "layers/": "Layers"}.items():
        page = desk.writing.get(f"/en/desk/{path}").content.decode()
        assert re.findall(r'aria-current="page">([^<]+)<', page) == [name]
