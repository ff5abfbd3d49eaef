"""The production server with the real application, on a free loopback port, as the stack starts it."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.bench.place import ROOT, stop

_SERVING = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning")
_WAIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Web:
    """A running server: its port and its process id."""

    port: int
    pid: int

    def get(self, path: str) -> bytes:
        """One GET over a connection of its own. Raises RuntimeError when it is not answered by 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
        return body

    def largest_worker_mb(self) -> float:
        """Resident memory of the largest process under the server, MB."""
        return max(_resident_kb(pid) for pid in (self.pid, *_children(self.pid))) / 1024


@contextmanager
def web(env: Mapping[str, str]) -> Iterator[Web]:
    """Start, wait until it is healthy, and stop at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port), *_SERVING]
    server = subprocess.Popen([*command, "apps.config.wsgi:application"], cwd=ROOT, env=dict(env))
    try:
        running = Web(port, server.pid)
        _wait(running, server)
        yield running
    finally:
        stop(server)


def _wait(running: Web, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            running.get("/healthz")
            return
        except OSError as error:
            if server.poll() is not None or time.monotonic() > until:
                raise TimeoutError("the web server did not start (see above)") from error
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    direct = [int(child) for task in tasks for child in task.read_text().split()]
    return direct + [grand for child in direct for grand in _children(child)]


def _resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
