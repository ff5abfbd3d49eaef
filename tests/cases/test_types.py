"""Case types as data: those of the packages are sound, every fault is named, and a case keeps what it began under."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from pytest_django import Settings

from apps.cases.checks import services_are_sound
from apps.cases.models import CaseTypeVersion
from apps.cases.opening import Where, open_service
from apps.cases.types.definition import Place, Turn
from apps.cases.types.outline import likely_next, outline
from apps.cases.types.reading import read_case_type
from apps.cases.types.registry import case_type, case_types, definition_of, keep
from apps.common.errors import NotFoundError
from apps.parties.models import Person
from tests.cases.services_city import FOURTH, fourth, package

PACKAGES = Path(__file__).parents[2] / "cities"


@pytest.mark.parametrize(
    ("city", "codes"),
    [
        ("isfahan", {"complaint", "notary_inquiry", "tree_pruning"}),
        ("_template", {"bench"}),
        ("cockrell_hill", {"sidewalk_repair"}),
    ],
)
def test_the_services_of_each_package_are_sound(city: str, codes: set[str], settings: Settings) -> None:
    settings.CITY_ROOT = PACKAGES / city
    found = case_types()
    assert set(found) == codes | {"permit"}
    for code in codes:
        made = found[code]
        assert made.sample, "texts and terms of ours are never official"
        assert made.national_service_id == "", "no identifier is sourced, so none is invented"
        assert made.group
        assert all(state.says.en for state in made.states if not state.closed)
        assert all(s.term is None or s.term.source.startswith("SAMPLE") for s in made.states)
        assert all(d.guide.en and d.sample.en for d in made.documents)


@pytest.mark.parametrize("code", ["complaint", "notary_inquiry", "tree_pruning"])
def test_while_documents_are_asked_the_citys_clock_stands_still(code: str) -> None:
    state = case_type(code).state("needs_docs")
    assert (state.turn, state.stops_clock) == (Turn.OWNER, True)
    assert state.term is not None
    assert state.term.then == "archive"


def test_what_each_is_about_and_where_it_is_off() -> None:
    places = {code: case_type(code).place for code in ("complaint", "notary_inquiry", "tree_pruning")}
    assert places == {"complaint": Place.MAYBE_POINT, "notary_inquiry": Place.PARCEL, "tree_pruning": Place.POINT}
    assert case_type("notary_inquiry").off_in == frozenset({15})
    assert "call_137" in case_type("tree_pruning").channels
    assert [case_type(c).number for c in ("tree_pruning", "notary_inquiry", "complaint")] == [9, 26, 50]


def test_an_unknown_service_names_what_there_is() -> None:
    with pytest.raises(NotFoundError) as refused:
        case_type("castle")
    assert "complaint" in refused.value.details["services"]


# --- the way through it -----------------------------------------------------------------------------------


def test_the_usual_way_is_the_first_step_on_from_each_state() -> None:
    drawn = outline(read_case_type(fourth()))
    assert [stage.state.code for stage in drawn.usual] == ["draft", "submitted", "found", "closed"]
    assert [stage.state.code for stage in drawn.others] == ["needs_docs", "archived"]
    assert [(s.verb, to.code) for s, to in drawn.usual[1].ways] == [("find", "found"), ("ask_documents", "needs_docs")]


@pytest.mark.parametrize(
    ("status", "comes"),
    [("draft", "submitted"), ("needs_docs", "submitted"), ("found", "closed"), ("closed", None), ("archived", None)],
)
def test_what_usually_comes_next(status: str, comes: str | None) -> None:
    state = likely_next(read_case_type(fourth()), status)
    assert (state.code if state else None) == comes


def test_a_way_that_comes_back_ends() -> None:
    raw = fourth()
    raw["step"] = [s for s in raw["step"] if s["verb"] != "fetch"] + [
        {"verb": "again", "from": ["found"], "to": "submitted", "ticket": "t", "name": "again"},
        {"verb": "fetch", "from": ["submitted"], "to": "closed", "ticket": "t", "name": "fetch"},
    ]
    drawn = outline(read_case_type(raw))
    assert [stage.state.code for stage in drawn.usual] == ["draft", "submitted", "found"]


# --- a definition that changes ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_case_keeps_the_definition_it_began_under(person: Person, tmp_path: Path, settings: Settings) -> None:
    before = package(tmp_path / "before", {"lost_item": FOURTH})
    newer = FOURTH.replace('"Being looked for"', '"Searched for"').replace("amount = 3", "amount = 9")
    after = package(tmp_path / "after", {"lost_item": newer})
    gone = package(tmp_path / "gone", {})
    settings.CITY_ROOT = before
    old = open_service(person=person, code="lost_item", where=Where(), answers={"what": "bag"})
    settings.CITY_ROOT = after
    new = open_service(person=person, code="lost_item", where=Where(), answers={"what": "bag"})
    assert old.pk != new.pk, "another definition is another case, however short the time between"
    assert old.type_version != new.type_version
    assert [definition_of(c).state("submitted").name.en for c in (old, new)] == ["Being looked for", "Searched for"]
    settings.CITY_ROOT = gone
    term = definition_of(old).state("submitted").term
    assert term is not None
    assert term.amount == 3, "a service that is offered no more is still read"
    with pytest.raises(NotFoundError):
        open_service(person=person, code="lost_item", where=Where())


@pytest.mark.django_db
def test_a_definition_is_kept_once_and_for_good(person: Person, tmp_path: Path, settings: Settings) -> None:
    settings.CITY_ROOT = package(tmp_path / "city", {"lost_item": FOURTH})
    for what in ("bag", "other"):
        open_service(person=person, code="lost_item", where=Where(), answers={"what": what})
    kept = CaseTypeVersion.objects.filter(code="lost_item")
    assert kept.count() == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        kept.update(definition={})


@pytest.mark.parametrize("code", ["complaint", "notary_inquiry", "tree_pruning"])
@pytest.mark.django_db
def test_what_is_kept_reads_as_what_was_written(code: str) -> None:
    definition = case_type(code)
    keep(definition)
    row = CaseTypeVersion.objects.get(code=code)
    assert read_case_type(row.definition, digest=row.digest) == definition


# --- the folder ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"lost": FOURTH}, "services/lost.toml: its code is “lost_item”"),
        ({"permit": FOURTH.replace('"lost_item"', '"permit"')}, "“permit” is a type of the house"),
        (
            {"lost_item": FOURTH, "lost_item_2": FOURTH.replace('"lost_item"', '"lost_item_2"')},
            "lost_item.toml has the prefix “LI” already",
        ),
        ({"lost_item": FOURTH.replace('prefix = "LI"', "")}, "lacks the key 'prefix'"),
        ({"lost_item": "code = "}, "is not valid TOML"),
        ({"lost_item": FOURTH.replace('"relations"', '"castles"')}, "[service_groups.castles] is missing"),
        ({"lost_item": FOURTH.replace('"case_officer"', '"jester"')}, "services/lost_item.toml: "),
    ],
    ids=["name", "brought", "prefix", "key", "toml", "group", "linted"],
)
def test_a_fault_in_the_folder_names_its_file(
    files: dict[str, str], says: str, tmp_path: Path, settings: Settings
) -> None:
    settings.CITY_ROOT = package(tmp_path / "city", files)
    with pytest.raises(ImproperlyConfigured) as refused:
        case_types()
    assert says in str(refused.value)


def test_a_fault_stops_the_site_before_it_starts(tmp_path: Path, settings: Settings) -> None:
    assert services_are_sound() == []
    settings.CITY_ROOT = package(tmp_path / "city", {"lost_item": FOURTH.replace('"case_officer"', '"jester"')})
    assert ["jester" in error.msg for error in services_are_sound()] == [True]
