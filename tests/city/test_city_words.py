"""What a city package says of itself in words: units of its own, names of codes, heritage that nobody asks for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string

from apps.common.city import current_city
from apps.common.city_law import city_law
from apps.common.error_pages import _plain_page
from apps.common.text import Text
from apps.legal.subjects import vocabulary
from frontend import parcel_page

CLEAR: Mapping[str, list[Any]] = {"applies": [], "does_not_apply": [], "not_known": []}


def test_a_subject_may_have_a_unit_in_the_citys_words() -> None:
    law = city_law({"subjects": {"max_storeys": {"unit": "stories", "label": "Stories"}, "max_height": {}}})
    words = vocabulary(law)
    assert [(s.code, s.unit) for s in words.values()] == [("max_storeys", "stories"), ("max_height", "m")]
    assert words["max_storeys"].label == Text("Stories", "Stories")


@pytest.mark.parametrize(
    ("sources", "status"), [(("detailed_plan",), "unasked"), (("detailed_plan", "heritage_zones"), "not_known")]
)
def test_heritage_is_silent_only_where_no_source_of_it_is_asked(
    sources: tuple[str, ...], status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without heritage layers: a city that asks the heritage source does not know; one that never asks says nothing."""
    city = current_city()
    without = replace(city, law=replace(city.law, facts=(), rule_sources=sources))
    monkeypatch.setattr(parcel_page, "current_city", lambda: without)
    found = parcel_page.heritage(CLEAR)
    assert (found.status, found.themes) == (status, ())
    shown = render_to_string("frontend/parts/heritage.html", {"heritage": found})
    assert ("<section" in shown) is (status != "unasked")


@pytest.mark.django_db
def test_codes_are_called_as_the_city_calls_them(monkeypatch: pytest.MonkeyPatch) -> None:
    city = current_city()
    named = replace(city, raw={**city.raw, "names": {"1_family": "one-family"}})
    monkeypatch.setattr(parcel_page, "current_city", lambda: named)
    (subject,) = parcel_page.with_names([{"direction": "set", "value": ["1_family"]}])
    assert subject["names"]["1_family"] == "one-family"


@pytest.mark.parametrize(
    ("languages", "has", "has_not"),
    [
        (["fa", "en"], ('lang="fa" dir="rtl"><head>', "خطا", "error", "پروانه"), ()),
        (["en"], ('lang="en" dir="ltr"><head>', "error"), ("خطا", "پروانه", "rtl")),
    ],
)
def test_the_plainest_page_speaks_the_citys_languages(
    languages: list[str], has: tuple[str, ...], has_not: tuple[str, ...]
) -> None:
    page = _plain_page(500, Text(fa="خطا", en="error"), languages)
    assert all(words in page for words in has)
    assert not any(words in page for words in has_not)


@pytest.mark.parametrize(
    ("language", "languages", "prefix", "links"),
    [
        ("en", ["en"], "", ['href="/" lang="en"']),
        ("en", ["fa", "en"], "/en", ['href="/" lang="fa"', 'href="/en/" lang="en"']),
        ("fa", ["fa", "en"], "", ['href="/" lang="fa"', 'href="/en/" lang="en"']),
    ],
)
def test_an_error_page_leads_back_in_the_citys_languages(
    language: str, languages: list[str], prefix: str, links: list[str]
) -> None:
    told = {"message_fa": "نیست", "message_en": "none", "details": {"suggestions": ["7"]}, "status": 404}
    asked = {"language": language, "languages": languages, "prefix": prefix, "default": languages[0]}
    page = render_to_string("errors/error.html", told | asked)
    assert all(link in page for link in links)
    assert f'href="{prefix}/parcels/7/"' in page
    assert ("نیست" in page) is ("fa" in languages)
