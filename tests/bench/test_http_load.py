"""The load generator against a tiny server: it counts what came, keeps connections, and refuses wrong answers."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest

from tools.bench.http_load import WrongAnswerError, run_for, run_once

BODIES = {"/a": b"12345", "/b": b"", "/c": b"x" * 70_000}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []
    peers: ClassVar[set[tuple[str, int]]] = set()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.peers.add(self.client_address)
        body = BODIES.get(self.path)
        self.send_response(200 if body is not None else 404)
        if self.path != "/chunked":
            self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    Handler.asked.clear()
    Handler.peers.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def test_each_path_once_in_order(port: int) -> None:
    load = run_once(port, ["/a", "/b", "/c", "/a"])
    assert Handler.asked == ["/a", "/b", "/c", "/a"]
    assert load.sizes == (5, 0, 70_000, 5)
    assert len(load.latencies) == 4
    assert len(Handler.peers) == 1


def test_each_path_once_over_several_connections(port: int) -> None:
    run_once(port, ["/a"] * 20, connections=4)
    assert len(Handler.asked) == 20


def test_for_a_while_every_answer_is_counted_and_connections_are_kept(port: int) -> None:
    load = run_for(port, ["/a", "/b"], seconds=0.3, connections=3)
    assert len(load.latencies) == len(Handler.asked) > 3
    assert set(Handler.asked) == {"/a", "/b"}
    assert len(Handler.peers) == 3
    assert min(load.latencies) <= load.p50 <= max(load.latencies)


def test_a_wrong_answer_ends_the_measurement(port: int) -> None:
    with pytest.raises(WrongAnswerError, match=r"/gone.*404"):
        run_once(port, ["/a", "/gone"])


def test_an_answer_without_its_length_is_refused(port: int) -> None:
    BODIES["/chunked"] = b"abc"
    try:
        with pytest.raises(WrongAnswerError, match="Content-Length"):
            run_once(port, ["/chunked"])
    finally:
        del BODIES["/chunked"]
