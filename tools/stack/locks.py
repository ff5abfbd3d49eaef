"""One make at a time per piece of state. The kernel drops the lock with its holder, however that ends."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tools.stack import say


def _holder(handle: IO[str]) -> str:
    handle.seek(0)
    return handle.read().strip() or "another command"


@contextlib.contextmanager
def lock(path: Path, purpose: str, *, wait: bool) -> Iterator[None]:
    """Hold the lock file. If it is taken: wait for it and say so, or refuse with the holder's name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise say.StackError(
                    f"{_holder(handle)} is using this already. Wait for it to end, or stop it.", say.BUSY
                ) from None
            say.note(f"waiting for {_holder(handle)}")
            _wait(handle)
        handle.seek(0)
        handle.truncate()
        handle.write(f"`make {purpose}` (pid {os.getpid()})")
        handle.flush()
        yield


def _wait(handle: IO[str]) -> None:
    # Polled, not blocked: a signal must still be able to stop us.
    while True:
        time.sleep(0.2)
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
