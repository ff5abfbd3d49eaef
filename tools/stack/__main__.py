"""The command line: `python -m tools.stack COMMAND`, called by the Makefile."""

import os
import sys
from collections.abc import Callable

from tools.stack import bench, clean, demo, say, setup, smoke, testing
from tools.stack.paths import Layout
from tools.stack.supervisor import Interrupted, Supervisor, stop_when_make_ends

Command = Callable[[Layout, Supervisor], int]
INTERRUPTED = 128


def _setup(layout: Layout, _supervisor: Supervisor) -> int:
    setup.setup(layout, for_tests=False, purpose="setup")
    say.note(f"ready ({say.elapsed(say.STARTED)})")
    return 0


def _packages(layout: Layout, _supervisor: Supervisor) -> int:
    setup.packages(layout, for_tests=True)
    return 0


COMMANDS: dict[str, Command] = {
    "setup": _setup,
    "packages": _packages,
    "demo": demo.demo,
    "test": testing.test,
    "check": testing.check,
    "browser-test": testing.browser_test,
    "smoke": smoke.smoke,
    "bench": bench.bench,
    "clean-state": clean.clean_state,
}


def main(words: list[str]) -> int:
    """Run one command. Returns the exit code."""
    command = COMMANDS.get(words[0]) if len(words) == 1 else None
    if command is None:
        print(f"usage: python -m tools.stack {'|'.join(COMMANDS)}", file=sys.stderr)
        return say.USAGE
    _complete_environment()
    try:
        stop_when_make_ends()
        with Supervisor() as supervisor:
            return command(Layout(), supervisor)
    except Interrupted as signal_received:
        return INTERRUPTED + signal_received.number
    except say.StackError as error:
        print(f"\n✗ {error}", file=sys.stderr)
        return error.code


def _complete_environment() -> None:
    # An empty environment has neither the administrators' tools nor an encoding.
    os.environ["PATH"] = f"{os.environ.get('PATH') or os.defpath}:/usr/local/sbin:/usr/sbin:/sbin"
    os.environ.setdefault("LANG", "C.UTF-8")
    os.umask(0o022)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
