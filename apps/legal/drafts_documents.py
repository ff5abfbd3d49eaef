"""Files of minutes and orders: judged by their content, kept by their digest, never changed."""

import hashlib
from typing import IO

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from apps.common import clock
from apps.common.errors import BadInputError, TooLargeError
from apps.legal.models import ActDocument, DocumentKind
from apps.parties.models import Person

MAX_BYTES = 20 * 1024 * 1024
_LONGEST_NAME = 160
_PDF_TAIL = 2048
# (kind, how the bytes begin, how they end): all of a file's ends, so that half a transfer is told at once.
_SIGNS = (
    (DocumentKind.PDF, b"%PDF-", b"%%EOF"),
    (DocumentKind.PNG, b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    (DocumentKind.JPEG, b"\xff\xd8\xff", b"\xff\xd9"),
)
CONTENT_TYPES = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.PNG: "image/png",
    DocumentKind.JPEG: "image/jpeg",
}


def address_of(sha256: str) -> str:
    """Where the file is found, for ever: stands on the act as its `document`."""
    return f"/acts/documents/{sha256}/"


def keep_document(*, file: IO[bytes], name: str, by: Person) -> ActDocument:
    """Keep minutes: PDF, PNG or JPEG up to 20 MiB. The same bytes are kept once.

    Raises BadInputError or TooLargeError.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLargeError(
            fa=f"پرونده بزرگ‌تر از {MAX_BYTES >> 20} مگابایت است. آن را با وضوح کمتر اسکن کنید.",
            en=f"The file is larger than {MAX_BYTES >> 20} MB. Scan it at a lower resolution.",
        )
    kind = kind_of(content)
    sha256 = hashlib.sha256(content).hexdigest()
    standing = ActDocument.objects.filter(sha256=sha256).first()
    return standing or _stored(content, kind=kind, sha256=sha256, name=name, by=by)


def kind_of(content: bytes) -> DocumentKind:
    """What the bytes are, whatever the name says. Raises BadInputError for anything but a whole PDF, PNG or JPEG."""
    for kind, head, tail in _SIGNS:
        if content.startswith(head):
            end = content[-_PDF_TAIL:] if kind is DocumentKind.PDF else content.rstrip(b"\x00\r\n")
            if (tail in end) if kind is DocumentKind.PDF else end.endswith(tail):
                return kind
            raise BadInputError(
                fa="پروندهٔ متن امضاشده ناقص است. آن را دوباره ذخیره کنید و بفرستید.",
                en="The file of the signed text breaks off. Save it again and send it again.",
            )
    raise BadInputError(
        fa="متن امضاشده را به صورت PDF یا تصویر (PNG یا JPEG) بفرستید؛ درون این پرونده چیز دیگری است.",
        en="Send the signed text as a PDF or a picture (PNG or JPEG); this file holds something else.",
    )


def document_at(address: str) -> ActDocument | None:
    """The kept file behind an act's `document`; None when the act names a text that is kept elsewhere."""
    sha256 = address.removeprefix("/acts/documents/").removesuffix("/")
    return ActDocument.objects.filter(sha256=sha256).first() if address == address_of(sha256) else None


def _stored(content: bytes, *, kind: DocumentKind, sha256: str, name: str, by: Person) -> ActDocument:
    document = ActDocument(
        sha256=sha256, kind=kind, size=len(content), name=_shown(name), added_by=by, added_at=clock.now()
    )
    # The name on the disk is ours: digest and kind, so nothing a stranger wrote becomes part of a path.
    document.file.save(f"{sha256}.{kind.value}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:  # sent twice at the same moment: the first one stands
        document.file.delete(save=False)
        return ActDocument.objects.get(sha256=sha256)
    return document


def _shown(name: str) -> str:
    """What people called it, without controls and paths."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:_LONGEST_NAME] or "document"
