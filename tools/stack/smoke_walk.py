"""The walk of `make smoke`: what a citizen's browser would do, by plain HTTP."""

from tools.stack.paths import Layout


def walk(layout: Layout, url: str, env: dict[str, str]) -> dict[str, object]:
    """To come."""
    return {"ok": False}
