"""A line that breaks in the middle of an upload: nothing is left, in the store or in the table. On a live server."""

import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from apps.cases.models import Case, DocumentVersion
from apps.parties.models import Person
from tests.cases import files_build as build
from tests.cases.documents_build import case, files_in, folder

__all__ = ["case", "folder"]
pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "a" * 32
PATIENCE_SECONDS = 20


def request(case: Case, session: str, body: bytes, *, path: str) -> tuple[bytes, bytes]:
    """Head and body of a form with one file, as a browser sends it."""
    start = (
        f'--B\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n'
        '--B\r\nContent-Disposition: form-data; name="code"\r\n\r\nplan\r\n'
        '--B\r\nContent-Disposition: form-data; name="file"; filename="plan.dwg"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    whole = start + body + b"\r\n--B--\r\n"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/json\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
        f"Content-Type: multipart/form-data; boundary=B\r\nContent-Length: {len(whole)}\r\n\r\n"
    ).encode()
    return head, whole


@pytest.fixture
def session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.parametrize("path", ["/case-files/{}/", "/api/v1/case-files/{}"])
@pytest.mark.parametrize("share", [1.0, 0.99, 0.5, 0.02])
def test_a_cut_upload_leaves_nothing(
    live_server: LiveServer, case: Case, session: str, folder: Path, share: float, path: str
) -> None:
    """A DWG has no mark at its end, so only the form's own end tells a whole one from a cut one."""
    done: list[int] = []

    def finished(**_: object) -> None:
        done.append(1)

    request_finished.connect(finished)
    place = urlsplit(live_server.url)
    body = build.dwg() + b"\x07" * 3_000_000
    head, whole = request(case, session, body, path=path.format(case.tracking))
    with socket.create_connection((place.hostname, place.port)) as line:
        line.sendall(head + whole[: int(len(whole) * share)])
        line.shutdown(socket.SHUT_WR)
        answer = line.makefile("rb").readline()
    end = time.monotonic() + PATIENCE_SECONDS
    while not done and time.monotonic() < end:
        time.sleep(0.02)
    request_finished.disconnect(finished)
    kept = DocumentVersion.objects.count()
    assert (kept, len(files_in(folder))) == ((1, 1) if share == 1.0 else (0, 0))
    assert (b" 201 " in answer) == (share == 1.0)
