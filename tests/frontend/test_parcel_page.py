"""What the page says of each situation, in both languages."""

from typing import Any

import pytest
from django.test import Client

from tests.frontend.conftest import DOCUMENTS
from tests.frontend.html import Page, figure

Documents = dict[str, Any]


def read(client: Client, name: str, *, language: str = "", query: str = "") -> str:
    code = DOCUMENTS[name]["parcel"]["code"]
    response = client.get(f"{language}/parcels/{code}/{query}")
    assert response.status_code == 200
    return str(response.content, "utf-8")


def test_numbers_come_first_with_unit_and_persian_digits(client: Client, documents: Documents) -> None:
    html = read(client, "clean_h4")
    assert figure(html, "max_storeys") == ("is-value", "۴ طبقه")
    assert figure(html, "max_height") == ("is-value", "۱۵٫۵ متر")
    assert figure(html, "min_parking") == ("is-value", "۱ تا ۳ جای پارک برای هر واحد")
    order = [a["data-subject"] for a in Page(html).attributes("details") if "data-subject" in a]
    assert order[:5] == ["max_storeys", "max_height", "max_coverage", "max_density", "min_parking"]


def test_the_same_in_english(client: Client, documents: Documents) -> None:
    html = read(client, "clean_h4", language="/en")
    assert figure(html, "max_storeys") == ("is-value", "4 storeys")
    assert figure(html, "max_density") == ("is-value", "240 %")
    assert Page(html).attributes("html")[0] | {"class": ""} == {"lang": "en", "dir": "ltr", "class": ""}


def test_a_reason_names_article_act_and_what_lost(client: Client, documents: Documents) -> None:
    page = Page(read(client, "clean_h4", language="/en"))
    won, lost = page.texts("won"), page.texts("lost")
    assert any("article 8-2" in text and "no. 1393/5/117" in text and "22 May 2014" in text for text in won)
    assert any("A stricter value governs" in text and "300%" in text for text in lost)


def test_what_is_not_known_never_looks_like_a_value(client: Client, documents: Documents) -> None:
    html = read(client, "not_known")
    for subject in ("max_storeys", "max_height", "max_density"):
        assert figure(html, subject) == ("is-not_known", "معلوم نیست")
    page = Page(html)
    assert any("شهرداری منطقهٔ ۳" in text for text in page.texts("ask"))
    assert any("سقف است، نه مجوز" in text for text in page.texts("bound"))
    assert page.texts("incomplete")
    assert "عرض گذرمعلوم نیست" in page.texts("chips")[0]


def test_heritage_in_plain_words(client: Client, documents: Documents) -> None:
    states = {name: _heritage(client, name) for name in ("clean_h4", "heritage_capped", "not_known")}
    assert states == {"clean_h4": "is-outside", "heritage_capped": "is-inside", "not_known": "is-not_known"}


def _heritage(client: Client, name: str) -> str:
    page = Page(read(client, name))
    css = next(a["class"] for a in page.attributes("section") if "heritage" in a.get("class", "").split())
    return css.split()[-1]


def test_a_heritage_theme_that_nobody_answered_is_not_known(client: Client, documents: Documents) -> None:
    document = DOCUMENTS["clean_h4"]
    kept = document["themes"]["does_not_apply"]
    document["themes"]["does_not_apply"] = [t for t in kept if t["theme"] != "starred_plot"]
    try:
        assert _heritage(client, "clean_h4") == "is-not_known"
    finally:
        document["themes"]["does_not_apply"] = kept


def test_pending_law_is_marked_as_no_law(client: Client, documents: Documents) -> None:
    html = read(client, "pending_and_suspended")
    page = Page(html)
    assert len(page.texts("pending")) == 2
    assert page.texts("stamp") == ["مصوب، ابلاغ‌نشده", "متوقف‌شده"]
    assert page.texts("not-law") == ["قانون نیست", "قانون نیست"]
    assert figure(html, "max_storeys") == ("is-value", "۳ طبقه")


def test_every_theme_is_listed_with_shares_and_slivers_apart(client: Client, documents: Documents) -> None:
    page = Page(read(client, "clean_h4", language="/en"))
    listed = page.texts("themes")
    assert sum("Heritage core" in text for text in listed) == 1
    assert page.texts("slivers") == ["Slivers, too small to count: Height code 5 0.42 m² (0.17%)"]
    assert any("240 m² · 100%" in text for text in page.texts("share"))


def test_the_answer_carries_its_digest_and_a_permanent_link(client: Client, documents: Documents) -> None:
    html = read(client, "clean_h4", query="?on=1405/09/01&kind=REPAIR")
    assert DOCUMENTS["clean_h4"]["digest"] in html
    links = [a["href"] for a in Page(html).attributes("a") if "data-permanent" in a]
    known = DOCUMENTS["clean_h4"]["known_at"].replace(":", "%3A")
    assert links == [f"/parcels/3-2-14-5-0-0-0/?on=2026-11-22&kind=REPAIR&known_at={known}"]


def test_the_panel_is_the_same_answer_without_the_page(client: Client, documents: Documents) -> None:
    code = DOCUMENTS["heritage_capped"]["parcel"]["code"]
    html = str(client.get(f"/parcels/{code}/panel/").content, "utf-8")
    assert "<html" not in html
    assert figure(html, "max_height") == ("is-value", "۵ متر")


def test_an_unknown_code_gives_suggestions(client: Client, documents: Documents) -> None:
    response = client.get("/parcels/9-9-9-9-0-0-0/")
    assert response.status_code == 404
    assert "/parcels/3-1-2-9-0-0-0/" in str(response.content, "utf-8")
    home = client.get("/?parcel=9-9-9-9-0-0-0")
    assert home.status_code == 200
    assert Page(str(home.content, "utf-8")).texts("missing")


@pytest.mark.parametrize(
    ("query", "says"), [("?on=yesterday", "1404/09/01"), ("?kind=CASTLE", "NEW, DEMOLISH_REBUILD")]
)
def test_a_bad_question_says_what_is_accepted(client: Client, documents: Documents, query: str, says: str) -> None:
    response = client.get(f"/en/parcels/3-2-14-5-0-0-0/{query}")
    assert response.status_code == 400
    assert says in str(response.content, "utf-8")


def test_the_english_page_holds_persian_only_where_it_says_so(client: Client, documents: Documents) -> None:
    """Names of places are Persian data; everything else must be English."""
    for name in DOCUMENTS:
        page = Page(read(client, name, language="/en"))
        for tag, attrs, text in page.elements:
            own = "".join(text)
            if attrs.get("lang") == "fa" or tag in (
                "html",
                "body",
                "main",
                "article",
                "header",
                "head",
                "nav",
                "div",
                "p",
            ):
                continue
            if attrs.get("class") == "code" or "code" in attrs.get("class", ""):
                continue
            persian = [c for c in own if "\u0600" <= c <= "\u06ff"]
            assert not persian or _inside_persian(page, own), f"{name}: <{tag} {attrs}> {own[:80]}"


def _inside_persian(page: Page, own: str) -> bool:
    """Whether the Persian letters of `own` all come from elements that say lang=fa or are codes (act numbers)."""
    rest = own
    for _tag, attrs, text in page.elements:
        if attrs.get("lang") == "fa" or attrs.get("class", "") == "code":
            rest = rest.replace("".join(text), "")
    return not [c for c in rest if "\u0600" <= c <= "\u06ff"]
