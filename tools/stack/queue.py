"""A private Redis: unprivileged, on a Unix socket in a 0700 directory, no TCP."""

import contextlib
import os
import shutil
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from tools.stack import procs, say
from tools.stack.supervisor import Spec, Supervisor, tail
from tools.stack.users import ServiceUser

PROGRAMS = ("redis-server", "valkey-server")


@dataclass(frozen=True)
class Queue:
    """Where a private Redis lives. `durable` writes its content on stopping."""

    data: Path
    sockets: Path
    log: Path
    user: ServiceUser
    durable: bool

    @property
    def socket(self) -> Path:
        """Its Unix socket."""
        return self.sockets / "redis.sock"

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"unix://{self.socket}?db=0"


def find_server() -> str | None:
    """The path of an installed Redis (or Valkey)."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def arguments(queue: Queue) -> list[str]:
    """Options for the server. No configuration file: nothing of the machine's own Redis is read."""
    options = {
        "port": "0",
        "unixsocket": str(queue.socket),
        "unixsocketperm": "700",
        "dir": str(queue.data),
        "pidfile": str(queue.data / "redis.pid"),
        "save": "300 1" if queue.durable else "",
        "appendonly": "no",
        "daemonize": "no",
        "databases": "4",
    }
    return [word for key, value in options.items() for word in (f"--{key}", value)]


def clear_leftovers(queue: Queue) -> None:
    """After a kill -9: stop a server that still works in our directory; its socket file goes in any case."""
    with contextlib.suppress(OSError, ValueError):
        pid = int((queue.data / "redis.pid").read_text(encoding="ascii"))
        if procs.alive(pid) and procs.works_in(pid, queue.data):
            say.note(f"stopping the Redis of an earlier run (pid {pid})")
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + 10
            while procs.alive(pid) and time.monotonic() < deadline:
                time.sleep(0.05)
    for path in (queue.data / "redis.pid", queue.socket):
        path.unlink(missing_ok=True)


def start(queue: Queue, supervisor: Supervisor) -> None:
    """Start it as a child and wait until it answers."""
    program = find_server()
    if program is None:
        raise say.StackError("No redis-server is installed; run `make setup`.")
    clear_leftovers(queue)
    supervisor.start(
        Spec(
            name="redis",
            args=[program, *arguments(queue)],
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            cwd=Path("/"),
            log=queue.log,
            user=queue.user,
        )
    )
    deadline = time.monotonic() + 30
    while not answers(queue.socket):
        if time.monotonic() > deadline:
            raise say.StackError(f"Redis does not answer. The end of {queue.log}:\n{tail(queue.log)}")
        supervisor.pause(0.1)


def answers(path: Path) -> bool:
    """Whether the server on this socket says PONG."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
