"""The OpenAPI document: valid, whole in itself, and true of the answers, whatever a caller sends."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pygeoapi
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from pytest_django import Settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.legal.build import Desk
from tests.map_services.build import enact, plan
from tests.open_data.world import build
from tests.overlay.grid import parcel

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's test client does: a finished call must not close the connection that holds the test's data."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(desk: Desk, settings: Settings) -> Any:
    """The description of a city with one theme, read as any caller would."""
    settings.CALLS_PER_MINUTE = 0
    enact(desk, plan("hc-1", 0, 500, 1000), "2014-01-01")
    parcel((0, 0, 10, 10))
    return schemathesis.openapi.from_wsgi("/ogc/api", WSGIHandler())


def test_whatever_a_caller_sends(described: Any) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 3 + 3 * 4
    for operation in operations:

        @EXAMPLES
        @given(case=operation.as_strategy())
        def send(case: Case) -> None:
            case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

        send()


def test_it_is_a_valid_openapi_document_without_outside_references() -> None:
    build()
    document = Client().get("/ogc/api").json()
    rules = Path(pygeoapi.__file__).parent / "schemas" / "openapi" / "openapi-3.0.x.json"
    jsonschema.validate(document, json.loads(rules.read_text(encoding="utf-8")))
    text = json.dumps(document)
    assert all(part.startswith('"#/') for part in text.split('"$ref": ')[1:])
    assert len(document["paths"]) == 3 + 3 * 6


def test_every_answer_is_as_described() -> None:
    """Each collection's page and first item against the schemas; GeoJSON's rings closed and counter-clockwise."""
    build()
    document = Client().get("/ogc/api").json()
    for path in ("height_code", "height_code-pending", "buffers", "buffers-pending", "parcels", "districts"):
        page = Client().get(f"/ogc/collections/{path}/items", {"limit": 3}).json()
        check(page, "items", document)
        item = Client().get(f"/ogc/collections/{path}/items/{page['features'][0]['id']}").json()
        check(item, "item", document)
        for ring in item["geometry"]["coordinates"][0][:1]:
            assert ring[0] == ring[-1]
            assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0


def check(body: object, name: str, document: dict[str, Any]) -> None:
    plain = json.loads(json.dumps(document).replace('"nullable": true, "required"', '"required"'))
    jsonschema.validate(body, {"$ref": f"#/components/schemas/{name}", "components": plain["components"]})
