"""The edge of the site: hot paths, limits, size, outages and recovery."""

import re

import psycopg
import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from apps.common.middleware import Edges
from tests.conftest import MakeParcel

EXTRACT = "/api/v1/parcels/3-2-14-5-0-0-0/extract?on=1404-09-01&known_at=2025-11-22T05:00:00Z"
NOWHERE = "unix:///nonexistent/redis.sock"


@pytest.fixture
def parcel(make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")


def kill_connections() -> int:
    """Ends every connection to the test database as a restart of the server would; their number."""
    config = django_settings.DATABASES["default"]
    with psycopg.connect(
        host=config["HOST"] or None,
        port=config["PORT"] or None,
        user=config["USER"] or None,
        password=config["PASSWORD"] or None,
        dbname=config["NAME"],
        autocommit=True,
    ) as own:
        rows = own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return len(rows)


# --- hot paths ------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("parcel")
def test_hot_path_is_the_same_for_everybody_and_touches_no_session(
    client: Client, signed_in: Client, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20) as captured:
        plain = client.get(EXTRACT)
        other = signed_in.get(EXTRACT, headers={"Accept-Language": "en", "Cookie": "django_language=en"})
    assert plain.status_code == 200
    assert plain.content == other.content
    assert not any(re.search("django_session|parties_person", q["sql"]) for q in captured.captured_queries)
    assert not plain.cookies
    assert "Cookie" not in plain.get("Vary", "")
    assert plain["X-Content-Type-Options"] == "nosniff"
    assert not hasattr(plain.wsgi_request, "session")


@pytest.mark.django_db
def test_other_paths_keep_the_whole_chain(client: Client) -> None:
    response = client.get("/api/v1/permit-kinds")
    assert hasattr(response.wsgi_request, "session")
    assert "geolocation=(self)" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/tiles/parcels/nokey/0/0/0.mvt", "/tiles/nothing", "/api/v1/parcels/a/b/extract"])
def test_errors_on_hot_paths_have_the_one_shape(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["message"]["fa"]


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("setting", "path"), [("CALLS_PER_MINUTE_HOT", "/tiles/x"), ("CALLS_PER_MINUTE", "/api/v1/x")])
def test_too_many_calls_from_one_address(settings: Settings, setting: str, path: str) -> None:
    setattr(settings, setting, 5)
    client = Client()
    answers = [client.get(path, REMOTE_ADDR="192.0.2.7") for _ in range(12)]
    statuses = [answer.status_code for answer in answers]
    assert statuses[:5] == [404] * 5
    assert 429 in statuses  # twelve do not fit into two minutes' worth either, should the minute turn meanwhile
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["error"]["code"] == "too_many_calls"
    assert client.get(path, REMOTE_ADDR="192.0.2.8").status_code == 404


def test_forwarded_addresses_do_not_escape_the_limit(settings: Settings) -> None:
    settings.CALLS_PER_MINUTE_HOT = 5
    client = Client()
    statuses = [client.get("/tiles/x", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(12)]
    assert 429 in statuses


def test_a_page_that_is_refused_is_a_page(settings: Settings) -> None:
    settings.CALLS_PER_MINUTE = 1
    client = Client()
    answers = [client.get("/nowhere/", headers={"Accept": "text/html"}) for _ in range(3)]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused["Content-Type"].startswith("text/html")


def test_probes_and_zero_are_not_counted(settings: Settings) -> None:
    settings.CALLS_PER_MINUTE = 1
    client = Client()
    assert [client.get("/healthz").status_code for _ in range(5)] == [200] * 5
    settings.CALLS_PER_MINUTE = 0
    assert [Client().get("/api/v1/x").status_code for _ in range(5)] == [404] * 5


# --- size and odd bytes -----------------------------------------------------------------------------


def test_large_bodies_are_refused_before_they_are_read(settings: Settings, client: Client) -> None:
    settings.MAX_REQUEST_BYTES = 1000
    for path in ("/account/login/", "/api/v1/requests", EXTRACT):
        response = client.post(
            path, "x" * 1001, content_type="application/json", headers={"Accept": "application/json"}
        )
        assert response.status_code == 413
        assert response.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize("path", ["/api/v1/parcels/%00/extract", "/search/?q=%00", "/requests/%00/", "/tiles/a%00/b"])
def test_nul_bytes(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.django_db
def test_a_wrong_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/parcels/3-2-14-5/request/", "/en/requests/PR-AAAA-BBBB-1/cancel/"])
def test_the_address_of_a_form_is_explained_when_it_is_opened_as_a_page(client: Client, path: str) -> None:
    response = client.get(path)
    text = str(response.content, "utf-8")
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "این نشانی صفحه‌ای برای دیدن ندارد" in text
    assert "This address is no page to look at" in text


def test_a_pool_soon_tries_again_after_an_outage(settings: Settings) -> None:
    """Its back-off doubles until it gives up; while it waits, every caller is refused though the database is back."""
    pool = settings.DATABASES["default"]["OPTIONS"]["pool"]
    assert pool["reconnect_timeout"] < pool["timeout"]


# --- outages ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_healthz_asks_nothing(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz", headers={"Host": "10.1.2.3"}).json() == {"ok": True}
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_readyz_tells_what_is_there(client: Client, settings: Settings) -> None:
    assert client.get("/readyz").json() == {
        "ready": True,
        "degraded": False,
        "parts": {"database": True, "redis": True},
    }
    settings.REDIS_URL = NOWHERE
    response = client.get("/readyz?worker=1")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "degraded": True,
        "parts": {"database": True, "redis": False, "worker": False},
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("parcel")
def test_the_database_restarts_and_readers_notice_nothing(signed_in: Client) -> None:
    before = signed_in.get(EXTRACT).content
    for path in (EXTRACT, "/api/v1/requests", EXTRACT):
        assert kill_connections() >= 1
        response = signed_in.get(path)
        assert response.status_code == 200, path
    assert signed_in.get(EXTRACT).content == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("parcel")
def test_writing_is_not_repeated_but_refused_and_works_again(signed_in: Client) -> None:
    body = '{"parcel": "3-2-14-5", "permit_kind": "NEW"}'
    signed_in.raise_request_exception = False
    kill_connections()
    refused = signed_in.post("/api/v1/requests", body, content_type="application/json")
    assert refused.status_code == 503
    assert refused["Retry-After"] == "5"
    assert refused.json()["error"]["code"] == "unavailable"
    assert signed_in.get("/api/v1/requests").json() == {"requests": []}
    assert signed_in.post("/api/v1/requests", body, content_type="application/json").status_code == 201


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("parcel")
@pytest.mark.parametrize(("path", "is_page"), [(EXTRACT, False), ("/api/v1/requests", False), ("/requests/", True)])
def test_without_a_database_there_is_a_clear_answer(
    signed_in: Client, settings: Settings, path: str, is_page: bool
) -> None:
    settings.RENEW_CONNECTIONS = ""
    signed_in.raise_request_exception = False
    signed_in.get("/api/v1/requests")
    kill_connections()
    response = signed_in.get(path, headers={"Accept": "text/html" if is_page else "*/*"})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "دسترس نیست" in response.content.decode()
    settings.RENEW_CONNECTIONS = "gis_layers.postgis_connections.renew"
    assert signed_in.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("parcel")
def test_without_redis_the_site_stands(client: Client, settings: Settings) -> None:
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": NOWHERE}}
    assert client.get(EXTRACT).status_code == 200
    assert client.get("/api/v1/layers").status_code == 200
    response = client.post("/account/login/", {"phone": "09120000001"})
    assert response.status_code == 302
    codes = [Client().post("/account/login/", {"phone": "09120000001"}).status_code for _ in range(4)]
    assert 429 in codes  # the limits still count, each process for itself


def test_the_chain_is_in_order() -> None:
    chain = django_settings.MIDDLEWARE
    assert chain[0] == "django.middleware.security.SecurityMiddleware"
    assert chain[1] == f"{Edges.__module__}.{Edges.__qualname__}"
    # The gate stands inside: it explains what it hid, the pages of errors get everything else.
    assert chain[-2:] == ["apps.common.middleware.ErrorPages", "apps.parties.office_gate.OfficeGate"]
