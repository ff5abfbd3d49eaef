"""What a file is, judged by its content; its name only has to agree."""

from typing import IO

import puremagic

from apps.cases.files.faults import broken_off, not_taken, refused
from apps.cases.files.kinds import EXTENSIONS, FAMILY_NAMES, Sniffed
from apps.cases.files.polyglots import refuse_polyglot
from apps.cases.files.signs import HEAD, TAIL, ends_whole, kind_of
from apps.common.text import Text

_EMPTY = Text("این فایل تهی است. فایل درست را برگزینید.", "This file is empty. Choose the right one.")
_SAME = {"jpg": {"jpg", "jpeg", "jpe", "jfif"}, "tif": {"tif", "tiff"}, "heic": {"heic", "heif"}}


def sniff(file: IO[bytes], *, name: str = "") -> Sniffed:
    """What the file is. `name`: what the sender calls it. Leaves the file at its start.

    Raises RefusedFileError for content that is none of ours, breaks off, is two things at once, or that the name's
    extension says to be of another family.
    """
    file.seek(0)
    head = file.read(HEAD)
    kind = kind_of(head)
    if kind is None:
        raise _told(head)
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    if not ends_whole(kind, head=head, tail=file.read(), size=size):
        raise broken_off()
    refuse_polyglot(file)
    _agree(kind, name)
    file.seek(0)
    return kind


def note_on_name(kind: Sniffed, name: str) -> Text | None:
    """What to tell about a name whose extension is another one of the same family; None when it fits."""
    extension = extension_of(name)
    if not extension or extension in _SAME.get(kind.extension, {kind.extension}):
        return None
    return Text(
        f"نام این فایل به ‎.{extension}‎ ختم می‌شود ولی محتوای آن {kind.extension.upper()} است و با همین نوع "
        "نگه داشته شد.",
        f"The name ends in .{extension}, but the content is {kind.extension.upper()}; it was kept as that.",
    )


def extension_of(name: str) -> str:
    """The extension in lower case without its dot; '' = none."""
    stem, _, extension = name.rpartition(".")
    return extension.strip().lower() if stem else ""


def _agree(kind: Sniffed, name: str) -> None:
    extension = extension_of(name)
    if not extension or extension in EXTENSIONS[kind.family]:
        return
    family = FAMILY_NAMES[kind.family]
    raise refused(
        Text(
            f"نام فایل به «{extension[:20]}» ختم می‌شود ولی محتوای آن {family.fa} است. اگر فایل درستی است، "
            f"نام آن را به ‎.{kind.extension}‎ تغییر دهید و دوباره بفرستید.",
            f"The name ends in “{extension[:20]}”, but the content is a {family.en}. If it is the right file, rename "
            f"it to .{kind.extension} and send it again.",
        )
    )


def _told(head: bytes) -> Exception:
    """The refusal, with the name of what it is where that can be told."""
    if not head.strip():
        return refused(_EMPTY)
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return not_taken()
    return not_taken(next((match.name.split(" (")[0] for match in found if match.name), ""))
