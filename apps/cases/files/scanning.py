"""Asking a virus scanner, where there is one: a ClamAV daemon (settings.CLAMD = "host:port" or a socket's path).

Nothing is called clean that no scanner called clean. Without a scanner a file is UNSCANNED; when the scanner fails
it is NOT_SCANNED, with the reason, and is asked again later (decision 0028).
"""

import socket
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

import clamd
from django.conf import settings

from apps.common.errors import UnavailableError

SECONDS = 60


class ScanState(StrEnum):
    """What is known about viruses in a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNED = "unscanned"  # no scanner is set up
    NOT_SCANNED = "failed"  # the scanner did not answer, or could not read it


@dataclass(frozen=True, slots=True)
class Scan:
    """The state; `found`: the virus's name, or why there is no answer."""

    state: ScanState
    found: str = ""


class _WholeSocket(socket.socket):
    """A socket whose `send` sends all: the client does not look at how much went."""

    def send(self, data: bytes, flags: int = 0) -> int:  # type: ignore[override]
        """All of it, or an error."""
        self.sendall(data, flags)
        return len(data)


class _Client(clamd.ClamdNetworkSocket):  # type: ignore[misc]
    """The library's client with a time limit on connecting too, over either kind of socket."""

    def __init__(self, address: str) -> None:
        self.address = address

    def _init_socket(self) -> None:
        host, _, port = self.address.rpartition(":")
        local = self.address.startswith("/")
        self.clamd_socket = _WholeSocket(socket.AF_UNIX if local else socket.AF_INET, socket.SOCK_STREAM)
        self.clamd_socket.settimeout(SECONDS)
        self.clamd_socket.connect(self.address if local else (host, int(port)))


def scan(file: IO[bytes]) -> Scan:
    """What the scanner says of the file. Leaves it at its start.

    Raises UnavailableError when settings.SCAN_REQUIRED and there is no answer: the file is not taken then.
    """
    said = _asked(file) if settings.CLAMD else Scan(ScanState.UNSCANNED, "no scanner is set up")
    file.seek(0)
    if settings.SCAN_REQUIRED and said.state not in (ScanState.CLEAN, ScanState.INFECTED):
        raise UnavailableError(
            fa="ویروس‌یاب اکنون پاسخ نمی‌دهد و بدون آن فایل پذیرفته نمی‌شود. چیزی ذخیره نشد؛ "
            "چند دقیقهٔ دیگر دوباره بفرستید.",
            en="The virus scanner does not answer now, and no file is taken without it. Nothing was saved; send it "
            "again in some minutes.",
        )
    return said


def _asked(file: IO[bytes]) -> Scan:
    file.seek(0)
    try:
        answer = _Client(settings.CLAMD).instream(file)
    except (clamd.ClamdError, OSError, ValueError) as error:
        return Scan(ScanState.NOT_SCANNED, (str(error) or type(error).__name__)[:200])
    state, found = (answer or {}).get("stream", ("", None))
    if state == "OK":
        return Scan(ScanState.CLEAN)
    if state == "FOUND":
        return Scan(ScanState.INFECTED, str(found)[:200])
    return Scan(ScanState.NOT_SCANNED, f"answer not understood: {answer}"[:200])
