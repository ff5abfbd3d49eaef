"""Files of a case: what there is, sending one, taking one out. Session and form token, as on the pages."""

from typing import Annotated, Any

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Path, Router, Status
from ninja.files import UploadedFile

from apps.api.case_document_schemas import DocumentsOut, FileIn, SentOut
from apps.api.documents import answers
from apps.api.requests import REFUSALS
from apps.api.schemas import ErrorBody
from apps.api.signed_in import SignedIn, seen
from apps.cases.document_list import DocumentFacts, VersionFacts, documents_of
from apps.cases.documents import Upload, add_version, open_version
from apps.cases.files.serving import as_download
from apps.cases.selectors import visible_case
from apps.common.addresses import client_address
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits.services import sign_in_required

SENT = Limit("case-files-sent", 120, 3600)
TAKEN = Limit("case-files-taken", 600, 3600)
MORE_REFUSALS = {**REFUSALS, 413: ErrorBody, 500: ErrorBody}
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
router = Router(tags=["case files"], auth=SignedIn())


@router.get("/{tracking}", response={200: DocumentsOut, **REFUSALS}, summary="Documents of a case")
def listed(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """Every version of every document, and what is still asked for. The look is written down."""
    person = _person(request)
    case = visible_case(tracking=tracking, person=person)
    found = documents_of(case, person=person)
    seen(request, case)
    return {
        "documents": [_document(case.tracking, facts) for facts in found.documents],
        "missing": [
            {
                "code": wanted.code,
                "name": wanted.name.as_dict(),
                "guide": wanted.guide.as_dict(),
                "required": wanted.required,
                "families": list(wanted.families),
            }
            for wanted in found.missing
        ],
        "may_add": found.may_add,
    }


@router.post("/{tracking}", response={201: SentOut, **MORE_REFUSALS}, summary="Send a file")
def send(request: HttpRequest, tracking: str, about: Form[FileIn], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Judged by its content. PDF and pictures to 20 MiB, drawings and models to 50; of a cut one nothing is kept."""
    person = _person(request)
    spend(request, limit=SENT, key=str(person.pk))
    version = add_version(
        person=person,
        tracking=tracking,
        upload=Upload(source=file, name=file.name or "", sha256=about.sha256),
        code=about.code,
        title=about.title,
        document=about.document,
    )
    return Status(
        201,
        {
            "document": version.document_id,
            "number": version.number,
            "sha256": version.sha256,
            "media_type": version.media_type,
            "scan": version.scan,
            "url": _url(version.document.case.tracking, version.document_id, version.number),
        },
    )


@router.get(
    "/{tracking}/{document}/{number}",
    response={200: None, **MORE_REFUSALS},
    openapi_extra=answers("application/octet-stream", {"type": "string", "format": "binary"}),
    summary="Take a file out",
)
def take(request: HttpRequest, tracking: str, document: Number, number: Number) -> FileResponse:
    """The bytes as they were sent, while they still are; that they were taken is written down, for the owner too."""
    person = _person(request)
    spend(request, limit=TAKEN, key=str(person.pk))
    found = open_version(
        person=person, tracking=tracking, document=document, number=number, address=client_address(request)
    )
    return as_download(found.stored, media_type=found.media_type, name=found.name, number=found.number)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise sign_in_required()
    return request.user


def _url(tracking: str, document: int, number: int) -> str:
    return f"/api/v1/case-files/{tracking}/{document}/{number}"


def _document(tracking: str, facts: DocumentFacts) -> dict[str, Any]:
    return {
        "id": facts.id,
        "code": facts.code,
        "title": facts.title.as_dict(),
        "side": facts.side,
        "versions": [_version(tracking, facts.id, version) for version in facts.versions],
    }


def _version(tracking: str, document: int, facts: VersionFacts) -> dict[str, Any]:
    names = ("number", "name", "size", "media_type", "family", "pages", "sha256", "capacity", "at", "opens")
    plain = {name: getattr(facts, name) for name in names}
    return {**plain, "scan": facts.scan.value, "url": _url(tracking, document, facts.number)}
