"""How the application itself is run: its environment, its commands, its web server, its worker and its clock."""

import os
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.stack import say
from tools.stack.instance import Addresses
from tools.stack.paths import Layout
from tools.stack.ports import LOOPBACK
from tools.stack.supervisor import Spec, Supervisor

WEB_WORKERS = "2"
SERVING = ("--blocking-threads", "4", "--no-ws")  # threads stay below the size of the database pool


def app_env(layout: Layout, addresses: Addresses, mode: str) -> dict[str, str]:
    """The environment of every process of the application."""
    env = {"LANG": "C.UTF-8", **os.environ, **addresses.env(), "PARVANEH_MODE": mode}
    env["PATH"] = f"{layout.venv / 'bin'}{os.pathsep}{os.environ['PATH']}"
    env |= {"DJANGO_SETTINGS_MODULE": "apps.config.settings", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    env.pop("MAKEFLAGS", None)
    env.pop("MAKELEVEL", None)
    return env


def manage(layout: Layout, *words: str) -> list[str | Path]:
    """A manage.py command line."""
    return [layout.python, layout.root / "manage.py", *words]


def require_manage(layout: Layout, supervisor: Supervisor, env: dict[str, str], *words: str) -> None:
    """Run a manage.py command while watching the children; a failure ends us."""
    code = supervisor.run(manage(layout, *words), env=env, cwd=layout.root)
    if code != 0:
        raise say.StackError(f"`manage.py {' '.join(words)}` failed with exit code {code} (see above).")


def start_worker(layout: Layout, supervisor: Supervisor, env: dict[str, str], name: str) -> None:
    """Start a Celery worker with as many processes as there are processors, four at most."""
    size = str(max(2, min(4, os.cpu_count() or 1)))
    words = ["worker", "--concurrency", size, "--loglevel", "INFO", "--hostname", f"{name}@%h"]
    supervisor.start(
        Spec(
            name="worker",
            args=[layout.python, "-m", "celery", "-A", "apps.config.celery", *words],
            env=env,
            cwd=layout.root,
            log=layout.logs / f"{name}-worker.log",
            grace=20,
        )
    )


def start_beat(layout: Layout, supervisor: Supervisor, env: dict[str, str], name: str) -> None:
    """Start the clock of the queue: what is due at an hour of the day or every so often."""
    words: list[str | Path] = ["beat", "--loglevel", "INFO", "--schedule", layout.var / f"{name}-beat", "--pidfile", ""]
    supervisor.start(
        Spec(
            name="beat",
            args=[layout.python, "-m", "celery", "-A", "apps.config.celery", *words],
            env=env,
            cwd=layout.root,
            log=layout.logs / f"{name}-beat.log",
        )
    )


def start_web(layout: Layout, supervisor: Supervisor, env: dict[str, str], name: str, port: int) -> str:
    """Start the web server on loopback and wait until it says it is healthy. Returns its address."""
    listen = ["--interface", "wsgi", "--host", LOOPBACK, "--port", str(port), "--workers", WEB_WORKERS]
    supervisor.start(
        Spec(
            name="web",
            args=[layout.python, "-m", "granian", *listen, *SERVING, "apps.config.wsgi:application"],
            env=env,
            cwd=layout.root,
            log=layout.logs / f"{name}-web.log",
        )
    )
    url = f"http://{LOOPBACK}:{port}"
    deadline = time.monotonic() + 90
    while (found := health(url)) != "200":
        if time.monotonic() > deadline:
            log = layout.logs / f"{name}-web.log"
            raise say.StackError(f"{url}/healthz does not answer 200 but: {found}. See {log}.")
        supervisor.pause(0.2)
    return url


def health(url: str) -> str:
    """What /healthz answers: a status code, or why there is none."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy has no place on loopback
    try:
        with opener.open(f"{url}/healthz", timeout=5) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except OSError as error:
        return str(error)
