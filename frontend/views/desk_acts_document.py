"""The file of an act's signed text. Public once an act cites it; before that, for the desk only."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.common.foreseen import no_such_page
from apps.legal.drafts_documents import CONTENT_TYPES, address_of
from apps.legal.models import ActDocument, DocumentKind, LegalAct
from frontend.desk_access import at_desk

# Whatever a scanner or a stranger put into the file, it is saved by the reader, never run on our pages.
_INERT = "default-src 'none'; sandbox"


@require_safe
def document(request: HttpRequest, sha256: str) -> HttpResponse | FileResponse:
    """The bytes as they were sent, as a download that no browser opens as a page."""
    found = ActDocument.objects.filter(sha256=sha256).first()
    if found is None or not (_public(sha256) or at_desk(request)):
        raise no_such_page()
    kind = DocumentKind(found.kind)
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=f"act-{sha256[:12]}.{kind.value}",
        content_type=CONTENT_TYPES[kind],
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _INERT
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


def _public(sha256: str) -> bool:
    return LegalAct.objects.filter(document=address_of(sha256)).exists()
