"""The QR code of a permanent link."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from apps.documents.links import qr_svg
from apps.extracts.services import issue
from frontend.asking import read_ask
from frontend.sharing import permanent_link


@require_safe
@cache_control(private=True, max_age=3600)
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """SVG of the link to this answer, which is issued by it. Raises NotFoundError for a parcel that is not there."""
    ask = read_ask(request)
    answer = issue(parcel=code, on=ask.on, known_at=ask.known_at, permit_kind=ask.kind).data
    link = permanent_link(request, code=answer["parcel"]["code"], ask=ask, known_at=answer["known_at"])
    return HttpResponse(qr_svg(link, label=_("QR code of this link")), content_type="image/svg+xml")
