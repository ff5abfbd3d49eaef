"""Where the table of a rule draft lies on disk."""

import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from apps.common.errors import BadInputError, IntakeError
from apps.desk import upload_files
from apps.desk.models import RulebookDraft, Upload
from apps.desk.upload_limits import TABLES

MOST_BYTES = 20 * 1024 * 1024


def gather(upload: Upload, draft: UUID) -> Path:
    """Take the upload over as the draft's file. Raises BadInputError for what is no table, or too large for one."""
    if not upload.file_name.endswith(tuple(TABLES)) or upload.size > MOST_BYTES:
        raise BadInputError(
            fa=f"دفتر ضوابط را به‌صورت xlsx یا CSV (UTF-8) و کوچک‌تر از {MOST_BYTES // 1024 // 1024} مگابایت بفرستید.",
            en=f"Send the rulebook as .xlsx or CSV (UTF-8), below {MOST_BYTES // 1024 // 1024} MB.",
            field="file",
        )
    folder = folder_of(draft)
    folder.mkdir(parents=True)
    shutil.move(upload_files.path_of(upload.pk), folder / upload.file_name)
    return folder / upload.file_name


def file_of(draft: RulebookDraft) -> Path:
    """The file. Raises IntakeError when it is no longer on the disk."""
    path = folder_of(draft.pk) / draft.file_name
    if not path.is_file():
        raise IntakeError(
            fa=f"پروندهٔ {draft.file_name} دیگر نزد ما نیست. آن را دوباره بفرستید.",
            en=f"The file {draft.file_name} is no longer here. Send it again.",
            file=draft.file_name,
        )
    return path


def folder_of(draft: UUID) -> Path:
    """The draft's folder."""
    return Path(settings.MEDIA_ROOT) / "desk" / "rulebooks" / str(draft)


def forget(draft: UUID) -> None:
    """Delete the draft's file."""
    shutil.rmtree(folder_of(draft), ignore_errors=True)
