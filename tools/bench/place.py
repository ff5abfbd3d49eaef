"""A database and a queue of the bench's own: made at the start, gone at the end, whatever happens between."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import dj_database_url
import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
_WAIT_S = 10.0


@contextmanager
def place(*, database_url: str, redis_url: str) -> Iterator[dict[str, str]]:
    """The environment of all that the bench runs: a new database beside the given one, a queue, a folder for files."""
    folder = tempfile.TemporaryDirectory(prefix="bench-")
    with own_database(database_url) as own, own_redis(redis_url) as queue, folder as files:
        yield {
            **os.environ,
            "PARVANEH_VAR": files,
            "DATABASE_URL": own,
            "REDIS_URL": queue,
            "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
            "CALLS_PER_MINUTE": "0",
            "CALLS_PER_MINUTE_HOT": "0",
            "LOG_LEVEL": "WARNING",
        }


@contextmanager
def own_database(url: str) -> Iterator[str]:
    """URL of a new database on the same cluster, dropped at the end."""
    name = f"parvaneh_bench_{os.getpid()}"
    with psycopg.connect(**conninfo(url), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(**conninfo(url), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def own_redis(fallback: str) -> Iterator[str]:
    """URL of a Redis of our own on a socket; the given one when no redis-server is installed."""
    program = shutil.which("redis-server")
    if program is None:
        yield fallback
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        socket = Path(folder) / "redis.sock"
        words = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder, "--logfile", "/dev/null"]
        server = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
        try:
            _wait_for(socket)
            yield f"unix://{socket}?db=0"
        finally:
            stop(server)


def conninfo(url: str) -> dict[str, Any]:
    """Keyword arguments of psycopg.connect for a database URL."""
    parsed = dj_database_url.parse(url)
    pairs = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {key: parsed[name] for key, name in pairs.items() if parsed.get(name)}  # type: ignore[literal-required]


def manage(env: Mapping[str, str], *words: str) -> None:
    """Run a manage.py command, its output on ours. Raises CalledProcessError."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=dict(env), check=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process we started, gently first."""
    process.terminate()
    try:
        process.wait(_WAIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(socket: Path) -> None:
    until = time.monotonic() + _WAIT_S
    while not socket.exists():
        if time.monotonic() > until:
            raise TimeoutError(f"redis-server made no socket at {socket}")
        time.sleep(0.02)
