"""Another city beside the one of this test run: its own process, its own database, made and dropped here."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings

ROOT = Path(__file__).parents[1]


@contextmanager
def own_database(name: str) -> Iterator[dict[str, str]]:
    """An empty database; gives the environment in which programs find it. Dropped at the end."""
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield environment(name)
    finally:
        drop_database(name)


def drop_database(name: str) -> None:
    """Drop it, if it is there."""
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def environment(name: str) -> dict[str, str]:
    """This process's environment, turned to another database of the same server (libpq's variables and ours)."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COV_", "COVERAGE_", "PYTEST_"))}
    return kept | libpq() | {"DATABASE_URL": f"postgis:///{name}", "PARVANEH_MODE": "test", "PYTHONPATH": str(ROOT)}


def libpq() -> dict[str, str]:
    """PGHOST, PGPORT, PGUSER, PGPASSWORD of the server of this test run."""
    own: Mapping[str, object] = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    return {variable: str(own[key]) for variable, key in names.items() if own.get(key)}


def _server() -> "psycopg.Connection[tuple[object, ...]]":
    told = {name.removeprefix("PG").lower(): value for name, value in libpq().items()}
    return psycopg.connect(dbname="postgres", autocommit=True, **told)
