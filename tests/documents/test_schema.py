"""The published schema: it is the API's own shape, holds every real extract, and misses no key."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from apps.api.published_schema import FILE, extract_schema, extract_schema_bytes
from apps.api.site import api
from apps.extracts.services import compose
from tests.browser.city import CODES, SmallCity
from tests.documents.conftest import fixtures

PUBLISHED = Path(settings.BASE_DIR) / "docs" / "schemas" / FILE
VALIDATOR = Draft202012Validator(extract_schema())
Path_ = tuple[str | int, ...]


def faults(document: Any) -> list[str]:
    return [f"{list(e.absolute_path)}: {e.message}" for e in VALIDATOR.iter_errors(document)]


def test_the_schema_itself_is_valid_and_published() -> None:
    Draft202012Validator.check_schema(extract_schema())
    assert PUBLISHED.read_bytes() == extract_schema_bytes(), "run manage.py publish_schema"


def test_the_command_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    call_command("publish_schema")
    assert (tmp_path / "docs" / "schemas" / FILE).read_bytes() == extract_schema_bytes()


def test_it_is_served(client: Client) -> None:
    response = client.get(f"/api/v1/schemas/{FILE}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/schema+json"
    assert response.content == extract_schema_bytes()
    assert response.json()["$schema"].endswith("2020-12/schema")


def objects(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "", schema
    yield from schema["$defs"].items()


def test_every_object_is_closed_complete_and_described() -> None:
    for name, one in objects(extract_schema()):
        if one.get("type") != "object":
            continue
        assert one["additionalProperties"] is False, name
        assert sorted(one["required"]) == sorted(one["properties"]), name
        assert one["description"], name
        assert one["title"], name


def test_the_api_description_names_the_same_keys() -> None:
    described = api.get_openapi_schema()["components"]["schemas"]
    ours = {"ExtractOut": extract_schema(), **extract_schema()["$defs"]}
    for name, one in ours.items():
        if one.get("type") == "object":
            assert set(described[name]["properties"]) == set(one["properties"]), name
            assert set(described[name]["required"]) == set(one["required"]), name
            assert described[name]["additionalProperties"] is False, name


@pytest.mark.parametrize("kind", ["NEW", "ADDED_STOREY", "REPAIR"])
def test_every_extract_of_a_built_city_is_valid(city: SmallCity, kind: str) -> None:
    for code in CODES.values():
        for day in (None, "2013-01-01", "2023-09-01"):
            document = compose(parcel=code, on=None if day is None else _day(day), permit_kind=kind).data
            assert faults(document) == [], code


def _day(raw: str) -> Any:
    from datetime import date

    return date.fromisoformat(raw)


def key_paths(node: Any, here: Path_ = ()) -> Iterator[Path_]:
    """The path of every key of every object; of a list all members."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*here, key)
            yield from key_paths(value, (*here, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from key_paths(value, (*here, index))


def shape(path: Path_) -> tuple[str, ...]:
    return tuple("[]" if isinstance(part, int) else part for part in path)


def slim(node: Any, here: Path_ = (), seen: set[tuple[str, ...]] | None = None) -> Any:
    """The document with those members of its lists that bring a shape which none before them had."""
    seen = set() if seen is None else seen
    if isinstance(node, dict):
        return {key: slim(value, (*here, key), seen) for key, value in node.items()}
    if not isinstance(node, list) or not any(isinstance(member, dict | list) for member in node):
        return node
    kept = []
    for member in node:
        shapes = {shape(path) for path in key_paths(member, (*here, 0))}
        if not shapes <= seen:
            kept.append(slim(member, (*here, 0), seen))
            seen |= shapes
    return kept


def changed(document: dict[str, Any], path: Path_, *, rename: bool) -> dict[str, Any]:
    twin = copy.deepcopy(document)
    holder: Any = twin
    for part in path[:-1]:
        holder = holder[part]
    value = holder.pop(path[-1])
    if rename:
        holder[f"{path[-1]}_x"] = value
    return twin


@pytest.mark.no_cover  # the library's own lines
def test_no_key_can_be_left_out_or_renamed(extract: dict[str, Any]) -> None:
    """One path of each shape: `condition` of a schedule's row alone has free keys."""
    small = slim(extract)
    assert {shape(p) for p in key_paths(small)} == {shape(p) for p in key_paths(extract)}
    assert faults(small) == []
    paths = {shape(p): p for p in key_paths(small) if "condition" not in p[:-1]}
    assert len(paths) > 120
    for path in paths.values():
        assert not VALIDATOR.is_valid(changed(small, path, rename=False)), path
        assert not VALIDATOR.is_valid(changed(small, path, rename=True)), path


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schema", "parvaneh-extract/2"),
        ("on", "1404-9-1"),
        ("known_at", "2025-11-22"),
        ("digest", "sha256:12"),
        ("complete", None),
        ("units", {"length": "m", "area": "hectare"}),
        ("law", {"version": -1}),
    ],
)
def test_a_value_of_another_kind_is_refused(extract: dict[str, Any], key: str, value: Any) -> None:
    assert faults({**extract, key: value})


def test_the_document_on_the_wire_is_valid(client: Client, city: SmallCity) -> None:
    body = json.loads(client.get(f"/api/v1/parcels/{CODES['D']}/extract").content)
    assert faults(body) == []


@pytest.mark.parametrize("name", fixtures())
def test_the_documents_of_the_page_tests_are_valid(name: str) -> None:
    assert faults(fixtures()[name]) == []
