"""`make setup`: what is missing is installed; what is there is left alone."""

from pathlib import Path

from tools.stack import apt, chromium, instance, machine, node_env, python_env, say
from tools.stack.locks import lock
from tools.stack.needs import all_needs, missing
from tools.stack.paths import Layout, ignored_dir


def packages(layout: Layout, *, for_tests: bool) -> None:
    """The system packages only."""
    release = machine.os_release()
    given = instance.external()
    needs = all_needs(release, database=not given.database, broker=not given.queue)
    if for_tests:
        needs += chromium.need(layout, release)
    apt.provide(missing(needs))


def setup(layout: Layout, *, for_tests: bool, purpose: str) -> Path | None:
    """Everything that the other commands need. Returns the browser when it is for tests."""
    ignored_dir(layout.var)
    with lock(layout.var / "setup.lock", purpose, wait=True):
        packages(layout, for_tests=for_tests)
        if not (layout.root / "uv.lock").exists():
            raise say.StackError("uv.lock is missing: this is not a whole checkout.")
        python_env.ensure(layout)
        node_env.ensure(layout)
        return chromium.ensure(layout) if for_tests else None
