"""Documents of a case as values, for pages and the API. Two queries, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch

from apps.cases import forms
from apps.cases.capacities import capacities, side_of
from apps.cases.document_rules import side_to_add
from apps.cases.files.kinds import BY_MEDIA_TYPE, HEIC, Family
from apps.cases.files.scanning import ScanState
from apps.cases.models import Case, CaseDocument, DocumentVersion
from apps.cases.querysets import CLOSED
from apps.cases.types.definition import DocumentWanted
from apps.cases.types.registry import definition_of
from apps.common.errors import ForbiddenError
from apps.common.text import Text
from apps.parties.models import Person


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version as it is shown. `by`: a name, only where the reader is of the same side or an office; else "".

    `opens`: whether it is handed out at all; `drawn`: whether there is a picture of it for the screen. `size` in bytes.
    """

    number: int
    name: str
    size: int
    media_type: str
    family: str
    pages: int | None
    sha256: str
    scan: ScanState
    capacity: str
    by: Text
    at: datetime
    opens: bool
    drawn: bool


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document as it is shown, its newest version first. `code`: of the type's list, "" = nobody asked for it.

    `mine`: whether the reader may add a version to it; `families`: of files it may be, empty = any.
    """

    id: int
    code: str
    title: Text
    side: str
    mine: bool
    families: tuple[str, ...]
    versions: tuple[VersionFacts, ...]


@dataclass(frozen=True, slots=True)
class CaseDocuments:
    """All documents of a case; what the type asks for and nobody sent yet; whether the reader may add any."""

    documents: tuple[DocumentFacts, ...]
    missing: tuple[DocumentWanted, ...]
    may_add: bool


def documents_of(case: Case, *, person: Person, held: frozenset[str] | None = None) -> CaseDocuments:
    """Call it with a case that came through `visible_case`. `held`: the reader's capacities when they are known."""
    held = capacities(case, person) if held is None else held
    side, adds = side_of(held), _adds(case, held)
    wanted = {d.code: d for d in definition_of(case).documents}
    rows = tuple(_document(row, wanted, side=side, adds=adds) for row in _rows(case))
    sent = {row.code for row in rows}
    asked = (d for d in wanted.values() if d.code not in sent and forms.asked(d.when, case.form))
    return CaseDocuments(rows, tuple(asked) if side == "owner" else (), adds != "")


def _adds(case: Case, held: frozenset[str]) -> str:
    """The side the reader adds for; "" = none."""
    if case.status in CLOSED:
        return ""
    try:
        return side_to_add(held)
    except ForbiddenError:
        return ""


def _rows(case: Case) -> Iterable[CaseDocument]:
    versions = DocumentVersion.objects.select_related("by").order_by("-number")
    return CaseDocument.objects.filter(case=case).prefetch_related(Prefetch("versions", queryset=versions))


def _document(row: CaseDocument, wanted: dict[str, DocumentWanted], *, side: str, adds: str) -> DocumentFacts:
    asked = wanted.get(row.code) if row.side == "owner" else None
    named = side in ("office", row.side)
    return DocumentFacts(
        id=row.pk,
        code=row.code,
        title=asked.name if asked else Text.of(row.title),
        side=row.side,
        mine=adds == row.side,
        families=asked.families if asked else (),
        versions=tuple(_version(version, named=named) for version in row.versions.all()),
    )


def _version(row: DocumentVersion, *, named: bool) -> VersionFacts:
    scan = ScanState(row.scan)
    opens = scan is not ScanState.INFECTED and (scan is ScanState.CLEAN or not settings.SCAN_REQUIRED)
    kind = BY_MEDIA_TYPE.get(row.media_type)
    return VersionFacts(
        number=row.number,
        name=row.name,
        size=row.size,
        media_type=row.media_type,
        family=row.family,
        pages=row.pages,
        sha256=row.sha256,
        scan=scan,
        capacity=row.capacity,
        by=Text(row.by.name_fa, row.by.name_en) if named else Text("", ""),
        at=row.at,
        opens=opens,
        drawn=opens and kind is not None and kind.family is Family.IMAGE and kind is not HEIC,
    )
