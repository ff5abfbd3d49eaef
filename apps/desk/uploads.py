"""Files on their way in, in portions that may break off and go on: the doors behind the tus endpoint.

Bytes count once they stand on disk and the row says so; whatever lies in the file beyond `offset` is written again.
"""

import re
from uuid import UUID

from django.db import transaction

from apps.common.clock import now
from apps.common.errors import BadInputError, ConflictError, TooLargeError
from apps.desk import upload_files, upload_limits, upload_room
from apps.desk.models import Upload, UploadState
from apps.desk.upload_faults import DamagedError, gone
from apps.desk.upload_names import clean_name
from apps.parties.models import Person, Role
from apps.parties.roles import has_role, require

_DIGEST = re.compile(r"[0-9a-f]{64}")


@transaction.atomic
def begin(*, person: Person, file_name: str, size: int, declared: str = "") -> Upload:
    """A new upload of so many bytes. `declared`: digest by blocks (upload_files.block_digest), '' = none given.

    Raises ForbiddenError without the role of a rule editor, BadInputError for a kind of file that is not taken,
    TooLargeError beyond the limits for one file, for one person, for all, or for the disk.
    """
    require_editor(person)
    name = clean_name(file_name)
    if declared and not _DIGEST.fullmatch(declared):
        raise BadInputError(
            fa="اثر انگشت پرونده خوانا نیست. صفحه را تازه کنید و دوباره بفرستید.",
            en="The file's digest cannot be read. Reload the page and send the file again.",
        )
    upload_limits.check(
        size=size, waiting=upload_room.waiting(), own=upload_room.waiting(person), free=upload_room.free()
    )
    upload = Upload.objects.create(
        person=person,
        file_name=name,
        size=size,
        declared=declared,
        created_at=now(),
        expires_at=now() + upload_limits.KEPT,
    )
    upload_files.make(upload.pk)
    return upload


def append(*, person: Person, upload_id: UUID, offset: int, body: bytes) -> Upload:
    """Write a portion at `offset`; the last one completes the upload.

    Raises NotFoundError (not this person's, expired, or lost from disk), ConflictError when the upload stands at
    another offset, TooLargeError beyond the promised size, DamagedError when the whole differs from its digest: then
    the upload is gone.
    """
    try:
        return _append(person, upload_id, offset, body)
    except DamagedError:
        give_up(person=person, upload_id=upload_id)
        raise


@transaction.atomic
def _append(person: Person, upload_id: UUID, offset: int, body: bytes) -> Upload:
    upload = _locked(person, upload_id)
    if upload.state != UploadState.RECEIVING or offset != upload.offset:
        raise ConflictError(
            fa=f"این پرونده تا بایت {upload.offset} رسیده است. از همان‌جا ادامه دهید.",
            en=f"The upload stands at byte {upload.offset}. Go on from there.",
            offset=upload.offset,
        )
    if offset + len(body) > upload.size:
        raise TooLargeError(
            fa=f"بیش از {upload.size} بایتی که گفته شده بود رسید. پرونده را از نو بفرستید.",
            en=f"More than the {upload.size} bytes that were promised arrived. Send the file anew.",
        )
    upload_files.write(upload.pk, offset=offset, body=body)
    upload.offset = offset + len(body)
    upload.expires_at = now() + upload_limits.KEPT
    if upload.offset == upload.size:
        _complete(upload)
    upload.save()
    return upload


def take_whole(*, person: Person, file_name: str, body: bytes) -> Upload:
    """A small file in one piece, as a plain form sends it. Raises as `begin` and `append`."""
    with transaction.atomic():
        upload = begin(person=person, file_name=file_name, size=len(body))
        return append(person=person, upload_id=upload.pk, offset=0, body=body)


def own(person: Person, upload_id: UUID) -> Upload:
    """The person's upload. Raises NotFoundError for another's as for none."""
    require_editor(person)
    upload = Upload.objects.filter(pk=upload_id, person=person, expires_at__gt=now()).first()
    if upload is None or not upload_files.is_there(upload.pk):
        raise gone()
    return upload


@transaction.atomic
def give_up(*, person: Person, upload_id: UUID) -> None:
    """Delete an upload that nothing has taken over. Raises NotFoundError."""
    upload = _locked(person, upload_id)
    if upload.state == UploadState.TAKEN:
        raise gone()
    upload.delete()
    transaction.on_commit(lambda: upload_files.remove(upload_id))


@transaction.atomic
def take_over(*, person: Person, upload_ids: list[UUID]) -> list[Upload]:
    """The complete uploads, in the order asked for, marked so that nothing else takes them. Raises NotFoundError."""
    taken = [_locked(person, number) for number in upload_ids]
    if not taken or any(upload.state != UploadState.COMPLETE for upload in taken):
        raise BadInputError(
            fa="این پرونده‌ها هنوز کامل نرسیده‌اند یا پیش‌تر به کار رفته‌اند. آن‌ها را دوباره برگزینید و بفرستید.",
            en="These files have not arrived whole, or were used already. Choose and send them again.",
        )
    Upload.objects.filter(pk__in=[u.pk for u in taken]).update(state=UploadState.TAKEN)
    return taken


def require_editor(person: Person) -> None:
    """Raises ForbiddenError for who edits no rules at all; the reach is judged where the theme is known."""
    if not has_role(person, Role.RULE_EDITOR):
        require(person, Role.RULE_EDITOR)


def _complete(upload: Upload) -> None:
    whole, by_blocks = upload_files.digests(upload.pk)
    if upload.declared and by_blocks != upload.declared:
        raise DamagedError(
            fa=f"«{upload.file_name}» آسیب‌دیده رسید (اثر انگشت آن نمی‌خواند). آن را از نو بفرستید.",
            en=f"“{upload.file_name}” arrived damaged (its digest differs). Send it anew.",
        )
    upload.digest, upload.state = whole, UploadState.COMPLETE


def _locked(person: Person, upload_id: UUID) -> Upload:
    own(person, upload_id)
    return Upload.objects.select_for_update().get(pk=upload_id)
