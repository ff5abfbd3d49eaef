"""Files of a case over the API: list, send, take out; strangers find nothing."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.cases.models import AccessRecord, Case
from apps.parties.models import Person
from tests.cases import files_build as build
from tests.cases.documents_build import agent, case, elsewhere, folder, mandate, officer, revoke
from tests.cases.test_files_pages import client_of
from tests.signing_in import office_client

__all__ = ["agent", "case", "elsewhere", "folder", "officer"]
pytestmark = pytest.mark.django_db
BODY = build.pdf(pages=2)


def post(client: Client, case: Case, body: bytes = BODY, **more: str):
    data = {"code": "deed", **more, "file": SimpleUploadedFile("سند.pdf", body)}
    return client.post(f"/api/v1/case-files/{case.tracking}", data)


def test_send_list_take(case: Case, person: Person, officer: Person) -> None:
    client = client_of(person)
    sent = post(client, case, sha256=hashlib.sha256(BODY).hexdigest())
    assert sent.status_code == 201
    assert post(client, case).json() == sent.json()
    listed = client.get(f"/api/v1/case-files/{case.tracking}").json()
    assert [wanted["code"] for wanted in listed["missing"]] == ["plan"]
    assert listed["may_add"] is True
    one = listed["documents"][0]
    assert (one["code"], one["title"]["en"], one["side"]) == ("deed", "Title deed", "owner")
    version = one["versions"][0]
    assert (version["name"], version["pages"], version["scan"], version["opens"]) == ("سند.pdf", 2, "unscanned", True)
    assert version["url"] == sent.json()["url"]
    taken = office_client(officer).get(version["url"])
    assert b"".join(taken.streaming_content) == BODY
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert list(AccessRecord.objects.values_list("person", "what")) == [(officer.pk, "download"), (person.pk, "view")]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"sha256": "0" * 64}, 400),
        ({"sha256": "x"}, 400),
        ({"code": "passport"}, 400),
        ({"code": "a b"}, 400),
        ({"code": "", "title": ""}, 400),
        ({"code": "", "document": "999"}, 404),
        ({"code": "", "document": "0"}, 400),
    ],
)
def test_what_is_refused(case: Case, person: Person, more: dict[str, str], status: int) -> None:
    answer = post(client_of(person), case, **more)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]["fa"]
    assert not case.documents.exists()


def test_no_file(case: Case, person: Person) -> None:
    assert client_of(person).post(f"/api/v1/case-files/{case.tracking}", {"code": "deed"}).status_code == 400


def test_who_finds_nothing(case: Case, person: Person, other_person: Person, elsewhere: Person, agent: Person) -> None:
    url = post(client_of(person), case).json()["url"]
    given = mandate(case, agent, "view", "act")
    former = client_of(agent)
    assert former.get(url).status_code == 200
    revoke(given)
    for client in (client_of(other_person), office_client(elsewhere), former):
        assert client.get(url).status_code == 404
        assert client.get(f"/api/v1/case-files/{case.tracking}").status_code == 404
        assert post(client, case).status_code == 404
    assert Client().get(url).status_code == 401
    assert post(Client(), case).status_code == 401


def test_the_form_token_is_asked_for(case: Case, person: Person) -> None:
    assert post(client_of(person, enforce_csrf_checks=True), case).status_code == 403
