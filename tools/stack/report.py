"""Runs the steps of a test run one after another, times them, and closes with a table."""

import os
import re
import selectors
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.stack import procs, say
from tools.stack.supervisor import Supervisor

CLOSING = re.compile(
    r"^=+ (?P<counts>.*\b(?:passed|failed|errors?|skipped|no tests ran)\b.*) in (?P<time>[\d.]+)s.*=+$"
)
COUNT = re.compile(r"(\d+) (passed|failed|error|skipped|deselected|xfailed|xpassed|warning)s?")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Step:
    """One thing to run, and what it needs in its environment besides the rest."""

    name: str
    args: Sequence[str | Path]
    extra_env: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Report:
    """The results so far."""

    supervisor: Supervisor
    env: Mapping[str, str]
    cwd: Path
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    closings: list[str] = field(default_factory=list)
    failed: bool = False

    def run(self, step: Step) -> None:
        """Run a step with its output shown; remember its result, its time and pytest's closing line."""
        say.step(step.name)
        began = time.monotonic()
        process = procs.spawn(
            step.args, env={**self.env, **step.extra_env}, cwd=self.cwd, output=subprocess.PIPE, merge=True
        )
        try:
            closing = _relay(process, self.supervisor)
        finally:
            code = procs.end(process, grace=15)
        self.failed = self.failed or code != 0
        self.rows.append((step.name, "ok" if code == 0 else f"failed ({code})", say.elapsed(began)))
        self.closings += [closing] if closing else []

    def run_all(self, steps: Sequence[Step], *, stop_at_failure: bool) -> None:
        """Run steps in order; after a failure the rest may be left out, and the table says so."""
        for step in steps:
            if self.failed and stop_at_failure:
                self.rows.append((step.name, "not run", ""))
            else:
                self.run(step)

    def close(self) -> int:
        """Print the table, then pytest's closing lines and, if there were several, their sum. Returns the exit code."""
        width = max((len(name) for name, _, _ in self.rows), default=0)
        print()
        for name, result, took in self.rows:
            print(f"  {name:<{width}}  {result:<12} {took:>8}")
        print(f"  {'all' if not self.failed else 'FAILED':<{width}}  {'':<12} {say.elapsed(say.STARTED):>8}\n")
        for line in self.closings:
            print(line)
        if len(self.closings) > 1:
            print(total(self.closings))
        sys.stdout.flush()
        return 1 if self.failed else 0


def total(closings: Sequence[str]) -> str:
    """Several closing lines of pytest as one, in its own form."""
    counts: Counter[str] = Counter()
    seconds = 0.0
    for line in closings:
        found = CLOSING.match(line)
        if found is not None:
            seconds += float(found["time"])
            counts.update({word: int(number) for number, word in COUNT.findall(found["counts"])})
    words = ", ".join(
        f"{n} {word}{'s' if word in {'error', 'warning'} and n > 1 else ''}" for word, n in counts.items()
    )
    return f"=== {words} in {seconds:.2f}s ==="


def _relay(process: subprocess.Popen[bytes], supervisor: Supervisor) -> str:
    """Copy a process's output to ours until it ends; return the last line that closes a pytest run."""
    assert process.stdout is not None  # noqa: S101 - it was started with a pipe
    closing, rest = "", b""
    with selectors.DefaultSelector() as selector, process.stdout:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            ready = selector.select(timeout=0.2)
            supervisor.check()
            chunk = os.read(process.stdout.fileno(), 65_536) if ready else b""
            if not chunk and (ready or procs.has_ended(process)):
                return closing
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            *lines, rest = (rest + chunk).split(b"\n")
            closing = next(filter(None, map(closing_line, reversed(lines))), closing)


def closing_line(line: bytes) -> str:
    """The line, without colours, if it is one with which pytest closes; else nothing."""
    text = COLOUR.sub("", line.decode("utf-8", errors="replace")).strip()
    return text if CLOSING.match(text) else ""
