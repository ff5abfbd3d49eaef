"""Files of a case over HTTP: the form with and without scripts, handing out, and everybody who must find nothing."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from apps.cases.files.scanning import Scan, ScanState
from apps.cases.models import AccessRecord, Case, DocumentVersion
from apps.parties.models import Person
from tests.cases import files_build as build
from tests.cases.documents_build import agent, case, elsewhere, files_in, folder, mandate, officer, revoke, send
from tests.signing_in import office_client

__all__ = ["agent", "case", "elsewhere", "folder", "officer"]
pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def client_of(person: Person, **more: object) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def url(case: Case) -> str:
    return f"/case-files/{case.tracking}/"


def download(case: Case, version: DocumentVersion, end: str = "") -> str:
    return f"{url(case)}{version.document_id}/{version.number}/{end}"


def upload(client: Client, case: Case, body: bytes, *, name: str = "deed.pdf", field: str = "file", **more: object):
    headers = more.pop("headers", {})
    prefix = more.pop("prefix", "")
    data = {"code": "deed", **more, field: SimpleUploadedFile(name, body)}
    return client.post(f"{prefix}{url(case)}", data, headers=headers)


def test_the_form_sends_a_file_and_shows_it(case: Case, person: Person) -> None:
    client = client_of(person)
    page = client.get(url(case)).content.decode()
    assert "سند مالکیت" in page
    assert 'capture="environment"' in page
    answer = upload(client, case, build.pdf())
    version = DocumentVersion.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"{url(case)}#document-{version.document_id}"
    page = client.get(url(case)).content.decode()
    assert "deed.pdf" in page
    assert "ویروس‌یابی نشده" in page
    assert page.count(download(case, version)) == 1


def test_the_page_leads_back_to_the_readers_own_page_of_the_case(case: Case, person: Person, officer: Person) -> None:
    assert f'href="/requests/{case.tracking}/"' in client_of(person).get(url(case)).content.decode()
    send(person, case)
    Case.objects.filter(pk=case.pk).update(status="submitted")
    page = office_client(officer).get(url(case)).content.decode()
    assert f'href="/officer/cases/{case.tracking}/"' in page


def test_a_kept_version_is_told_in_the_digits_of_the_page(case: Case, person: Person) -> None:
    client = client_of(person)
    upload(client, case, build.pdf())
    assert "نسخهٔ ۱ نگه داشته شد" in client.get(url(case)).content.decode()


def test_a_photo_taken_now(case: Case, person: Person) -> None:
    client = client_of(person)
    upload(client, case, build.picture("PNG"), name="image.jpg", field="photo", prefix="/en")
    version = DocumentVersion.objects.get()
    assert (version.media_type, version.name) == ("image/png", "image.png")
    page = client.get(f"/en{url(case)}").content.decode()
    assert "The name ends in .jpg, but the content is PNG" in page
    assert download(case, version, "picture/") in page


def test_a_new_version_and_another_document(case: Case, person: Person) -> None:
    client = client_of(person)
    upload(client, case, build.pdf())
    document = DocumentVersion.objects.get().document_id
    upload(client, case, build.picture(), name="a.jpg", code="", document=str(document))
    upload(client, case, build.heic(), name="b.heic", code="", title="نامه")
    assert list(DocumentVersion.objects.order_by("pk").values_list("document__title", "number")) == [
        ("سند مالکیت", 1),
        ("سند مالکیت", 2),
        ("نامه", 1),
    ]


def test_the_script_gets_json(case: Case, person: Person) -> None:
    client = client_of(person)
    answer = upload(client, case, build.pdf(), headers=JSON)
    assert answer.status_code == 201
    document = DocumentVersion.objects.get().document_id
    version = DocumentVersion.objects.get()
    facts = {"number": 1, "scan": "unscanned", "sha256": version.sha256}
    assert answer.json() == {"url": f"{url(case)}#document-{document}", **facts}
    wrong = upload(client, case, b"<svg/>", headers=JSON)
    assert wrong.status_code == 400
    assert wrong.json()["error"]["code"] == "file_refused"


@pytest.mark.parametrize("body", [b"<svg/>", b"", build.pdf(change=build.launching)])
def test_a_refusal_is_said_on_the_page(case: Case, person: Person, body: bytes) -> None:
    answer = upload(client_of(person), case, body)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not DocumentVersion.objects.exists()


@pytest.mark.parametrize("document", ["x", "9" * 40, "999999"])
def test_a_strange_document_number(case: Case, person: Person, document: str) -> None:
    assert upload(client_of(person), case, build.pdf(), code="", document=document).status_code in (400, 404)


def test_no_file_at_all(case: Case, person: Person) -> None:
    answer = client_of(person).post(url(case), {"code": "deed"}, headers=JSON)
    assert answer.status_code == 400
    assert "No file arrived" in answer.json()["error"]["message"]["en"]


def test_an_infected_file_is_told_at_once(case: Case, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.cases.documents.scan", lambda _: Scan(ScanState.INFECTED, "Eicar"))
    client = client_of(person)
    upload(client, case, build.pdf(), prefix="/en")
    version = DocumentVersion.objects.get()
    page = client.get(f"/en{url(case)}").content.decode()
    assert "it is given to nobody" in page
    assert download(case, version) not in page
    assert client.get(download(case, version)).status_code == 409


def test_the_form_token_is_asked_for(case: Case, person: Person) -> None:
    client = client_of(person, enforce_csrf_checks=True)
    assert upload(client, case, build.pdf()).status_code == 403
    assert not DocumentVersion.objects.exists()
    page = client.get(url(case)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    assert upload(client, case, build.pdf(), csrfmiddlewaretoken=token[1]).status_code == 302


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")


def test_not_a_byte_is_read_for_who_may_not_send(
    case: Case, person: Person, other_person: Person, elsewhere: Person, agent: Person
) -> None:
    mandate(case, agent, "view")
    expected = {other_person: 404, elsewhere: 404, agent: 403}
    for stranger, status in expected.items():
        request = {"wsgi.input": Unread(), "CONTENT_LENGTH": "5000", "CONTENT_TYPE": "multipart/form-data; boundary=B"}
        client = office_client(stranger) if stranger == elsewhere else client_of(stranger)
        assert client.post(url(case), **request).status_code == status
    signed_out = Client().post(url(case), **{"wsgi.input": Unread(), "CONTENT_LENGTH": "5000"}, headers=JSON)
    assert signed_out.status_code == 401


def test_a_file_is_handed_out_inert_and_written_down(case: Case, person: Person, officer: Person) -> None:
    body = build.picture(gps=True)
    version = send(person, case, body, name="نما.jpg")
    client = office_client(officer)
    answer = client.get(download(case, version))
    assert b"".join(answer.streaming_content) == body
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D9%86%D9%85%D8%A7")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    shown = client.get(download(case, version, "picture/"))
    assert shown["Content-Type"] == "image/jpeg"
    assert b"Exif" not in shown.content
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    rows = AccessRecord.objects.order_by("pk").values_list("person", "what", "address")
    assert list(rows) == [(officer.pk, "download", "127.0.0.1"), (officer.pk, "view", "127.0.0.1")]


def test_everybody_who_must_find_nothing(
    case: Case, person: Person, other_person: Person, elsewhere: Person, agent: Person
) -> None:
    version = send(person, case, build.picture())
    given = mandate(case, agent, "view", "act")
    former = client_of(agent)
    assert former.get(download(case, version)).status_code == 200
    revoke(given)
    pages = [url(case), download(case, version), download(case, version, "picture/")]
    for client in (client_of(other_person), office_client(elsewhere), former):
        assert [client.get(page).status_code for page in pages] == [404] * 3
        assert upload(client, case, build.pdf()).status_code == 404
    for page in pages:
        assert Client().get(page)["Location"].startswith("/account/login/")
    missing = ["/case-files/{0}/{1}/2/", "/case-files/{0}/999999/1/", "/case-files/{0}/{1}/99999999999999999999/"]
    for path in missing:
        assert client_of(person).get(path.format(case.tracking, version.document_id)).status_code == 404


def test_a_server_that_listens_on_a_socket_has_no_address_to_write(case: Case, person: Person) -> None:
    version = send(person, case)
    assert client_of(person).get(download(case, version), REMOTE_ADDR="").status_code == 200
    assert AccessRecord.objects.get().address is None


def test_a_damaged_file_is_not_handed_out(case: Case, person: Person, folder: object) -> None:
    version = send(person, case)
    files_in(folder)[0].write_bytes(b"another")
    answer = client_of(person).get(download(case, version), headers=JSON)
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "file_damaged"


def test_requests_above_the_limit_are_refused_at_the_edge(case: Case, person: Person, settings: Settings) -> None:
    client = client_of(person)
    for path in (url(case), f"/en{url(case)}", f"/api/v1/case-files/{case.tracking}"):
        for length, status in ((50 * 1024 * 1024 + 64 * 1024 + 1, 413), (50 * 1024 * 1024, 400)):
            answer = client.generic(
                "POST", path, b"", content_type="multipart/form-data; boundary=B", CONTENT_LENGTH=str(length)
            )
            assert answer.status_code == status, (path, length)
