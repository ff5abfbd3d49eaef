"""The store: where it lies, names, permissions, what is gone or changed, what is swept, what is handed out."""

import io
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.files.storage import storages
from PIL import Image
from pytest_django import Settings

from apps.cases.files import storing
from apps.cases.files.choosing import HalfConfiguredError, case_store
from apps.cases.files.faults import DamagedFileError, RefusedFileError, StoreAwayError
from apps.cases.files.receiving import Received, received
from apps.cases.files.serving import as_download, as_picture
from apps.cases.files.storing import Stored, keep, take_out
from apps.cases.files.sweeping import sweep
from apps.common.clock import now
from tests.cases import files_build as build


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.STORAGES = {**settings.STORAGES, "cases": case_store({}, var=tmp_path)}
    return tmp_path / "cases"


def stored(body: bytes) -> Stored:
    with received(io.BytesIO(body)) as got:
        return keep(got)


def test_a_name_of_our_own_and_a_file_for_nobody_else(folder: Path) -> None:
    one, two = stored(b"same"), stored(b"same")
    assert one.name != two.name
    assert (one.size, one.sha256) == (two.size, two.sha256)
    path = folder / one.name
    assert path.read_bytes() == b"same"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(path.name) <= set("0123456789abcdef")
    with pytest.raises(ValueError, match="no public address"):
        storages["cases"].url(one.name)


