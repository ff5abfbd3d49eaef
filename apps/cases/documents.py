"""The write door of documents, and the one that hands a file out. A new version never replaces the old one."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from apps.cases import access_log, document_rules
from apps.cases.document_writing import Incoming, case_to_add_to, same_content, wanted_in, write
from apps.cases.files.faults import refused
from apps.cases.files.looking import look
from apps.cases.files.naming import clean_name
from apps.cases.files.receiving import Readable, received
from apps.cases.files.scanning import scan
from apps.cases.files.sniffing import sniff
from apps.cases.files.storing import Stored, drop, keep
from apps.cases.models import DocumentVersion
from apps.cases.selectors import visible_case
from apps.common.addresses import UNIX_SOCKET
from apps.common.errors import NotFoundError, ParvanehError
from apps.common.text import Text
from apps.parties.models import Person


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in. `name`: what its sender calls it. `sha256`: as the sender computed it, "" = not said."""

    source: Readable
    name: str = ""
    sha256: str = field(default="")


@dataclass(frozen=True, slots=True)
class OpenedVersion:
    """A version that its reader may take out now: where it lies, what it is, what it is called."""

    stored: Stored
    media_type: str
    name: str
    number: int


def add_version(
    *, person: Person, tracking: str, upload: Upload, code: str = "", title: str = "", document: int | None = None
) -> DocumentVersion:
    """A file for a case: a new version of `document`, or of the one the type asks for as `code`, or a new document.

    The same content twice gives the same version back. Nothing is kept unless the version is. Raises NotFoundError (a
    case the person does not see), ForbiddenError, ConflictError (case closed, mandate ended), RefusedFileError,
    TooLargeError, BadInputError, StoreAwayError, UnavailableError.
    """
    case, side = case_to_add_to(person=person, tracking=tracking)
    wanted = wanted_in(case, code=code, side=side, document=document)
    named = title if wanted is None else wanted.name.fa
    with received(upload.source) as got:
        if upload.sha256 and upload.sha256.lower() != got.sha256:
            raise refused(_DAMAGED)
        standing = same_content(case, side=side, code=code, title=named, document=document, sha256=got.sha256)
        if standing is not None:
            return standing
        kind = sniff(got.file, name=upload.name)
        document_rules.check_family(kind.family, wanted)
        seen = look(got.file, kind)
        said = scan(got.file)
        incoming = Incoming(
            stored=keep(got),
            kind=kind,
            name=clean_name(upload.name, extension=kind.extension),
            pages=seen.pages or None,
            scan=said,
        )
    return _written(incoming, person=person, tracking=tracking, code=code, title=named, document=document)


_DAMAGED = Text(
    "این فایل آسیب‌دیده رسید (اثر انگشت آن نمی‌خواند). آن را از نو بفرستید.",
    "This file arrived damaged (its digest differs). Send it anew.",
)


def _written(
    incoming: Incoming, *, person: Person, tracking: str, code: str, title: str, document: int | None
) -> DocumentVersion:
    try:
        version = write(incoming, person=person, tracking=tracking, code=code, title=title, document=document)
    except ParvanehError:
        drop(incoming.stored.name)
        raise
    # A fault of the database is not answered by removing: its row may have been committed. The sweep decides.
    if version.stored != incoming.stored.name:
        drop(incoming.stored.name)  # the same content came at the same moment
    return version


@transaction.atomic
def open_version(
    *,
    person: Person,
    tracking: str,
    document: int,
    number: int,
    address: str | None = None,
    what: str = access_log.DOWNLOAD,
) -> OpenedVersion:
    """A version to hand out; that it was is written down before it is. `what`: download, or view (a picture).

    Raises NotFoundError (not there, or not this person's), ConflictError (a virus; not scanned where that is a must).
    """
    case = visible_case(tracking=tracking, person=person)
    version = (
        DocumentVersion.objects.filter(document__case=case, document=document, number=number)
        .select_related("document")
        .first()
    )
    if version is None:
        raise NotFoundError(
            fa="چنین نسخه‌ای در این پرونده نیست. فهرست مدارک را تازه کنید.",
            en="There is no such version in this case. Reload the list of documents.",
        )
    document_rules.check_scan(version.scan, required=settings.SCAN_REQUIRED)
    thing = f"{version.document.title} v{version.number}"
    known = None if address == UNIX_SOCKET else address
    access_log.record(case=case, person=person, what=what, thing=thing, address=known)
    return OpenedVersion(
        stored=Stored(name=version.stored, size=version.size, sha256=version.sha256),
        media_type=version.media_type,
        name=version.name,
        number=version.number,
    )
