"""Every kind of history that is written anywhere has words; what has none is told in a neutral sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.cases.models import CaseEvent
from apps.cases.types.registry import case_types
from apps.common.text import Text
from apps.legal.transition import Choice
from frontend.case_page_details import details_of, written_in
from frontend.case_page_words import GROUPS, KINDS, UNKNOWN, words_of
from tests.frontend.case_pages import tree_type

APPS = Path(__file__).resolve().parents[2] / "apps"
WRITERS = {"append_history", "_record"}
COMPUTED = {
    ("apps/cases/asks.py", "state"): {"answered", "disputed"},
    ("apps/cases/disputing.py", "DISPUTED"): {"disputed"},
    ("apps/cases/kartabl.py", "kind"): {"taken", "handed_over"},
    ("apps/cases/owners_confirming.py", "kind"): {"co_owner_confirmed", "co_owner_reopened"},
    ("apps/cases/steps.py", "verb"): set(),  # steps: named by the table of the type, see below
    ("apps/cases/holds.py", "'warned' if level is Level.WARNING else 'held'"): {"warned", "held"},
    ("apps/permits/inspection.py", "kind"): {"visit_booked", "visit_moved", "visit_cancelled"},
    ("apps/permits/choosing.py", "f'choose_{wanted.value}'"): {f"choose_{choice.value}" for choice in Choice},
}
"""Kinds that are no constant where they are written."""


def written() -> Iterator[tuple[str, str, str | None]]:
    """(file, expression, constant value or None) of every kind of history that the rooms write."""
    for path in sorted(APPS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            target.id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name not in WRITERS:
                continue
            for keyword in node.keywords:  # type: ignore[attr-defined]
                if keyword.arg == "kind":
                    value = keyword.value
                    plain = value.value if isinstance(value, ast.Constant) else named.get(ast.unparse(value))
                    yield str(path.relative_to(APPS.parent)), ast.unparse(value), plain


def test_the_search_finds_what_is_written() -> None:
    """Otherwise the next test would prove nothing."""
    found = {plain for _file, _expression, plain in written()}
    assert {"open", "ask", "document", "frozen", "released"} <= found


def test_every_kind_has_words() -> None:
    for file, expression, plain in written():
        kinds = {plain} if plain is not None else COMPUTED.get((file, expression))
        assert kinds is not None, f"{file}: say in COMPUTED which kinds `{expression}` may be"
        assert kinds <= set(KINDS), f"{file}: {kinds - set(KINDS)} has no words in frontend/case_page_words.py"


def test_every_step_of_every_type_is_named_in_both_languages() -> None:
    for definition in [*case_types().values(), tree_type()]:
        for step in definition.steps:
            assert step.name.fa, (definition.code, step.verb)
            assert step.name.en, (definition.code, step.verb)
            assert words_of(CaseEvent(kind=step.verb, data={}), definition).text != UNKNOWN


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_is_told_with_and_without_data(kind: str) -> None:
    words = KINDS[kind]
    assert words.group in GROUPS
    assert words.text.fa
    assert words.text.en
    assert not any("a" <= letter <= "z" for letter in words.text.fa), "Persian sentences have no English words"
    rich = {"title": "نقشه", "number": 2, "version": 3, "party": 7, "accepted": True,
            "day": "2026-12-01", "starts": "08:30",
            "from": "2026-11-22T05:00:00+00:00", "to": "2026-11-23T05:00:00+00:00"}  # fmt: skip
    for data in ({}, rich, {"party": 8, "accepted": False, "from": None}):
        told = details_of(CaseEvent(kind=kind, data=data), tree_type(), {7: Text("شریک", "Partner")})
        assert "{" not in told.fa + told.en


def test_an_unknown_kind_is_told_neutrally() -> None:
    event = CaseEvent(kind="from_a_later_room", data={"secret": {"raw": 1}})
    assert words_of(event, tree_type()).text == UNKNOWN
    told = details_of(event, tree_type(), {})
    assert told.fa == told.en == written_in(event) == ""


def test_what_people_wrote_is_shown_as_they_wrote_it_but_no_note_between_officers() -> None:
    assert written_in(CaseEvent(kind="send_back", data={"said": "The plan is cut off"})) == "The plan is cut off"
    assert written_in(CaseEvent(kind="answered", data={"text": "Here it is"})) == "Here it is"
    assert written_in(CaseEvent(kind="handed_over", data={"note": "He is rude", "said": "x"})) == ""


@pytest.mark.parametrize(
    ("data", "fa", "en"),
    [
        ({"code": "deed", "title": "سند", "number": 2}, "سند، نسخهٔ \u2066۲\u2069", "Title deed, version 2"),
        ({"code": "", "title": "Letter", "number": 1}, "Letter، نسخهٔ \u2066۱\u2069", "Letter, version 1"),
    ],
    ids=["wanted", "of their own"],
)
def test_a_document_goes_by_its_name_in_the_service(data: dict[str, object], fa: str, en: str) -> None:
    assert details_of(CaseEvent(kind="document", data=data), tree_type(), {}) == Text(fa, en)
