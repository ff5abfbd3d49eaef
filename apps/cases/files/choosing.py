"""Where files of cases lie, as the environment says. Read by the settings, so it knows no other setting. Pure.

Local by default: a folder beside the media, that no web server serves. With CASE_FILES_BUCKET an S3-compatible store.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_OTHERS = ("CASE_FILES_ENDPOINT", "CASE_FILES_REGION", "CASE_FILES_KEY", "CASE_FILES_SECRET")


class HalfConfiguredError(ValueError):
    """Some of the store's variables are set and others are missing."""


def case_store(environ: Mapping[str, str], *, var: Path) -> dict[str, Any]:
    """The entry "cases" of STORAGES. Raises HalfConfiguredError, naming what is missing."""
    bucket = environ.get("CASE_FILES_BUCKET", "")
    given = [name for name in _OTHERS if environ.get(name)]
    if not bucket:
        if given:
            raise HalfConfiguredError(f"{', '.join(given)} without CASE_FILES_BUCKET: set the bucket, or none of them.")
        return _local(var / "cases")
    key, secret = environ.get("CASE_FILES_KEY", ""), environ.get("CASE_FILES_SECRET", "")
    if bool(key) != bool(secret):
        raise HalfConfiguredError(
            "CASE_FILES_KEY and CASE_FILES_SECRET go together: set both, or none (then the machine's own role)."
        )
    endpoint = environ.get("CASE_FILES_ENDPOINT", "")
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise HalfConfiguredError(
            "CASE_FILES_ENDPOINT must be an address that begins with https:// (or http:// inside)."
        )
    return _bucket(bucket, endpoint=endpoint, region=environ.get("CASE_FILES_REGION", ""), key=key, secret=secret)


def _local(folder: Path) -> dict[str, Any]:
    return {
        "BACKEND": "apps.cases.files.stores.PrivateFolder",
        "OPTIONS": {
            "location": str(folder),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _bucket(bucket: str, *, endpoint: str, region: str, key: str, secret: str) -> dict[str, Any]:
    return {
        "BACKEND": "apps.cases.files.stores.PrivateBucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "access_key": key or None,
            "secret_key": secret or None,
            "default_acl": None,  # a bucket is private by itself, and new ones refuse every ACL
            "file_overwrite": False,
            "signature_version": "s3v4",
            "addressing_style": "path" if endpoint else "auto",
            "max_memory_size": 2 * 1024 * 1024,
            "object_parameters": {"ContentType": "application/octet-stream", "ContentDisposition": "attachment"},
        },
    }