def test_the_local_store_is_outside_of_what_is_served(settings: Settings) -> None:
    place = Path(case_store({}, var=Path(settings.VAR_DIR))["OPTIONS"]["location"]).resolve()
    for served in (settings.MEDIA_ROOT, settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        assert not place.is_relative_to(Path(served).resolve())


def test_what_was_changed_or_lost_is_not_handed_out(folder: Path) -> None:
    kept = stored(b"evidence")
    with take_out(kept, number=1) as file:
        assert file.read() == b"evidence"
    os.truncate(folder / kept.name, 4)
    with pytest.raises(DamagedFileError, match="version 1"):
        take_out(kept, number=1)
    (folder / kept.name).unlink()
    with pytest.raises(DamagedFileError):
        as_download(kept, media_type="application/pdf", name="a.pdf", number=1)


class Away:
    """A store whose network is gone."""

    def __getattr__(self, _: str) -> object:
        def fail(*_: object, **__: object) -> None:
            raise EndpointConnectionError(endpoint_url="https://store.invalid")

        return fail


def test_a_store_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = stored(b"x")
    monkeypatch.setattr(storing, "store", Away)
    with pytest.raises(StoreAwayError):
        stored(b"x")
    with pytest.raises(StoreAwayError):
        take_out(kept, number=1)
    storing.drop(kept.name)


class Breaking(io.BytesIO):
    """Gives one block, then the disk is full."""

    def read(self, *_: object) -> bytes:
        if self.tell():
            raise OSError(28, "No space left on device")
        self.seek(1)
        return b"x" * 10


def test_a_disk_that_fills_up_leaves_nothing(folder: Path) -> None:
    with pytest.raises(StoreAwayError):
        keep(Received(file=Breaking(b"12"), size=20, sha256="0" * 64))
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_only_old_files_that_no_row_names_are_swept(folder: Path) -> None:
    named, orphan, young = (stored(body) for body in (b"named", b"orphan", b"young"))
    for one in (named, orphan):
        long_ago = (now() - timedelta(days=2)).timestamp()
        os.utime(folder / one.name, (long_ago, long_ago))
    rows = {named.name}
    assert sweep(named=lambda names: rows & set(names), at=now()) == 1
    assert [(folder / one.name).exists() for one in (named, orphan, young)] == [True, False, True]
    assert sweep(named=lambda names: rows & set(names), at=now()) == 0


def test_a_row_that_comes_while_the_sweep_walks_keeps_its_file(folder: Path) -> None:
    kept = stored(b"late")
    calls: list[int] = []

    def named(names: object) -> set[str]:
        calls.append(1)
        return {kept.name} if len(calls) > 1 else set()

    assert sweep(named=named, at=now() + timedelta(days=3)) == 0
    assert (folder / kept.name).exists()


def test_an_empty_store_has_nothing_to_sweep() -> None:
    assert sweep(named=lambda _: set(), at=now()) == 0


def test_a_file_that_goes_while_the_sweep_walks(folder: Path) -> None:
    kept = stored(b"x")

    def named(_: object) -> set[str]:
        (folder / kept.name).unlink(missing_ok=True)
        return set()

    assert sweep(named=named, at=now() + timedelta(days=3)) == 0


def test_a_bucket_by_environment() -> None:
    entry = case_store(
        {
            "CASE_FILES_BUCKET": "cases",
            "CASE_FILES_ENDPOINT": "https://s3.invalid",
            "CASE_FILES_KEY": "k",
            "CASE_FILES_SECRET": "s",
        },
        var=Path("/x"),
    )
    assert entry["BACKEND"].endswith("PrivateBucket")
    assert entry["OPTIONS"]["default_acl"] is None
    assert entry["OPTIONS"]["addressing_style"] == "path"
    store = storages.create_storage(entry)
    with pytest.raises(ValueError, match="no public address"):
        store.url("x")
    own = case_store({"CASE_FILES_BUCKET": "cases"}, var=Path("/x"))
    assert (own["OPTIONS"]["access_key"], own["OPTIONS"]["addressing_style"]) == (None, "auto")


@pytest.mark.parametrize(
    "environ",
    [
        {"CASE_FILES_KEY": "k", "CASE_FILES_SECRET": "s"},
        {"CASE_FILES_ENDPOINT": "https://s3.invalid"},
        {"CASE_FILES_BUCKET": "b", "CASE_FILES_KEY": "k"},
        {"CASE_FILES_BUCKET": "b", "CASE_FILES_SECRET": "s"},
        {"CASE_FILES_BUCKET": "b", "CASE_FILES_ENDPOINT": "s3.invalid"},
    ],
)
def test_half_a_configuration_stops_the_start(environ: dict[str, str]) -> None:
    with pytest.raises(HalfConfiguredError, match="CASE_FILES_"):
        case_store(environ, var=Path("/x"))


HOSTILE = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize("media_type", ["image/svg+xml", "text/html", "image/jpeg", "application/x-msdownload"])
def test_an_answer_that_no_browser_runs(media_type: str) -> None:
    """Even had something hostile come in: an attachment, of a type of ours or of none, in a sandbox, kept by nobody."""
    answer = as_download(stored(HOSTILE), media_type=media_type, name='x"; evil\r\n.html', number=1)
    assert answer["Content-Type"] in ("image/jpeg", "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert ".html" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Length"] == str(len(HOSTILE))
    assert b"".join(answer.streaming_content) == HOSTILE


def test_a_persian_name_survives() -> None:
    answer = as_download(stored(b"x"), media_type="application/pdf", name="نقشهٔ همکف.pdf", number=1)
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D9%86")
    assert answer["Content-Disposition"].isascii()


def test_the_picture_for_the_screen_says_nothing_of_where_it_was_taken() -> None:
    body = build.picture(gps=True, size=(3000, 2000))
    assert Image.open(io.BytesIO(body)).getexif().get_ifd(0x8825)
    kept = stored(body)
    answer = as_picture(kept, media_type="image/jpeg", number=1)
    shown = Image.open(io.BytesIO(answer.content))
    assert shown.format == "JPEG"
    assert shown.size == (1600, 1067)
    assert not dict(shown.getexif())
    assert b"SampleCamera" not in answer.content
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(as_download(kept, media_type="image/jpeg", name="a", number=1).streaming_content) == body


@pytest.mark.parametrize(
    ("media_type", "body"),
    [("application/pdf", build.pdf()), ("image/heic", build.heic()), ("image/jpeg", HOSTILE), ("text/html", HOSTILE)],
)
def test_what_has_no_picture(media_type: str, body: bytes) -> None:
    with pytest.raises(RefusedFileError, match="Download it"):
        as_picture(stored(body), media_type=media_type, number=1)


def test_a_picture_with_transparency_is_drawn_too() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (1, 2, 3, 0)).save(out, "PNG")
    assert as_picture(stored(out.getvalue()), media_type="image/png", number=1).content[:3] == b"\xff\xd8\xff"
