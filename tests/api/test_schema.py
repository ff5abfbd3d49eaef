"""The API's description, held against its answers: whatever a caller sends, no 500 and nothing undescribed."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, override_settings
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from apps.common.limits import Limit
from apps.parties.models import Person
from apps.permits import services
from tests.conftest import MakeParcel

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# The WSGI transport hands over bodies as they are: a compressed one would be judged as text.
PLAIN = {"Accept-Encoding": "identity"}
EXAMPLES = settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)

with override_settings(CALLS_PER_MINUTE=0, CALLS_PER_MINUTE_HOT=0):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's test client does: a finished call must not close the connection that holds the test's data."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def city(make_parcel: MakeParcel, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two plots, one of them with an open request, and room for many calls."""
    make_parcel("3-2-14-5")
    make_parcel("3-2-14-6", col=1)
    services.start(person=person, parcel_code="3-2-14-6", kind="NEW", extract_digest="")
    for room in ("requests", "cases"):
        monkeypatch.setattr(f"apps.api.{room}.PER_PERSON", Limit("start-person-wide", 100_000, 600))
    for limit in ("PER_ADDRESS", "WRONG_PER_NUMBER"):
        monkeypatch.setattr(f"apps.cases.public_asking.{limit}", Limit("track-wide", 100_000, 600))


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@schema.parametrize()
@EXAMPLES
def test_anybody(case: Case) -> None:
    case.call_and_validate(checks=CHECKS, headers=PLAIN)


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@schema.include(path_regex="^/api/v1/(requests|cases)").parametrize()
@EXAMPLES
def test_signed_in(case: Case, person: Person) -> None:
    client = Client()
    client.force_login(person)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {"csrftoken": "a" * 32}
    case.call_and_validate(checks=CHECKS, cookies=cookies, headers={**PLAIN, "X-CSRFToken": cookies["csrftoken"]})


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("code", ["3-2-14-5", "3-2-14-6-0-0-0"])
def test_a_real_extract_is_as_described(code: str) -> None:
    """Generated codes hit no parcel; here the described shape meets a whole answer."""
    operation = schema["/api/v1/parcels/{code}/extract"]["GET"]
    case = operation.Case(path_parameters={"code": code}, query={"on": "1404-09-01"})
    response = case.call_and_validate(checks=CHECKS, headers=PLAIN)
    assert response.status_code == 200


def test_the_description_names_every_field_of_the_extract() -> None:
    described = schema.raw_schema["components"]["schemas"]["ExtractOut"]
    assert "schema" in described["properties"]
    assert "schema_name" not in described["properties"]
