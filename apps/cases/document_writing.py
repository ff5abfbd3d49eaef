"""The transaction behind `documents.add_version`: locks the case, asks again who may, writes, tells."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from apps.cases.capacities import acting_as, capacities, hold_mandate
from apps.cases.document_rules import Room, check_room, clean_title, side_to_add
from apps.cases.document_telling import in_history, tell_of
from apps.cases.files.kinds import Sniffed
from apps.cases.files.scanning import Scan
from apps.cases.files.storing import Stored
from apps.cases.models import Case, CaseDocument, DocumentVersion
from apps.cases.querysets import CLOSED
from apps.cases.recording import append_history, locked_case
from apps.cases.selectors import visible_case
from apps.cases.types.definition import DocumentWanted
from apps.cases.types.registry import definition_of
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.parties.models import Person


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was looked at, scanned and stored. `pages`: of a PDF."""

    stored: Stored
    kind: Sniffed
    name: str
    pages: int | None
    scan: Scan


def case_to_add_to(*, person: Person, tracking: str) -> tuple[Case, str]:
    """The case and the side the person adds for, asked before a byte is read. Raises as `documents.add_version`."""
    case = visible_case(tracking=tracking, person=person)
    return case, _check(case, person, capacities(case, person))


def wanted_in(case: Case, *, code: str, side: str, document: int | None) -> DocumentWanted | None:
    """The document of the type that is sent; None = one that nobody asked for. Raises BadInputError, NotFoundError."""
    if document is not None:
        code = _of_case(case, document, side=side).code
    if not code:
        return None
    found = next((d for d in definition_of(case).documents if d.code == code), None)
    if found is None and document is None:
        raise BadInputError(
            fa="چنین مدرکی در این پرونده خواسته نشده است. آن را از فهرست برگزینید یا با نام خودش بفرستید.",
            en="No such document is asked for in this case. Choose it from the list, or send it under its own title.",
        )
    return found


def same_content(
    case: Case, *, side: str, code: str, title: str, document: int | None, sha256: str
) -> DocumentVersion | None:
    """The version of this document that has this very content."""
    rows = DocumentVersion.objects.filter(document__case=case, document__side=side, sha256=sha256)
    if document is not None:
        return rows.filter(document=document).first()
    named = rows.filter(document__code=code)
    return (named if code else named.filter(document__title=" ".join(title.split()))).first()


@transaction.atomic
def write(
    incoming: Incoming, *, person: Person, tracking: str, code: str, title: str, document: int | None
) -> DocumentVersion:
    """The row of a stored file, its history and what the other side is told. Raises as `documents.add_version`."""
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    side = _check(case, person, held, size=incoming.stored.size)
    hold_mandate(case, person, held)
    sha256 = incoming.stored.sha256
    standing = same_content(case, side=side, code=code, title=title, document=document, sha256=sha256)
    if standing is not None:
        return standing
    place = _document(case, side=side, code=code, title=title, document=document)
    version = _insert(incoming, place, person=person, capacity=acting_as(held))
    append_history(case=case, actor=person, kind="document", data=in_history(version, place))
    tell_of(case, version, person=person, side=side)
    return version


def _check(case: Case, person: Person, held: frozenset[str], size: int = 1) -> str:
    side = side_to_add(held)
    if case.status in CLOSED:
        raise ConflictError(
            fa="این پرونده بسته شده است و مدرک تازه نمی‌گیرد.", en="This case is closed and takes no more documents."
        )
    of_case = DocumentVersion.objects.filter(document__case=case)
    check_room(case=_room(of_case), day=_room(_sent_today(person)), size=size)
    return side


def _room(rows: QuerySet[DocumentVersion]) -> Room:
    sums = rows.aggregate(versions=Count("pk"), size=Sum("size"))
    return Room(versions=sums["versions"], size=sums["size"] or 0)


def _sent_today(person: Person) -> QuerySet[DocumentVersion]:
    midnight = timezone.make_aware(datetime.combine(clock.today(), time()))
    return DocumentVersion.objects.filter(by=person, at__gte=midnight)


def _of_case(case: Case, document: int, *, side: str) -> CaseDocument:
    found = CaseDocument.objects.filter(case=case, pk=document, side=side).first()
    if found is None:
        raise NotFoundError(
            fa="چنین مدرکی از سوی شما در این پرونده نیست. فهرست مدارک را تازه کنید.",
            en="There is no such document of your side in this case. Reload the list of documents.",
        )
    return found


def _document(case: Case, *, side: str, code: str, title: str, document: int | None) -> CaseDocument:
    if document is not None:
        return _of_case(case, document, side=side)
    standing = CaseDocument.objects.filter(case=case, code=code, side=side).first() if code else None
    return standing or CaseDocument.objects.create(
        case=case, code=code, title=clean_title(title), side=side, created_at=clock.now()
    )


def _insert(incoming: Incoming, place: CaseDocument, *, person: Person, capacity: str) -> DocumentVersion:
    last = place.versions.aggregate(last=Max("number"))["last"] or 0
    return DocumentVersion.objects.create(
        document=place,
        number=last + 1,
        name=incoming.name,
        stored=incoming.stored.name,
        sha256=incoming.stored.sha256,
        size=incoming.stored.size,
        media_type=incoming.kind.media_type,
        family=incoming.kind.family.value,
        pages=incoming.pages,
        scan=incoming.scan.state.value,
        scan_said=incoming.scan.found,
        by=person,
        capacity=capacity,
        at=clock.now(),
    )
