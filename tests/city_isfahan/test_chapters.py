"""The eighteen chapters of the rule book are all there, and what the sample says by local plan and by policy."""

from collections.abc import Iterable

import pytest

from apps.common.city import load_city
from apps.legal.answers import PolicyName, Provision
from apps.legal.subjects import SUBJECTS
from apps.legal.tables.table import LIMITING
from tests.city_isfahan.build import CITY, PARTITIONS, books

CITY_WIDE = [b for s in ("detailed_plan", "heritage_zones") for b in books(s) if "local" not in b.code]
LOCAL = [b for b in books("detailed_plan") if "local" in b.code]
CHAPTERS = [f"ISF-{n:02}" for n in range(1, 19)]
HAS_NO_NUMBER = ("ISF-14", "ISF-17", "ISF-18")
"""Chapters of which the sample holds nothing: it says so instead of being silent."""
POLICIES = {
    "permitted_use": ("by_part", "land_use", "ISF-02"),
    "max_density": ("by_part", "density", "ISF-09"),
    "min_parking": ("by_part", "land_use", "ISF-11"),
    "min_plot": ("majority", "land_use", "ISF-03"),
    "max_storeys": ("strictest", "height_code", "ISF-08"),
    "max_height": ("strictest", "height_code", "ISF-08"),
    "max_coverage": ("strictest", "land_use", "ISF-02"),
    "max_coverage_ground": ("strictest", "land_use", "ISF-02"),
    "min_frontage": ("strictest", "land_use", "ISF-03"),
}


def provisions(rulebooks: Iterable) -> list[Provision]:
    return [p for b in rulebooks for p in b.provisions]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_speaks(chapter):
    found = [p for p in provisions(CITY_WIDE) if p.category == chapter]
    assert found
    assert bool({p.effect for p in found} & LIMITING or chapter in ("ISF-01", "ISF-15")) is (
        chapter not in HAS_NO_NUMBER
    )


@pytest.mark.parametrize("chapter", HAS_NO_NUMBER)
def test_a_chapter_without_numbers_says_so_and_whom_to_ask(chapter):
    for p in (p for p in provisions(CITY_WIDE) if p.category == chapter):
        assert p.effect == "warn"
        assert "sample" in p.text.en
        assert "نمونه" in p.text.fa
        assert "ask" in p.text.en or "from the planning deputy" in p.text.en


def test_the_article_of_a_city_row_begins_with_its_chapter():
    for p in provisions(CITY_WIDE):
        assert int(p.article.split("-")[0]) == int(p.category.removeprefix("ISF-")), p.row


def test_every_subject_of_the_city_is_spoken_of():
    assert {p.subject for p in provisions(CITY_WIDE) if p.effect in LIMITING} == set(SUBJECTS)
    assert [s.code for s in load_city(CITY).law.subjects] == list(SUBJECTS)


def test_what_is_from_general_knowledge_only_is_marked():
    share = next(p for p in provisions(CITY_WIDE) if p.row == "public-share")
    assert "general knowledge, not verified" in share.text.en
    assert "بازبینی‌نشده" in share.text.fa


def test_policies():
    found = {p.subject: p for p in provisions(CITY_WIDE) if p.effect == "policy"}
    assert {s: (p.value, p.theme, p.category) for s, p in found.items()} == POLICIES
    assert len(found) == len([p for p in provisions(CITY_WIDE) if p.effect == "policy"])
    for p in found.values():
        assert PolicyName(p.value)
        assert p.theme in PARTITIONS
        assert (p.zone, p.when) == ("", {})


def test_city_rows_keep_off_local_layers_on_every_subject_of_which_a_local_plan_speaks():
    """Otherwise a stopped local rulebook would leave its codes to be read with the city's numbers."""
    spoken = {(p.theme, p.zone, p.subject) for p in provisions(LOCAL) if p.effect == "set"}
    editions = {
        theme: "|".join(sorted({p.when["edition"] for p in provisions(LOCAL) if p.theme == theme}))
        for theme in ("height_code", "land_use")
    }
    city = [p for p in provisions(CITY_WIDE) if p.effect == "set"]
    guarded = {(p.theme, p.zone, p.subject) for p in city if "edition" in p.when}
    assert guarded == spoken
    for p in city:
        if (p.theme, p.zone, p.subject) in spoken:
            assert p.when["edition"] == f"not {editions[p.theme]}", p.row


def test_both_local_plans_speak_of_the_same_so_that_one_guard_fits_both():
    said = [{(p.theme, p.zone, p.subject) for p in b.provisions if p.effect == "set"} for b in LOCAL]
    assert said[0] == said[1]


def test_net_and_gross_area_are_asked_where_the_decision_says():
    """Minimums and the bonus ask the net area; the relief for small plots asks the area before road widening."""
    net = {p.article for p in provisions(CITY_WIDE) if "net_plot_m2" in p.when}
    gross = {p.article for p in provisions(CITY_WIDE) if "plot_m2" in p.when}
    assert (net, gross) == ({"8-2", "4-1"}, {"2-4", "2-5", "3-4", "6-2"})


def test_the_remedies_move_facts_that_rules_ask():
    asked = {name for p in provisions(CITY_WIDE) for name in p.when}
    for remedy in load_city(CITY).law.remedies:
        assert set(remedy.facts) <= asked
