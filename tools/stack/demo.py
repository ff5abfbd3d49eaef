"""`make demo`: the whole platform on this machine, until Ctrl-C."""

import os
import sys
import time

from tools.stack import ports, say
from tools.stack.application import app_env, health, require_manage, start_beat, start_web, start_worker
from tools.stack.instance import running
from tools.stack.oidc import start_stub
from tools.stack.paths import Layout
from tools.stack.setup import setup
from tools.stack.supervisor import Interrupted, Supervisor

STATUS_EVERY = 60.0


def demo(layout: Layout, supervisor: Supervisor) -> int:
    """Set up, start, build the city, serve. Ends with 0 when it is asked to stop after it was up."""
    port = ports.from_environment()  # a wrong PORT is told before the long steps
    setup(layout, for_tests=False, purpose="demo")
    say.step("starting the database and the queue")
    with running(layout, "demo", supervisor, durable=True, purpose="demo") as addresses:
        env = app_env(layout, addresses, "demo")
        _build(layout, supervisor, env)
        env |= start_stub(layout, supervisor, env)
        start_beat(layout, supervisor, env, "demo")
        say.step("starting the web server")
        url = start_web(layout, supervisor, env, "demo", port if ports.is_free(port) else ports.from_environment())
        print(f"\nParvaneh is at {url}\n", flush=True)
        require_manage(layout, supervisor, env, "demo_accounts")
        print("\nStop with Ctrl-C.", flush=True)
        try:
            _stay(supervisor, url)
        except Interrupted:
            say.step("stopping")
    say.note("stopped")
    return 0


def _build(layout: Layout, supervisor: Supervisor, env: dict[str, str]) -> None:
    say.step("bringing the database to the current schema")
    require_manage(layout, supervisor, env, "migrate", "--verbosity", "0")
    start_worker(layout, supervisor, env, "demo")
    parcels = os.environ.get("PARCELS") or "12000"
    say.step(f"building the demo city ({parcels} parcels; nothing to do when it is there)")
    require_manage(layout, supervisor, env, "build_demo", "--parcels", parcels)


def _stay(supervisor: Supervisor, url: str) -> None:
    began = time.monotonic()
    while True:
        supervisor.pause(STATUS_EVERY)
        asked = time.monotonic()
        answer = health(url)
        took = (time.monotonic() - asked) * 1000
        print(f"up {say.elapsed(began)} · health {answer} in {took:.0f} ms", file=sys.stderr, flush=True)
