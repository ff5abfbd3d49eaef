"""`make smoke`: a small city in a database of its own, one request walked over HTTP, one line of JSON."""

import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from tools.stack import instance, ports, say, smoke_walk
from tools.stack.application import app_env, require_manage, start_web, start_worker
from tools.stack.instance import Addresses, running
from tools.stack.paths import Layout
from tools.stack.setup import setup
from tools.stack.supervisor import Supervisor

NAME = "smoke"
PARCELS = "2000"


def smoke(layout: Layout, supervisor: Supervisor) -> int:
    """Exit code 0 only if all that was seen was right; nothing stays, neither process nor database."""
    setup(layout, for_tests=False, purpose=NAME)
    files = Path(mkdtemp(prefix="parvaneh-smoke-"))
    given = instance.external()
    try:
        say.step("starting a database and a queue for one walk")
        with running(layout, NAME, supervisor, durable=False, purpose=NAME) as found:
            if given.database:
                with _fresh_database(layout, supervisor, found) as addresses:
                    seen = _walk(layout, supervisor, addresses, files)
            else:
                seen = _walk(layout, supervisor, found, files)
    finally:
        shutil.rmtree(files, ignore_errors=True)
        if not (given.database and given.queue):
            instance.remove(layout, NAME, purpose=NAME)
    print(json.dumps(seen, ensure_ascii=False, sort_keys=True), flush=True)
    return 0 if seen["ok"] else say.FAILED


def _walk(layout: Layout, supervisor: Supervisor, addresses: Addresses, files: Path) -> dict[str, object]:
    env = app_env(layout, addresses, "demo") | {"PARVANEH_VAR": str(files)}
    first_child = len(supervisor.children)
    try:
        require_manage(layout, supervisor, env, "migrate", "--verbosity", "0")
        start_worker(layout, supervisor, env, NAME)
        say.step(f"building a city of {PARCELS} parcels")
        require_manage(layout, supervisor, env, "build_demo", "--parcels", PARCELS)
        url = start_web(layout, supervisor, env, NAME, ports.any_free())
        say.step("walking one request over HTTP")
        return smoke_walk.walk(layout, url, env)
    finally:
        supervisor.stop(keep=first_child)


@contextmanager
def _fresh_database(layout: Layout, supervisor: Supervisor, given: Addresses) -> Iterator[Addresses]:
    """In a server that the environment gives: a database of our own, dropped afterwards in any case."""
    name = f"parvaneh_smoke_{secrets.token_hex(4)}"
    server = given.database.replace("postgis://", "postgresql://", 1)
    _sql(layout, supervisor, server, f"CREATE DATABASE {name}")
    try:
        address, mark, options = server.partition("?")
        yield replace(given, database=f"{address.rpartition('/')[0]}/{name}{mark}{options}")
    finally:
        _sql(layout, supervisor, server, f"DROP DATABASE {name} WITH (FORCE)")


def _sql(layout: Layout, supervisor: Supervisor, server: str, statement: str) -> None:
    program = "import os, psycopg; psycopg.connect(os.environ['SERVER'], autocommit=True).execute(os.environ['SQL'])"
    env = {**os.environ, "SERVER": server, "SQL": statement}
    if supervisor.run([layout.python, "-c", program], env=env, cwd=layout.root) != 0:
        print(f"failed: {statement}", file=sys.stderr)
        raise say.StackError("The database server of DATABASE_URL did not do what was asked (see above).")
