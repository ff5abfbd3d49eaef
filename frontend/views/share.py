"""The QR code of a permanent link."""

from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from apps.cadastre.selectors import parcel_by_code
from apps.extracts.services import issue
from frontend.asking import read_ask
from frontend.sharing import permanent_link

_MARGIN = 4  # modules of quiet ground, as ISO 18004 asks


@require_safe
@cache_control(private=True, max_age=3600)
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """SVG of the link to this answer. Raises NotFoundError for a parcel that is not there on that day."""
    ask = read_ask(request)
    parcel = parcel_by_code(code, on=ask.on, known_at=ask.known_at)
    issue(parcel=code, on=ask.on, known_at=ask.known_at, permit_kind=ask.kind)  # what is shared stays as it is
    picture = BytesIO()
    link = permanent_link(request, code=parcel.code, ask=ask, known_at=request.GET.get("known_at", "").strip())
    segno.make(link, error="m", micro=False).save(
        picture, kind="svg", scale=4, border=_MARGIN, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
