"""Stores that give nobody an address: what lies there is handed out by our own pages only, after asking who asks."""

from typing import Any, NoReturn

from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage


class PrivateFolder(FileSystemStorage):
    """A folder of this machine."""

    def url(self, name: str | None) -> NoReturn:
        """Never."""
        raise _no_address(name)


class PrivateBucket(S3Storage):  # type: ignore[misc]
    """An S3-compatible bucket; no signed addresses are given out."""

    def url(self, name: str, *_: Any, **__: Any) -> NoReturn:
        """Never."""
        raise _no_address(name)


def _no_address(name: str | None) -> ValueError:
    return ValueError(f"Files of cases have no public address ({name}): hand them out by apps.cases.files.serving.")
