"""The files of the Isfahan package fit each other, the vocabulary and the sample table's own sums."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from django.contrib.gis.geos import GEOSGeometry

from apps.common.calendar import parse_day
from apps.common.city import load_city, read_toml
from apps.legal.answers import Provision
from apps.legal.models import ActKind
from apps.legal.rulebook_csv import read_rows
from apps.legal.subjects import SUBJECTS
from apps.legal.tables import expressions, not_known
from detailed_plan.source import DetailedPlanSource
from heritage_zones.source import HeritageSource
from tests.city_isfahan.build import CITY, PERMIT_KINDS, THEMES, books

FILES = sorted((CITY / "rulebooks").glob("*.csv"))
SOURCES = {s.name: s for s in (DetailedPlanSource(), HeritageSource())}
PERSIAN, LATIN_DIGIT = re.compile("[آ-ی]"), re.compile("[0-9]")
LAYERS = {
    "land_use_1393", "height_code_1393", "height_code_1402", "height_code_1404", "density_1393",
    *(f"local_plan_{plan}_{theme}" for plan in "ab" for theme in ("land_use", "height_code", "density")),
    "heritage_core", "heritage_buffer", "historic_fabric", "starred_plot", "worn_fabric", "madi_strip", "road_widening",
}  # fmt: skip
OF_THE_PARCEL = {"plot_m2", "passage_m", "consolidated", "corner", "existing_height_m", "existing_storeys"}
OF_THE_QUESTION = {"permit_kind", "edition", "zone_share", "storeys"}


def rows() -> list[Provision]:
    return [p for source in SOURCES for b in books(source) for p in b.provisions]


def declared_facts() -> set[str]:
    law = load_city(CITY).law
    return {f.name for f in (*law.facts, *law.parcel_facts, *law.net_areas, *law.inputs)}


def asked_by_value(p: Provision) -> set[str]:
    if p.value.startswith("fact:"):
        return {p.value.removeprefix("fact:")}
    return set(expressions.parse(p.value).names) if expressions.is_expression(p.value) else set()


def options(p: Provision, fact: str) -> tuple[str, ...]:
    return tuple(filter(None, p.when.get(fact, "").removeprefix("not ").split("|")))


def listed(name: str, key: str) -> list[dict]:
    return list(read_toml(CITY / f"{name}.toml")[key])


def codes(name: str, key: str, field: str = "code") -> list[str]:
    return [entry[field] for entry in listed(name, key)]


def test_every_file_of_rules_is_listed_and_loads():
    assert {CITY / e["file"] for e in listed("rulebooks", "rulebook")} == set(FILES)
    for path in FILES:
        assert read_rows(path.read_bytes(), file=path.name)


def test_row_ids_are_unique_over_all_rulebooks():
    ids = [p.row for p in rows()]
    assert len(ids) == len(set(ids))


def test_every_row_has_both_texts_an_article_and_a_chapter_of_the_rule_book():
    chapters = {f"ISF-{n:02}" for n in range(1, 19)}
    for p in rows():
        assert p.category in chapters, p.row
        assert PERSIAN.search(p.text.fa), p.row
        assert not PERSIAN.search(p.text.en), p.row
        assert p.text.fa.endswith(".")
        assert p.text.en.endswith(".")
        assert "ي" not in p.text.fa
        assert "ك" not in p.text.fa


def test_digits_in_persian_texts_are_persian_but_for_codes():
    for p in rows():
        assert not LATIN_DIGIT.search(re.sub(r"[A-Z]\d+", "", p.text.fa)), p.row


def test_rows_name_only_known_subjects_offices_themes_permit_kinds_and_facts():
    offices, themes = set(codes("offices", "office")), set(codes("themes", "theme"))
    facts = OF_THE_PARCEL | OF_THE_QUESTION | declared_facts()
    for p in rows():
        assert p.subject in SUBJECTS or (p.subject == "" and p.effect in ("duty", "warn")), p.row
        assert p.theme in themes | {""}, p.row
        if p.effect in ("require", "undecided"):
            assert p.value in offices, p.row
        if p.effect == "forbid":
            assert p.value in PERMIT_KINDS, p.row
        assert asked_by_value(p) <= facts, p.row
        assert set(p.when) <= facts, p.row
        assert set(options(p, "permit_kind")) <= set(PERMIT_KINDS), p.row


def test_rows_that_name_an_edition_name_one_of_their_theme():
    editions = {e["instrument"]: e["theme"] for e in listed("editions", "edition")}
    bound = [p for p in rows() if "edition" in p.when]
    assert bound
    for p in bound:
        assert all(editions[name] == p.theme for name in options(p, "edition")), p.row


def test_zones_of_rows_are_the_codes_of_the_legend():
    legend = {(t["code"], c["code"]) for t in listed("themes", "theme") for c in t["style"]["colors"]}
    named = {(p.theme, p.zone) for p in rows() if p.zone}
    assert named == legend


def test_more_storeys_never_derive_less():
    for subject in ("max_height", "max_density"):
        found = sorted(
            (p for p in rows() if p.effect == "derive" and p.subject == subject), key=lambda p: p.when["storeys"]
        )
        assert [p.when["storeys"] for p in found] == [f"{n}..{n + 1}" for n in range(1, 9)]
        assert all(Decimal(a.value) < Decimal(b.value) for a, b in pairwise(found))


def test_sources_declare_what_their_rulebooks_limit():
    for name, source in SOURCES.items():
        spoken = {
            p.subject for b in books(name) for p in b.provisions if p.effect in ("set", "cap", "undecided", "derive")
        }
        assert spoken <= set(source.subjects())


def test_offices_that_the_rule_rooms_ask_exist():
    assert {not_known.FACTS_OFFICE, not_known.RULES_OFFICE} <= set(codes("offices", "office"))


def test_themes():
    found = listed("themes", "theme")
    assert [t["code"] for t in found] == list(THEMES)
    assert [t["position"] for t in found] == sorted({t["position"] for t in found})
    offices = set(codes("offices", "office"))
    for t in found:
        assert t["kind"] == ("partition" if t["code"] in THEMES[:3] else "cumulative")
        assert t["office"] in offices
        assert t["tolerance_m2"] > 0
        assert 0 < t["tolerance_share"] < 0.05
        colors = [c["color"] for c in t["style"]["colors"]]
        assert len(colors) == len(set(colors))
        assert all(re.fullmatch("#[0-9a-f]{6}", c) for c in (*colors, t["style"]["default"]))


@pytest.mark.parametrize("theme", ["height_code", "density"])
def test_ordered_themes_grow_darker_so_that_they_read_without_hue(theme):
    colors = next(t for t in listed("themes", "theme") if t["code"] == theme)["style"]["colors"]
    light = [_luminance(c["color"]) for c in colors]
    assert all(a - b > 0.015 for a, b in pairwise(light))


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_editions_take_every_law_layer_once():
    found = listed("editions", "edition")
    assert {e["file"] for e in found} == {f"{layer}.gpkg" for layer in LAYERS}
    assert len({e["instrument"] for e in found}) == len(found) == len(LAYERS)
    for e in found:
        assert e["theme"] in THEMES
        assert e["rank"] == ("local" if e["file"].startswith("local_plan") else "city")
        assert (e["layer"], e["coverage_layer"]) == ("features", "coverage")
        assert set(e["mapping"]) == {"code", "label_fa", "label_en"}


def test_everything_invented_says_so():
    for entry in (*listed("editions", "edition"), *listed("rulebooks", "rulebook")):
        assert "نمونه" in entry["title"]["fa"]
        assert "sample" in entry["title"]["en"]
    for act in listed("acts", "act"):
        assert "نمونه" in act["number"]
        assert "نمونه" in act["body"]["fa"]
        assert "sample" in act["body"]["en"]
    for office in listed("offices", "office"):
        assert "ساختگی" in office["contact"]["fa"]
        assert "synthetic" in office["contact"]["en"]


def test_acts_are_a_history_that_can_be_recorded():
    last = datetime(1900, 1, 1, tzinfo=UTC)
    approved: set[str] = set()
    for act in listed("acts", "act"):
        recorded = datetime.fromisoformat(act["recorded_at"])
        assert last < recorded < datetime(2026, 11, 1, tzinfo=UTC)
        last = recorded
        signed, effective = parse_day(act["act_date"]), parse_day(act["effective_on"])
        assert signed <= effective < date(2026, 11, 1)
        assert signed <= recorded.date()
        for instrument in _instruments(act):
            assert ActKind(act["kind"]) == ActKind.APPROVE or instrument in approved
            approved.add(instrument)


def test_every_instrument_has_acts_and_every_act_an_instrument():
    known = {*codes("editions", "edition", "instrument"), *codes("rulebooks", "rulebook", "instrument")}
    assert {i for act in listed("acts", "act") for i in _instruments(act)} == known


def test_the_two_revised_height_plans_are_not_law():
    kinds = {i: [a["kind"] for a in listed("acts", "act") if i in _instruments(a)] for i in ("hc-1402", "hc-1404")}
    assert kinds == {"hc-1402": ["approve", "promulgate", "suspend"], "hc-1404": ["approve"]}


def test_the_suspended_spot_lies_in_the_city():
    act = next(a for a in listed("acts", "act") if "scope_wkt" in a)
    scope = GEOSGeometry(act["scope_wkt"], srid=load_city(CITY).srid)
    assert scope.valid
    assert scope.area == pytest.approx(140 * 100)
    lon, lat = scope.centroid.transform(4326, clone=True).coords
    west, south, east, north = load_city(CITY).bounds
    assert west < lon < east
    assert south < lat < north


def _instruments(act: dict) -> list[str]:
    return act["instruments"] if "instruments" in act else [act["instrument"]]
