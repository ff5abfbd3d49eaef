"""The stub provider over real HTTP, and the steps a browser takes through it."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import requests
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tools.oidc_stub.app import Identity, make_app
from tools.oidc_stub.serving import LOOPBACK, serve

START = "/account/login/identity/"
SARA: Identity = {
    "sub": "sara",
    "name": "سارا نمونه",
    "nationalCode": "0000002011",
    "phone_number": "0912 000 2001",
    "phone_number_verified": True,
}
HAMID: Identity = {"sub": "hamid", "name": "حمید نمونه", "nationalCode": "0000001015", "email": "sara@example.org"}
REZA: Identity = {**SARA, "sub": "reza", "phone_number_verified": False, "nationalCode": "0013542419"}
TWIN: Identity = {**SARA, "sub": "twin", "nationalCode": ""}


@dataclass(frozen=True)
class Stub:
    """A running provider."""

    app: flask.Flask
    url: str

    def configure(self, settings: Settings) -> None:
        """Make it the city's provider."""
        settings.OIDC_ISSUER = self.url
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "parvaneh", "a secret"
        settings.OIDC_NAME_FA, settings.OIDC_NAME_EN = "سامانهٔ نمونه", "Sample service"


@contextmanager
def running_stub() -> Iterator[Stub]:
    """A provider on a free loopback port."""
    app = make_app([SARA, HAMID, REZA, TWIN])
    server = serve(app)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Stub(app, f"http://{LOOPBACK}:{server.server_port}")
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def leave(client: Client, *, next_url: str = "", prefix: str = "") -> str:
    """Press the button: the address at the provider that our page leads to."""
    page = client.post(prefix + START, {"next": next_url} if next_url else {})
    assert page.status_code == 200, page.content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert found is not None
    return unescape(found.group(1))


def consent(address: str, sub: str = "sara", **form: str) -> str:
    """Choose an identity over there: the address the provider sends the browser back to."""
    answer = requests.post(address, data=form or {"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def come_back(client: Client, location: str) -> HttpResponse:
    """Follow it: what our callback answers."""
    parts = urlsplit(location)
    return client.get(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})


def through(client: Client, sub: str = "sara", *, next_url: str = "", prefix: str = "") -> HttpResponse:
    """The whole way."""
    return come_back(client, consent(leave(client, next_url=next_url, prefix=prefix), sub))


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return "_auth_user_id" in client.session


def claims_of(location: str) -> dict[str, Any]:
    """The query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
