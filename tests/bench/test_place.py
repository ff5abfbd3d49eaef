"""The bench's own database and queue are there during the run and gone after it, also after a failure."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from tools.bench.place import conninfo, own_database, own_redis, place

URL = os.environ["DATABASE_URL"]


def databases() -> set[str]:
    with psycopg.connect(**conninfo(URL)) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


def test_the_database_is_dropped_although_someone_is_still_connected() -> None:
    with own_database(URL) as url:
        name = urlsplit(url).path.removeprefix("/")
        assert name in databases()
        left_open = psycopg.connect(**conninfo(url))
    assert name not in databases()
    left_open.close()


def test_a_failure_leaves_nothing_either() -> None:
    before = databases()
    with pytest.raises(RuntimeError, match="in the middle"), own_database(URL):
        raise RuntimeError("in the middle")
    assert databases() == before


def test_the_queue_is_empty_and_ends_with_the_bench() -> None:
    with own_redis("unused") as url:
        client = redis.Redis.from_url(url)
        assert client.dbsize() == 0
        socket = Path(urlsplit(url).path)
        assert socket.exists()
        client.close()
    assert not socket.exists()


def test_without_redis_server_the_given_queue_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with own_redis("redis://given") as url:
        assert url == "redis://given"


def test_the_environment_counts_no_calls_and_names_the_own_database() -> None:
    with place(database_url=URL, redis_url="redis://given") as env:
        assert env["CALLS_PER_MINUTE_HOT"] == env["CALLS_PER_MINUTE"] == "0"
        assert env["DATABASE_URL"] != URL
        assert conninfo(env["DATABASE_URL"])["host"] == conninfo(URL)["host"]
        files = Path(env["PARVANEH_VAR"])
        (files / "cities").mkdir()
    assert not files.exists()
