"""`make clean-state`: forget the private databases and queues of this checkout."""

import os
import shutil
import sys

from tools.stack import instance, say
from tools.stack.paths import Layout
from tools.stack.supervisor import Supervisor


def clean_state(layout: Layout, _supervisor: Supervisor) -> int:
    """Ask, then remove. YES=1 answers beforehand. What DATABASE_URL points to is never touched."""
    present = [n for n in instance.NAMES if (layout.var / n).exists() or instance.pointer(layout, n).exists()]
    media = layout.var / "media"
    if not present and not media.exists():
        say.note("there is no private state")
        return 0
    places = [str(instance.recorded(layout, n) or layout.var / n) for n in present]
    places += [str(media)] if media.exists() else []
    if not _confirmed(places):
        say.note("nothing removed")
        return say.FAILED
    for name in present:
        instance.remove(layout, name, purpose="clean-state")
    shutil.rmtree(media, ignore_errors=True)
    say.note("removed")
    return 0


def _confirmed(places: list[str]) -> bool:
    print("This removes, with all they hold:", *places, sep="\n    ", file=sys.stderr)
    if os.environ.get("YES") == "1":
        return True
    if not sys.stdin.isatty():
        say.note("say YES=1 to do so without being asked")
        return False
    print("Remove them? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
