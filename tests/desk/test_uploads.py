"""Resumable upload over HTTP: portions, a broken line, limits, other people, damage, hostile names, the sweep."""

import base64
import hashlib
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from apps.common.clock import now
from apps.common.errors import BadInputError, TooLargeError
from apps.desk import upload_files, upload_limits, upload_room
from apps.desk.models import Upload, UploadState
from apps.desk.tasks import sweep_uploads
from apps.parties.models import Person
from tests.desk.intake_build import planner

pytestmark = pytest.mark.django_db
URL = "/desk/uploads/"
TUS = {"Tus-Resumable": "1.0.0"}
PORTION = "application/offset+octet-stream"
BODY = bytes(range(256)) * 400


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor() -> Person:
    return planner()


@pytest.fixture
def desk(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def said(**values: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


def begin(client: Client, size: int = len(BODY), **values: str):
    facts = {"filename": "plan.gpkg", **values}
    return client.post(URL, headers={**TUS, "Upload-Length": str(size), "Upload-Metadata": said(**facts)})


def patch(client: Client, url: str, body: bytes, offset: int, kind: str = PORTION):
    return client.patch(url, body, content_type=kind, headers={**TUS, "Upload-Offset": str(offset)})


def head(client: Client, url: str):
    return client.head(url, headers=TUS)


def test_what_the_endpoint_can_do(client: Client) -> None:
    answer = client.options(URL)
    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,termination,expiration"
    assert answer["Tus-Max-Size"] == str(300 * 1024 * 1024)


def test_an_upload_cut_in_the_middle_goes_on_from_where_it_stood(desk: Client) -> None:
    made = begin(desk)
    assert (made.status_code, made["Upload-Offset"]) == (201, "0")
    url = made["Location"]
    assert patch(desk, url, BODY[:70_000], 0)["Upload-Offset"] == "70000"
    back = head(desk, url)
    assert (back.status_code, back["Upload-Offset"], back["Upload-Length"]) == (200, "70000", str(len(BODY)))
    assert "no-store" in back["Cache-Control"]
    assert back["Upload-Expires"].endswith("GMT")
    last = patch(desk, url, BODY[70_000:], 70_000)
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(BODY)))
    upload = Upload.objects.get()
    assert (upload.state, upload.digest) == (UploadState.COMPLETE, hashlib.sha256(BODY).hexdigest())
    assert upload_files.path_of(upload.pk).read_bytes() == BODY


@pytest.mark.parametrize("offset", [0, 9, 11, 20])
def test_a_portion_at_a_wrong_offset_is_a_conflict(offset: int, desk: Client) -> None:
    url = begin(desk, 20)["Location"]
    patch(desk, url, BODY[:10], 0)
    answer = patch(desk, url, BODY[10:20], offset)
    assert answer.status_code == 409
    assert answer.json()["error"]["details"]["offset"] == 10
    assert head(desk, url)["Upload-Offset"] == "10"


def test_bytes_that_were_written_but_never_counted_are_written_again(desk: Client) -> None:
    """The server died after writing and before its row was committed."""
    url = begin(desk, 20)["Location"]
    patch(desk, url, BODY[:10], 0)
    upload = Upload.objects.get()
    with upload_files.path_of(upload.pk).open("ab") as file:
        file.write(b"half a portion")
    patch(desk, url, BODY[10:20], 10)
    assert upload_files.path_of(upload.pk).read_bytes() == BODY[:20]


def test_somebody_elses_upload_is_not_there(desk: Client) -> None:
    url = begin(desk)["Location"]
    other = Client()
    other.force_login(planner("09121110009"))
    assert head(other, url).status_code == 404
    assert patch(other, url, b"x", 0).status_code == 404
    assert other.delete(url, headers=TUS).status_code == 404
    assert head(desk, url)["Upload-Offset"] == "0"
    assert head(desk, f"{URL}{uuid.uuid4()}/").status_code == 404


def test_only_rule_editors_upload(client: Client, person: Person) -> None:
    assert begin(client).status_code == 401
    client.force_login(person)
    refused = begin(client)
    assert refused.status_code == 403
    assert "Rule editor" in refused.json()["error"]["message"]["en"]
    assert not Upload.objects.exists()


def test_a_form_of_another_site_cannot_upload(editor: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert begin(client).status_code == 403
    client.get("/desk/layers/new/")
    token = client.cookies["csrftoken"].value
    headers = {**TUS, "Upload-Length": "3", "Upload-Metadata": said(filename="a.gpkg"), "X-CSRFToken": token}
    assert client.post(URL, headers=headers).status_code == 201


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.gpkg", "passwd.gpkg"),
        ("C:\\plans\\طرح.GPKG", "طرح.gpkg"),
        ("a\u202egpkg.shp", "agpkg.shp"),
        ("x\x00\n.json", "x.json"),
        ("l" * 400 + ".zip", "l" * 150 + ".zip"),
    ],
)
def test_hostile_names_become_plain_ones(name: str, kept: str, desk: Client) -> None:
    begin(desk, filename=name)
    assert Upload.objects.get().file_name == kept


