"""Files of a case: the list with its forms, and handing them out. Who may not see the case finds nothing here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from apps.cases import access_log
from apps.cases.document_writing import case_to_add_to
from apps.cases.documents import OpenedVersion, Upload, add_version, open_version
from apps.cases.files.faults import refused
from apps.cases.files.kinds import BY_MEDIA_TYPE
from apps.cases.files.scanning import ScanState
from apps.cases.files.serving import as_download, as_picture
from apps.cases.files.sniffing import note_on_name
from apps.cases.models import DocumentVersion
from apps.cases.selectors import visible_case
from apps.common.addresses import client_address
from apps.common.error_pages import wants_json
from apps.common.errors import ParvanehError, SignInRequiredError
from apps.common.limits import Limit, spend
from apps.common.text import Text
from apps.parties.models import Person
from frontend.case_files import documents_context, page_of
from frontend.case_page_log import seen
from frontend.wording import digits, say

SENT = Limit("case-files-sent", 120, 3600)
TAKEN = Limit("case-files-taken", 600, 3600)
_LONG_NUMBER = 18
_NOTHING = Text(
    "فایلی نرسید، یا ارسال آن نیمه‌کاره ماند. فایل را برگزینید و دوباره بفرستید.",
    "No file arrived, or its sending broke off. Choose the file and send it again.",
)


@csrf_exempt  # `_add` checks the form token: nothing of a body is read for who may not send anything
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def documents_page(request: HttpRequest, tracking: str) -> HttpResponse:
    """The documents of a case; POST adds a file. Asked for JSON, it answers JSON (the script's way)."""
    if request.method != "POST":
        return _signed_in_page(request, tracking)
    person = _person(request)
    case_to_add_to(person=person, tracking=tracking)
    spend(request, limit=SENT, key=str(person.pk))
    return _add(request, tracking)


@never_cache
@require_GET
@login_required
def download(request: HttpRequest, tracking: str, document: int, number: int) -> FileResponse:
    """A version as it was sent, to be saved."""
    found = _open(request, tracking, document, number, what=access_log.DOWNLOAD)
    return as_download(found.stored, media_type=found.media_type, name=found.name, number=found.number)


@never_cache
@require_GET
@login_required
def picture(request: HttpRequest, tracking: str, document: int, number: int) -> HttpResponse:
    """A picture for the screen, without the position the camera wrote down."""
    found = _open(request, tracking, document, number, what=access_log.VIEW)
    return as_picture(found.stored, media_type=found.media_type, number=found.number)


def _open(request: HttpRequest, tracking: str, document: int, number: int, *, what: str) -> OpenedVersion:
    person = _person(request)
    spend(request, limit=TAKEN, key=str(person.pk))
    address = client_address(request)
    return open_version(person=person, tracking=tracking, document=document, number=number, address=address, what=what)


@login_required
def _signed_in_page(request: HttpRequest, tracking: str) -> HttpResponse:
    return _page(request, tracking)


@csrf_protect
def _add(request: HttpRequest, tracking: str) -> HttpResponse:
    try:
        version = _added(request, tracking)
    except ParvanehError as error:
        if wants_json(request):
            raise
        return _page(request, tracking, refused=error)
    _tell(request, version)
    url = _back(request, tracking, version)
    if wants_json(request):
        return JsonResponse(
            {"url": url, "number": version.number, "scan": version.scan, "sha256": version.sha256}, status=201
        )
    return redirect(url)


def _back(request: HttpRequest, tracking: str, version: DocumentVersion) -> str:
    """Where the sender came from: the checklist of the case, or the documents' own page."""
    if request.POST.get("back") == "checklist":
        return f"{reverse('request', args=[tracking])}#checklist"
    return f"{reverse('case_documents', args=[tracking])}#document-{version.document_id}"


def _added(request: HttpRequest, tracking: str) -> DocumentVersion:
    file = request.FILES.get("file") or request.FILES.get("photo")
    if file is None:
        raise refused(_NOTHING)
    said = request.POST.get("document", "")
    return add_version(
        person=_person(request),
        tracking=tracking,
        upload=Upload(source=file, name=file.name or ""),
        code=request.POST.get("code", ""),
        title=request.POST.get("title", ""),
        document=int(said) if said.isdecimal() and len(said) < _LONG_NUMBER else None,
    )


def _tell(request: HttpRequest, version: DocumentVersion) -> None:
    """What the sender reads on the next page."""
    if version.scan == ScanState.INFECTED:
        messages.error(request, _("A virus was found in this file; it is given to nobody. Send a sound version."))
        return
    messages.success(request, _("The file is kept as version {number}.").format(number=digits(version.number)))
    file = request.FILES.get("file") or request.FILES.get("photo")
    note = note_on_name(BY_MEDIA_TYPE[version.media_type], (file.name if file else "") or "")
    if note is not None:
        messages.info(request, say(note))


def _page(request: HttpRequest, tracking: str, *, refused: ParvanehError | None = None) -> HttpResponse:
    person = _person(request)
    case = visible_case(tracking=tracking, person=person)
    context = {**documents_context(case, person), "back": page_of(case, person), "refused": refused}
    seen(request, case)
    return render(request, "frontend/case_documents.html", context, status=refused.status if refused else 200)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise SignInRequiredError(
            fa="نشست شما پایان یافته است. دوباره وارد شوید و فایل را از نو بفرستید.",
            en="You are signed out. Sign in again and send the file anew.",
        )
    return request.user
