"""Keeps a few children, notices when one dies, and stops them in the reverse order of their start."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from tools.stack import procs, say
from tools.stack.users import ServiceUser

STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TAIL_LINES = 25


class Interrupted(BaseException):
    """A signal asked us to stop. Not an Exception: nothing on the way may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True)
class Spec:
    """A child: what to run, as whom, and how it likes to be stopped."""

    name: str
    args: Sequence[str | Path]
    env: Mapping[str, str]
    cwd: Path
    log: Path
    user: ServiceUser | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10.0


class Supervisor:
    """A context: leaving it, in whatever way, stops every child that was started in it."""

    def __init__(self) -> None:
        self.children: list[tuple[Spec, subprocess.Popen[bytes]]] = []
        self.stopping = False
        self._hurry = False
        self._before: dict[signal.Signals, signal.Handlers | int | None] = {}

    def __enter__(self) -> Self:
        """Take over the stopping signals."""
        self._before = {s: signal.signal(s, self._on_signal) for s in STOPPERS}  # type: ignore[misc]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop all children, last started first, and give the signals back."""
        self.stopping = True
        self.stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.stopping:
            self._hurry = True  # asked twice: wait no longer
            return
        self.stopping = True
        raise Interrupted(number)

    def start(self, spec: Spec) -> subprocess.Popen[bytes]:
        """Start a child; its output is added to its log file."""
        spec.log.parent.mkdir(parents=True, exist_ok=True)
        with spec.log.open("ab") as log:
            process = procs.spawn(
                spec.args,
                env=spec.env,
                cwd=spec.cwd,
                user=spec.user,
                output=log.fileno(),
                merge=True,
                death_signal=spec.stop_signal,
            )
        self.children.append((spec, process))
        return process

    def check(self) -> None:
        """Raise, with the tail of its log, when a child has ended by itself."""
        for spec, process in self.children:
            if procs.has_ended(process):
                code = procs.end(process, grace=0)
                raise say.StackError(
                    f"{spec.name} ended by itself (exit code {code}). The end of {spec.log}:\n{tail(spec.log)}"
                )

    def run(self, args: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> int:
        """Run something to its end while watching the children. Returns its exit code."""
        process = procs.spawn(args, env=env, cwd=cwd)
        try:
            while not procs.has_ended(process):
                self.check()
                time.sleep(0.05)
        finally:
            code = procs.end(process, grace=10, hurry=lambda: self._hurry)
        return code

    def pause(self, seconds: float) -> None:
        """Wait while watching the children."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.check()
            time.sleep(0.1)

    def stop(self, *, keep: int = 0) -> None:
        """Stop the children, last started first, but for the first `keep` of them."""
        while len(self.children) > keep:
            spec, process = self.children[-1]
            procs.end(process, grace=spec.grace, first=spec.stop_signal, hurry=lambda: self._hurry)
            self.children.pop()


def tail(path: Path) -> str:
    """The last lines of a log."""
    with contextlib.suppress(OSError):
        size = path.stat().st_size
        with path.open("rb") as log:
            log.seek(max(0, size - 64_000))
            lines = log.read().decode("utf-8", errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])
    return "    (no log)"


def stop_when_make_ends() -> None:
    """Under make: be told when make itself is killed, so that nothing we started outlives it."""
    if os.environ.get("MAKELEVEL"):
        procs.stop_with(os.getppid())
