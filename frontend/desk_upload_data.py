"""What the upload form's script needs, and the files that a form brought: uploaded before by it, or within it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.common.errors import BadInputError
from apps.desk import upload_limits, uploads
from apps.parties.models import Person


def upload_data() -> dict[str, Any]:
    """The JSON block of a page with an upload form."""
    return {
        "language": get_language(),
        "url": reverse("desk_uploads"),
        "chunk": upload_limits.CHUNK,
        "largest": upload_limits.LARGEST,
        "texts": {
            "upload_of": _("{done} of {all} MB"),
            "upload_waiting": _("Waiting to begin"),
            "upload_hashing": _("Reading the file"),
            "upload_paused": _("Paused"),
            "upload_done": _("Arrived"),
            "upload_again": _("The connection broke off. Trying again from the same place…"),
            "upload_failed": _("It did not arrive. Press “Go on” to try again from the same place."),
            "upload_too_large": _("This file is larger than {mb} MB. Zip it, or split it into several."),
            "upload_pause": _("Pause"),
            "upload_resume": _("Go on"),
            "upload_remove": _("Remove"),
            "upload_none": _("Choose a file first."),
            "failed": _("The answer did not come. Check your connection and try again."),
        },
    }


def files_of(
    request: HttpRequest, person: Person, *, uploads_field: str = "uploads", file_field: str = "file"
) -> list[UUID]:
    """Ids of the uploads that the form names; small files that came within the form become uploads at once.

    Raises BadInputError when there is neither.
    """
    named = [part for part in request.POST.get(uploads_field, "").split(",") if part.strip()]
    if named:
        return [_uuid(part) for part in named[:12]]
    sent = request.FILES.getlist(file_field)
    return [uploads.take_whole(person=person, file_name=f.name or "", body=f.read()).pk for f in sent[:12]]


def _uuid(raw: str) -> UUID:
    try:
        return UUID(raw.strip())
    except ValueError as error:
        raise BadInputError(
            fa="نشانی پروندهٔ فرستاده خوانا نیست. صفحه را تازه کنید و دوباره بفرستید.",
            en="The address of an uploaded file cannot be read. Reload the page and send the file again.",
        ) from error
