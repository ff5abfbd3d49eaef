"""A virus scanner that answers, finds, refuses, hangs up or is not there. The scanner here speaks clamd's protocol."""

import io
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from apps.cases.files import scanning
from apps.cases.files.scanning import Scan, ScanState, scan
from apps.common.errors import UnavailableError

# In pieces, so that no scanner takes this very file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
MOST = 200_000


class Scanner(socketserver.StreamRequestHandler):
    """INSTREAM: chunks with their length before them, a zero length at the end, then one line of answer."""

    def handle(self) -> None:
        assert self.rfile.readline() == b"nINSTREAM\n"
        body = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            body += self.rfile.read(size)
            if len(body) > MOST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\n")
                return
        if body == b"hang up":
            return
        self.wfile.write(self.answer(body))

    @staticmethod
    def answer(body: bytes) -> bytes:
        if EICAR in body:
            return b"stream: Eicar-Test-Signature FOUND\n"
        return {b"strange": b"what?\n", b"fault": b"stream: Can't read ERROR\n"}.get(body, b"stream: OK\n")


def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["address", "socket"])
def scanner(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[None]:
    if request.param == "socket":
        settings.CLAMD = str(tmp_path / "clamd")
        server: socketserver.BaseServer = socketserver.ThreadingUnixStreamServer(settings.CLAMD, Scanner)
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner)
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
    yield from serving(server)


def scanned(body: bytes) -> Scan:
    file = io.BytesIO(body)
    file.seek(3)
    said = scan(file)
    assert file.tell() == 0
    return said


def test_clean_and_infected(scanner: None) -> None:
    assert scanned(b"x" * 150_000) == Scan(ScanState.CLEAN)
    assert scanned(b"%PDF-" + EICAR) == Scan(ScanState.INFECTED, "Eicar-Test-Signature")


@pytest.mark.parametrize("body", [b"strange", b"hang up", b"fault", b"x" * (MOST + 300_000)])
def test_no_answer_is_never_clean(scanner: None, body: bytes) -> None:
    said = scanned(body)
    assert said.state is ScanState.NOT_SCANNED
    assert said.found


def test_without_a_scanner_it_is_plainly_unscanned(settings: Settings) -> None:
    settings.CLAMD = ""
    assert scanned(EICAR).state is ScanState.UNSCANNED


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/no/such/socket", "127.0.0.1:port", "nonsense"])
def test_a_scanner_that_is_not_there(settings: Settings, address: str) -> None:
    settings.CLAMD = address
    assert scanned(b"x").state is ScanState.NOT_SCANNED


def test_a_scanner_that_says_nothing_is_not_waited_for_long(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMD = f"127.0.0.1:{silent.getsockname()[1]}"
        assert scanned(b"x").state is ScanState.NOT_SCANNED


@pytest.mark.parametrize("address", ["", "127.0.0.1:1"])
def test_where_scanning_is_required_no_answer_takes_no_file(settings: Settings, address: str) -> None:
    settings.CLAMD, settings.SCAN_REQUIRED = address, True
    with pytest.raises(UnavailableError, match="no file is taken without it"):
        scanned(b"x")


def test_where_scanning_is_required_an_answer_is_enough(settings: Settings, scanner: None) -> None:
    settings.SCAN_REQUIRED = True
    assert scanned(b"x").state is ScanState.CLEAN
    assert scanned(EICAR).state is ScanState.INFECTED
