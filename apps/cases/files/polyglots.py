"""Files that are two things at once: a picture that is also an archive, a PDF that is also a page.

None of ours needs an archive's directory at its end or the marks of a page inside, so both are refused.
"""

import re
from typing import IO

from apps.cases.files.faults import refused
from apps.common.text import Text

_BLOCK = 1024 * 1024
_OVERLAP = 32
_PAGE = re.compile(rb"<script|<html|<!doctype\s+html|<iframe|<svg[\s>]|<\?php", re.IGNORECASE)
_END_OF_ARCHIVE = b"PK\x05\x06"
_LONGEST_COMMENT = 65_535
_RECORD = 22
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


def refuse_polyglot(file: IO[bytes]) -> None:
    """Raises RefusedFileError when the file also holds an archive or a page of the web. Leaves it at any place."""
    if _has_archive(file):
        raise refused(
            Text(
                "درون این فایل یک بایگانی فشرده (ZIP یا RAR) پنهان است. آن را با برنامهٔ خودش دوباره ذخیره کنید "
                "و بدون پیوست بفرستید.",
                "An archive (ZIP or RAR) is hidden in this file. Save it again with its own program and send it "
                "without attachments.",
            )
        )
    if _has_page(file):
        raise refused(
            Text(
                "درون این فایل کد صفحهٔ وب است. آن را از نو به PDF چاپ کنید یا دوباره ذخیره کنید و بفرستید.",
                "This file holds code of a web page. Print it to PDF anew, or save it again, and send that.",
            )
        )


def _has_archive(file: IO[bytes]) -> bool:
    """Whether a reader of archives would find a directory at the end, or another archive is appended there."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_COMMENT - _RECORD))
    end = file.read()
    place = end.rfind(_END_OF_ARCHIVE)
    while place >= 0:
        if _points_at_a_directory(file, end[place : place + _RECORD], size - len(end) + place):
            return True
        place = end.rfind(_END_OF_ARCHIVE, 0, place)
    return any(sign in end for sign in _ARCHIVES)


def _points_at_a_directory(file: IO[bytes], record: bytes, at: int) -> bool:
    """The record says how long the directory before it is; there must be one, or it is four bytes of chance."""
    length = int.from_bytes(record[12:16], "little")
    if len(record) < _RECORD or not 0 < length <= at:
        return False
    file.seek(at - length)
    return file.read(4) == b"PK\x01\x02"


def _has_page(file: IO[bytes]) -> bool:
    file.seek(0)
    kept = b""
    while block := file.read(_BLOCK):
        if _PAGE.search(kept + block):
            return True
        kept = block[-_OVERLAP:]
    return False
