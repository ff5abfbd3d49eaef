"""The walk against a tiny stand-in for the platform, right and wrong."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tools.stack import smoke_walk
from tools.stack.paths import Layout

DIGEST = "sha256:" + "0" * 64
VALUE = {
    "code": "max_storeys",
    "headline": True,
    "outcome": "value",
    "value": 4,
    "reason": {"fa": "…"},
    "candidates": [{}],
}
EXTRACT: dict[str, Any] = {
    "schema": "parvaneh-extract/1",
    "on": "2026-11-22",
    "known_at": "2026-11-22T05:00:00Z",
    "parcel": {"code": "3-2"},
    "complete": False,
    "subjects": [VALUE],
    "themes": {"applies": [{}], "does_not_apply": [], "not_known": [{}, {}]},
    "failures": [],
    "digest": DIGEST,
}
REQUEST = {"tracking": "T1", "status": "draft", "url": "/requests/T1/", "parcel": "3-2"}
NO_PARCEL = {"error": {"code": "no_parcel_here", "details": {"nearest": {"centroid": [51.67, 32.65]}}}}
FORM = '<style>a{color:#123456}</style><input name="csrfmiddlewaretoken" value="t0ken">'


class StandIn(BaseHTTPRequestHandler):
    """Answers like the platform; `extract` can be bent by a test."""

    extract: dict[str, Any] = EXTRACT
    sent = ""

    def do_GET(self) -> None:
        """Pages and reads."""
        path = urlsplit(self.path)
        pages: dict[str, Callable[[], None]] = {
            "/api/v1/parcels/at": lambda: self.at(path.query),
            "/api/v1/parcels/3-2": lambda: self.give(200, {"code": "3-2"}),
            "/api/v1/parcels/3-2/extract": lambda: self.give(200, self.extract),
            "/api/v1/requests": lambda: self.give(200 if self.known() else 401, {}),
            "/api/v1/requests/T1": lambda: self.give(200 if self.known() else 401, REQUEST),
            "/en/outbox/": lambda: self.give(200, "<p>09123456789</p><p>کد: ۴۵۶۱۲۳</p>"),
        }
        pages.get(path.path, lambda: self.give(200, FORM))()

    def do_POST(self) -> None:
        """Signing in, and starting a request."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/api/v1/requests":
            self.give(201 if self.known() else 401, REQUEST)
        elif self.path == "/en/account/login/":
            self.give(302, "", Location="/en/account/login/code/confirm/")
        else:
            right = "code=456123" in body and "csrfmiddlewaretoken=t0ken" in body
            self.give(302, "", **{"Location": "/", **({"Set-Cookie": "who=me; Path=/"} if right else {})})

    def at(self, query: str) -> None:
        """The middle of the city is a street; the nearest parcel has a point of its own."""
        if "lon=51.67&" in query:
            self.give(200, {"parcel": {"code": "3-2"}})
        else:
            self.give(404, NO_PARCEL)

    def known(self) -> bool:
        """Whether this visitor has signed in."""
        return "who=me" in self.headers.get("Cookie", "")

    def give(self, status: int, body: object, **headers: str) -> None:
        """Send an answer."""
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        for name, value in {"ETag": f'"{DIGEST}"', "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(StandIn, "extract", EXTRACT)
    with HTTPServer(("127.0.0.1", 0), StandIn) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "cities" / "isfahan").mkdir(parents=True)
    (tmp_path / "cities" / "isfahan" / "city.toml").write_text("center = [51.7, 32.7]\n")
    return Layout(tmp_path)


def test_a_right_platform(platform: str, layout: Layout) -> None:
    seen = smoke_walk.walk(layout, platform, {})
    assert seen == {
        "ok": True,
        "parcel": "3-2",
        "extract": {
            "digest": DIGEST,
            "complete": False,
            "themes": {"applies": 1, "does_not_apply": 0, "not_known": 2},
            "values": {"max_storeys": 4},
        },
        "request": {"tracking": "T1", "status": "draft", "url": "/requests/T1/"},
    }


@pytest.mark.parametrize(
    ("bend", "wrong"),
    [
        ({"complete": True}, "complete, and yet something is not known"),
        ({"failures": [{"source": "x"}]}, "a source failed"),
        ({"digest": "sha256:1"}, "the entity tag is not the digest"),
        ({"subjects": [{**VALUE, "candidates": []}]}, "a value without a reason"),
        ({"parcel": {"code": "9-9"}}, "the extract is of 9-9"),
    ],
)
def test_a_wrong_extract_is_noticed(
    platform: str, layout: Layout, monkeypatch: pytest.MonkeyPatch, bend: dict[str, Any], wrong: str
) -> None:
    monkeypatch.setattr(StandIn, "extract", {**EXTRACT, **bend})
    seen = smoke_walk.walk(layout, platform, {})
    assert not seen["ok"]
    assert wrong in seen["wrong"]


def test_an_absent_platform_is_no_crash(layout: Layout) -> None:
    seen = smoke_walk.walk(layout, "http://127.0.0.1:9", {})
    assert not seen["ok"]
    assert "Connection refused" in seen["wrong"]
