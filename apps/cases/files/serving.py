"""A file of a case as an answer: saved by the reader, never run on our pages (decision 0028).

Everything is an attachment. Of pictures there is a copy for the screen as well: drawn anew from their pixels, so
that neither a hostile file nor the position the camera wrote down reaches anybody by looking.
"""

from typing import TypeVar

from django.core.files.base import ContentFile
from django.http import FileResponse, HttpResponse

from apps.cases.files import storing
from apps.cases.files.faults import refused
from apps.cases.files.kinds import BY_MEDIA_TYPE, HEIC, Family
from apps.cases.files.looking import run_alone
from apps.cases.files.naming import clean_name
from apps.cases.files.receiving import received
from apps.cases.files.storing import Stored
from apps.common.text import Text

INERT = "default-src 'none'; sandbox"
_UNKNOWN = "application/octet-stream"
_Answer = TypeVar("_Answer", HttpResponse, FileResponse)


def as_download(stored: Stored, *, media_type: str, name: str, number: object) -> FileResponse:
    """The bytes as they were sent. Raises DamagedFileError, StoreAwayError. `name`: what its sender called it."""
    kind = BY_MEDIA_TYPE.get(media_type)
    response = FileResponse(
        storing.take_out(stored, number=number),
        as_attachment=True,
        filename=clean_name(name, extension=kind.extension if kind else "bin"),
        content_type=kind.media_type if kind else _UNKNOWN,
    )
    response["Content-Length"] = str(stored.size)
    return _inert(response)


def as_picture(stored: Stored, *, media_type: str, number: object) -> HttpResponse:
    """A picture for the screen (JPEG, at most 1600 px, nothing of the camera's words).

    Raises RefusedFileError for what is no picture, or one that we cannot draw; DamagedFileError, StoreAwayError.
    """
    kind = BY_MEDIA_TYPE.get(media_type)
    drawn = None
    if kind is not None and kind.family is Family.IMAGE and kind is not HEIC:
        with storing.take_out(stored, number=number) as file, received(file) as copy:
            drawn = run_alone("picture", kind, copy.file)
    if not drawn:
        raise refused(Text("این فایل پیش‌نمایش ندارد. آن را دریافت کنید.", "This file has no preview. Download it."))
    return _inert(HttpResponse(ContentFile(drawn), content_type="image/jpeg"))


def _inert(response: _Answer) -> _Answer:
    """Headers under which no browser runs, guesses, frames or keeps it."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = INERT
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