@pytest.mark.parametrize("name", ["plan.exe", "plan", "", ".gpkg", "plan.gpkg.php", "../.."])
def test_other_kinds_of_files_are_refused_at_once(name: str, desk: Client) -> None:
    refused = begin(desk, filename=name)
    assert refused.status_code == 400
    assert ".gpkg" in refused.json()["error"]["message"]["en"]


def test_sizes(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert begin(desk, 300 * 1024 * 1024 + 1).status_code == 413
    assert begin(desk, 0).status_code == 400
    url = begin(desk, 5)["Location"]
    assert patch(desk, url, b"sixsix", 0).status_code == 413
    monkeypatch.setattr(upload_limits, "PER_PERSON", 8)
    assert begin(desk, 4).status_code == 413
    assert "Use them or delete them" in begin(desk, 4).json()["error"]["message"]["en"]


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"waiting": upload_limits.IN_ALL}, TooLargeError),
        ({"free": upload_limits.SPARE + 9}, TooLargeError),
        ({"own": upload_limits.PER_PERSON - 9}, TooLargeError),
        ({"size": -1}, BadInputError),
    ],
)
def test_limits_in_all_and_of_the_disk(facts: dict[str, int], error: type[Exception]) -> None:
    usual = {"size": 10, "waiting": 0, "own": 0, "free": upload_limits.SPARE + 10}
    upload_limits.check(**usual)
    with pytest.raises(error):
        upload_limits.check(**{**usual, **facts})


@pytest.mark.parametrize("length", ["", "-5", "1e3", "٣", "9" * 20])
def test_a_length_that_is_no_number(length: str, desk: Client) -> None:
    answer = desk.post(URL, headers={**TUS, "Upload-Length": length, "Upload-Metadata": said(filename="a.gpkg")})
    assert answer.status_code == 400


def test_metadata_that_cannot_be_read(desk: Client) -> None:
    for raw in ("filename !!!", "filename /w=="):
        answer = desk.post(URL, headers={**TUS, "Upload-Length": "3", "Upload-Metadata": raw})
        assert answer.status_code == 400, raw


def test_the_protocol_is_spoken_exactly(desk: Client) -> None:
    url = begin(desk)["Location"]
    assert desk.post(URL, headers={"Tus-Resumable": "0.2.2"}).status_code == 412
    assert desk.head(url).status_code == 412
    assert patch(desk, url, b"x", 0, kind="application/octet-stream").status_code == 415
    assert desk.put(url, headers=TUS).status_code == 405
    assert desk.get(URL, headers=TUS).status_code == 405


def test_a_file_that_arrives_damaged_is_refused_and_gone(desk: Client) -> None:
    right = upload_files.block_digest(BODY)
    url = begin(desk, blocks=right)["Location"]
    answer = patch(desk, url, BODY[:-1] + b"?", 0)
    assert answer.status_code == 460
    assert "damaged" in answer.json()["error"]["message"]["en"]
    assert head(desk, url).status_code == 404
    assert not Upload.objects.exists()
    sound = begin(desk, blocks=right)["Location"]
    assert patch(desk, sound, BODY, 0).status_code == 204
    assert begin(desk, blocks="short").status_code == 400


def test_the_digest_by_blocks_is_of_each_mebibyte() -> None:
    body = b"a" * (1024 * 1024) + b"b"
    parts = hashlib.sha256(body[:-1]).digest() + hashlib.sha256(b"b").digest()
    assert upload_files.block_digest(body) == hashlib.sha256(parts).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_giving_up_deletes_it() -> None:
    desk = Client()
    desk.force_login(planner())
    url = begin(desk)["Location"]
    patch(desk, url, BODY[:10], 0)
    assert desk.delete(url, headers=TUS).status_code == 204
    assert head(desk, url).status_code == 404
    assert not list(upload_files.folder().iterdir())


def test_what_nobody_goes_on_with_is_swept(desk: Client, editor: Person) -> None:
    old, young = begin(desk)["Location"], begin(desk)["Location"]
    Upload.objects.filter(pk=old.split("/")[-2]).update(expires_at=now() - timedelta(seconds=1))
    assert head(desk, old).status_code == 404
    stray = upload_files.folder() / f"{uuid.uuid4()}.part"
    stray.write_bytes(b"x")
    assert sweep_uploads() == 1
    assert stray.exists()  # young: its row may just be on its way
    upload_room.sweep(at=now() + timedelta(hours=2))
    assert not stray.exists()
    assert head(desk, young).status_code == 200
    assert len(list(upload_files.folder().iterdir())) == 1


def test_a_file_lost_from_disk_is_begun_anew(desk: Client) -> None:
    url = begin(desk)["Location"]
    upload_files.remove(Upload.objects.get().pk)
    assert head(desk, url).status_code == 404


def test_many_uploads_at_once_are_slowed_down(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from apps.common.limits import Limit

    monkeypatch.setattr("frontend.views.desk_uploads.BEGUN", Limit("desk-uploads", 2, 3600))
    assert [begin(desk, 5).status_code for _ in range(3)] == [201, 201, 429]
