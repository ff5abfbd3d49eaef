"""Which loopback port the web server takes."""

import os
import socket

from tools.stack.say import USAGE, StackError

LOOPBACK = "127.0.0.1"
FIRST = 8000
HIGHEST = 65535


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def any_free() -> int:
    """A free port of the kernel's choice."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def choose(wanted: str | None) -> int:
    """The port the user asked for (an error if it is taken), else the first free one from 8000."""
    if not wanted:
        return next((p for p in range(FIRST, FIRST + 100) if is_free(p)), None) or any_free()
    if not wanted.isdecimal() or not 0 < int(wanted) <= HIGHEST:
        raise StackError(f"PORT={wanted} is not a port number.", USAGE)
    if not is_free(int(wanted)):
        raise StackError(f"Port {wanted} is taken; leave PORT out and a free one is chosen.", USAGE)
    return int(wanted)


def from_environment() -> int:
    """`choose`, with PORT of the environment."""
    return choose(os.environ.get("PORT"))
