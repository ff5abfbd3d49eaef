"""What the commands tell their user. Progress goes to stderr, so that stdout stays for results."""

import sys
import time

STARTED = time.monotonic()
MINUTE = 60

FAILED, USAGE, NEEDS_ROOT, BUSY = 1, 2, 3, 4


class StackError(Exception):
    """A failure with a sentence for the user and an exit code; never shown as a stack trace."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


def step(text: str) -> None:
    """Announce a step that may take a while."""
    print(f"▸ {text}", file=sys.stderr, flush=True)


def note(text: str) -> None:
    """Say something below the current step."""
    print(f"  {text}", file=sys.stderr, flush=True)


def elapsed(since: float) -> str:
    """Time since a `time.monotonic()` value, for people."""
    seconds = time.monotonic() - since
    return f"{seconds:.1f} s" if seconds < 2 * MINUTE else f"{seconds / MINUTE:.0f} min"
