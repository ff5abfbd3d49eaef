"""Resumable upload: the tus protocol 1.0.0 (core, creation, termination, expiration) for rule editors.

A small endpoint of our own: see docs/dependencies.md. Session and CSRF header as everywhere; errors are JSON.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.common.errors import BadInputError, ParvanehError, SignInRequiredError
from apps.common.limits import Limit, spend
from apps.desk import upload_limits, uploads
from apps.desk.models import Upload
from apps.desk.upload_faults import DamagedError
from apps.parties.models import Person

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
BEGUN = Limit("desk-uploads", 120, 3600)
_CHECKSUM_MISMATCH = 460
_PORTION = "application/offset+octet-stream"
View = Callable[..., HttpResponse]


def tus(view: View) -> View:
    """Speaks version 1.0.0 to signed-in people; our errors as JSON, so that the client can show their sentence."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = _answer(view, request, *args, **kwargs)
        except ParvanehError as error:
            response = _refused(error)
        response["Tus-Resumable"] = VERSION
        return response

    return never_cache(spoken)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method != "OPTIONS":
        if not isinstance(request.user, Person):
            raise SignInRequiredError(
                fa="نشست شما پایان یافته است. دوباره وارد شوید؛ بارگذاری از همان‌جا ادامه می‌یابد.",
                en="You are signed out. Sign in again; the upload goes on from where it stood.",
            )
        if request.headers.get("Tus-Resumable") != VERSION:
            return HttpResponse(status=412, headers={"Tus-Version": VERSION})
    return view(request, *args, **kwargs)


def _refused(error: ParvanehError) -> HttpResponse:
    status = _CHECKSUM_MISMATCH if isinstance(error, DamagedError) else error.status
    return JsonResponse(error.as_dict(), status=status, json_dumps_params={"ensure_ascii": False})


@tus
@require_http_methods(["OPTIONS", "POST"])
def upload_list(request: HttpRequest) -> HttpResponse:
    """What the endpoint can do (OPTIONS); a new upload (POST), answered with its address."""
    if request.method == "OPTIONS":
        able = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(upload_limits.LARGEST)}
        return HttpResponse(status=204, headers=able)
    spend(request, limit=BEGUN, key=str(request.user.pk))
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    made = uploads.begin(
        person=_person(request),
        file_name=said.get("filename", ""),
        size=_whole(request, "Upload-Length"),
        declared=said.get("blocks", ""),
    )
    return HttpResponse(status=201, headers={"Location": reverse("desk_upload", args=[made.pk]), **_state(made)})


@tus
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload_one(request: HttpRequest, upload: UUID) -> HttpResponse:
    """How far it is (HEAD), the next portion (PATCH), giving it up (DELETE)."""
    person = _person(request)
    if request.method == "DELETE":
        uploads.give_up(person=person, upload_id=upload)
        return HttpResponse(status=204)
    if request.method == "HEAD":
        found = uploads.own(person, upload)
        return HttpResponse(status=200, headers={**_state(found), "Upload-Length": str(found.size)})
    if request.content_type != _PORTION:
        return HttpResponse(status=415)
    grown = uploads.append(person=person, upload_id=upload, offset=_whole(request, "Upload-Offset"), body=request.body)
    return HttpResponse(status=204, headers=_state(grown))


def _state(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.offset), "Upload-Expires": http_date(upload.expires_at.timestamp())}


def _whole(request: HttpRequest, header: str) -> int:
    raw = request.headers.get(header, "")
    if not (raw.isascii() and raw.isdigit() and len(raw) < 16):  # noqa: PLR2004 - beyond any file
        raise BadInputError(
            fa=f"سرآیند {header} باید عددی نامنفی باشد.",
            en=f"The header {header} must be a whole number, not negative.",
        )
    return int(raw)


def _metadata(raw: str) -> dict[str, str]:
    """'filename ZmlsZQ==,blocks YWJj' → names and decoded values. Raises BadInputError."""
    said = {}
    for pair in (part.split() for part in raw.split(",") if part.strip()):
        try:
            said[pair[0]] = base64.b64decode(pair[1], validate=True).decode() if len(pair) > 1 else ""
        except (binascii.Error, ValueError) as error:
            raise BadInputError(
                fa="سرآیند Upload-Metadata خوانا نیست. صفحه را تازه کنید و دوباره بفرستید.",
                en="The header Upload-Metadata cannot be read. Reload the page and send the file again.",
            ) from error
    return said


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # noqa: S101 - `tus` let nobody else through
    return request.user
