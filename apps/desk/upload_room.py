"""Room for uploads: how much is promised, how much is left, and what is swept when its time is over."""

import shutil
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Sum

from apps.common.clock import now
from apps.desk import upload_files
from apps.desk.models import Upload, UploadState
from apps.parties.models import Person


def waiting(person: Person | None = None) -> int:
    """Bytes promised by uploads that nothing has taken over yet."""
    rows = Upload.objects.exclude(state=UploadState.TAKEN).filter(expires_at__gt=now())
    if person is not None:
        rows = rows.filter(person=person)
    return int(rows.aggregate(total=Sum(F("size")))["total"] or 0)


def free() -> int:
    """Bytes of the disk that nobody has been promised."""
    upload_files.folder().mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(settings.MEDIA_ROOT).free - _still_to_come()


def _still_to_come() -> int:
    left = Upload.objects.filter(state=UploadState.RECEIVING).aggregate(total=Sum(F("size") - F("offset")))
    return int(left["total"] or 0)


def sweep(*, at: datetime | None = None) -> int:
    """Delete uploads whose time is over, and files that no row names any more; returns how many rows went."""
    instant = at or now()
    old = list(Upload.objects.filter(expires_at__lte=instant).values_list("pk", flat=True))
    Upload.objects.filter(pk__in=old).delete()
    for number in old:
        upload_files.remove(number)
    known = set(Upload.objects.values_list("pk", flat=True))
    upload_files.remove_strays(known, older_than=instant - timedelta(hours=1))
    return len(old)
