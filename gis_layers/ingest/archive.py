"""Unpacking a zip from a stranger: never outside its folder, never more than the limits, nothing nested."""

import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from apps.common.errors import IntakeError

MIB = 1024 * 1024
_ENCRYPTED = 0x1
_SHAPE_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx"}


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much a zip may unpack to. `max_ratio` counts only once `ratio_from` bytes are out."""

    max_bytes: int = 4096 * MIB
    max_files: int = 2000
    max_ratio: int = 200
    ratio_from: int = 16 * MIB


def unpack(archive: Path, into: Path, *, limits: ZipLimits | None = None) -> None:
    """Unpack into the folder. What the zip says about its sizes is not believed: bytes are counted as they come.

    Raises IntakeError for bombs, nested zips, names that lead out of the folder, links, passwords, damage.
    """
    limits = limits or ZipLimits()
    try:
        with zipfile.ZipFile(archive) as bundle:
            _unpack_all(bundle, archive, into, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise IntakeError(
            fa=f"پروندهٔ {archive.name} زیپ سالمی نیست ({error}). آن را دوباره بسازید یا دوباره بفرستید.",
            en=f"{archive.name} is not a sound zip file ({error}). Make it again, or send it again.",
            file=archive.name,
        ) from error


def _unpack_all(bundle: zipfile.ZipFile, archive: Path, into: Path, limits: ZipLimits) -> None:
    entries = [entry for entry in bundle.infolist() if not entry.is_dir()]
    if len(entries) > limits.max_files:
        raise _bomb(archive, f"{len(entries)} > {limits.max_files} files")
    packed = max(archive.stat().st_size, 1)
    left = min(limits.max_bytes, max(packed * limits.max_ratio, limits.ratio_from))
    for entry in entries:
        target = _target(entry, archive, into)
        target.parent.mkdir(parents=True, exist_ok=True)
        with bundle.open(entry) as source, target.open("wb") as out:
            left -= _copy(source, out, left=left, archive=archive, entry=entry.filename)


def _target(entry: zipfile.ZipInfo, archive: Path, into: Path) -> Path:
    name = PurePosixPath(entry.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or ":" in entry.filename:
        raise _refused(archive, entry.filename, fa="به بیرون از پوشه راه می‌برد", en="leads out of its folder")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _refused(archive, entry.filename, fa="پیوند است، نه پرونده", en="is a link, not a file")
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(archive, entry.filename, fa="گذرواژه دارد", en="has a password")
    suffix = name.suffix.lower()
    return into / (name.with_suffix(suffix) if suffix in _SHAPE_PARTS else name)


def _copy(source: IO[bytes], out: IO[bytes], *, left: int, archive: Path, entry: str) -> int:
    """Copy, counting; raises once more than `left` bytes came. Returns the bytes written."""
    written = 0
    while block := source.read(MIB):
        if written == 0 and block.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            raise _refused(archive, entry, fa="خود زیپ است", en="is itself a zip")
        written += len(block)
        if written > left:
            raise _bomb(archive, entry)
        out.write(block)
    return written


def _bomb(archive: Path, what: str) -> IntakeError:
    return IntakeError(
        fa=f"پروندهٔ {archive.name} پس از باز شدن بیش از اندازه بزرگ می‌شود ({what}). آن را به چند پرونده بخش کنید، "
        "یا باز شده (بی زیپ) بدهید.",
        en=f"{archive.name} grows beyond the limit when it is unpacked ({what}). Split it, or give it unpacked.",
        file=archive.name,
        what=what,
    )


def _refused(archive: Path, entry: str, *, fa: str, en: str) -> IntakeError:
    return IntakeError(
        fa=f"درون {archive.name}، «{entry}» {fa}. زیپ را تنها از پرونده‌های خود لایه بسازید.",
        en=f"In {archive.name}, “{entry}” {en}. Make the zip of the layer's own files only.",
        file=archive.name,
        entry=entry,
    )
