"""`make bench`: the measurements, on a database and queue of their own with the demo's settings."""

from tools.stack.application import app_env
from tools.stack.instance import running
from tools.stack.paths import Layout
from tools.stack.setup import setup
from tools.stack.supervisor import Supervisor


def bench(layout: Layout, supervisor: Supervisor) -> int:
    """Run tools.bench; its exit code is ours."""
    setup(layout, for_tests=False, purpose="bench")
    with running(layout, "bench", supervisor, durable=True, purpose="bench") as addresses:
        env = app_env(layout, addresses, "demo")
        return supervisor.run([layout.python, "-m", "tools.bench"], env=env, cwd=layout.root)
