"""One taxonomy, one mapping: JSON for machines, a page in the reader's language for people."""

import contextlib
import json

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.test import Client, RequestFactory
from kombu.exceptions import OperationalError as BrokerError
from psycopg_pool import PoolTimeout
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisConnectionError

from apps.common import error_pages
from apps.common.error_pages import handler500, respond
from apps.common.errors import BadInputError, ConflictError, Fault, ParvanehError, UnavailableError
from apps.common.foreseen import as_error, unforeseen


def all_errors(base: type[ParvanehError] = ParvanehError) -> list[type[ParvanehError]]:
    return [base, *(found for child in base.__subclasses__() for found in all_errors(child))]


def test_codes_are_unique_and_whose_fault_fits_the_status() -> None:
    kinds = all_errors()
    codes = [kind.code for kind in kinds]
    for kind in kinds:
        assert (kind.fault is Fault.CALLER) == (400 <= kind.status < 500 and kind.code != "intake"), kind
    assert len(codes) == len(set(codes))


def test_json_shape() -> None:
    error = ConflictError(fa="ف", en="e", open=None)
    assert error.as_dict() == {
        "error": {"code": "conflict", "message": {"fa": "ف", "en": "e"}, "fault": "caller", "details": {"open": None}}
    }


@pytest.mark.parametrize(
    ("exc", "status"),
    [
        (OperationalError("x"), 503),
        (InterfaceError("x"), 503),
        (PoolTimeout("x"), 503),
        (RedisConnectionError("x"), 503),
        (BrokerError("x"), 503),
        (Http404("x"), 404),
        (PermissionDenied("x"), 403),
        (SuspiciousOperation("x"), 400),
        (MultiPartParserError("x"), 400),
        (UnreadablePostError("x"), 400),
        (RequestDataTooBig("x"), 413),
    ],
)
def test_what_others_raise_is_ours(exc: Exception, status: int) -> None:
    error = as_error(exc)
    assert error is not None
    assert error.status == status
    assert error.message.fa
    assert error.message.en
    assert error.message.en != "x"


@pytest.mark.parametrize("exc", [ValueError("secret"), KeyError("secret"), None])
def test_what_nobody_foresaw_is_not_dressed_up(exc: Exception | None) -> None:
    assert as_error(exc) is None


@pytest.mark.parametrize(
    ("path", "accept", "is_json"),
    [
        ("/api/v1/x", "", True),
        ("/tiles/x", "text/html", True),
        ("/", "text/html,application/json;q=0.8", False),
        ("/", "application/json", True),
        ("/", "*/*", False),
    ],
)
def test_who_gets_json(path: str, accept: str, is_json: bool) -> None:
    request = RequestFactory().get(path, HTTP_ACCEPT=accept)
    response = respond(request, BadInputError(fa="فارسی", en="english"))
    assert response.status_code == 400
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].startswith("application/json" if is_json else "text/html")
    text = response.content.decode()
    if is_json:
        assert json.loads(text)["error"]["message"] == {"fa": "فارسی", "en": "english"}
    else:
        assert "فارسی" in text


@pytest.mark.parametrize(("path", "language"), [("/nowhere/", "fa"), ("/en/nowhere/", "en")])
def test_pages_speak_the_language_of_their_address(client: Client, path: str, language: str) -> None:
    page = client.get(path, headers={"Accept": "text/html", "Accept-Language": "de"})
    assert page.status_code == 404
    assert f'lang="{language}"' in page.content.decode().split("<body", maxsplit=1)[0]


def test_retry_after_is_a_header() -> None:
    error = UnavailableError(fa="ف", en="e", retry_after=7)
    assert respond(RequestFactory().get("/"), error)["Retry-After"] == "7"
    assert "Retry-After" not in respond(RequestFactory().get("/"), unforeseen())


@pytest.mark.parametrize("template", ["missing", "broken"])
def test_the_error_page_needs_nothing(settings: Settings, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the template nor the database may be needed to say that something is away."""
    sources = {} if template == "missing" else {"errors/error.html": "{% load nothing_of_that_name %}"}
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", sources)]},
        }
    ]
    request = RequestFactory().get("/", HTTP_ACCEPT="text/html")
    page = respond(request, BadInputError(fa="<فارسی>", en="english & more")).content.decode()
    assert "&lt;فارسی&gt;" in page
    assert "english &amp; more" in page
    assert "<!doctype html>" in page


def test_a_fault_of_ours_shows_no_trace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_args: object, **_kwargs: object) -> bool:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("apps.api.health._redis", bug)
    monkeypatch.setattr("apps.api.health._database", lambda: True)
    client.raise_request_exception = False
    response = client.get("/readyz")
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "error"
    assert "secret" not in response.content.decode()


def test_handler500_reads_the_exception_that_is_being_handled() -> None:
    request, seen = RequestFactory().get("/"), []
    with contextlib.ExitStack() as stack:
        stack.push(lambda *_: bool(seen.append(handler500(request))) or True)
        raise OperationalError("gone")
    response = seen[0]
    assert response.status_code == 503
    assert response.connection_lost is True  # type: ignore[attr-defined]
    assert handler500(request).status_code == 500


def test_waiting_for_a_connection_is_not_a_lost_one() -> None:
    error = OperationalError("no connection in time")
    error.__cause__ = PoolTimeout("x")
    response = error_pages.failed(RequestFactory().get("/"), error)
    assert response.status_code == 503
    assert not hasattr(response, "connection_lost")
