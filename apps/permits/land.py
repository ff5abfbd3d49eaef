"""Whether the parcel of a request still is the one that its frozen extract speaks of (split, merged, ended)."""

from datetime import date, datetime

from apps.cadastre.models import ParcelVersion
from apps.common import clock
from apps.common.text import Text, isolated
from apps.permits import words
from apps.permits.evidence import relied_documents
from apps.permits.models import PermitRequest


def why_changed(request: PermitRequest) -> Text | None:
    """Why no step on is taken; None = the parcel stands in the same shape.

    Compared by geometry, not by version: a new record of the same shape (a measured passage, say) stops nobody here;
    whether its answer is another one is for the answer to say.
    """
    case = request.case
    now = _standing(case.parcel_id, on=clock.today(), known_at=clock.now())
    if now is None:
        return words.gone(case.land.code)
    then = relied(request)
    if then is None or then.pk == now.pk or then.geom.equals(now.geom):
        return None
    return Text(
        fa=f"مرز قطعهٔ {isolated(case.land.code)} از هنگام درخواست تغییر کرده است (تفکیک، تجمیع یا اصلاح). درخواست را "
        "پس بگیرید یا روی قطعهٔ تازه ادامه دهید.",
        en=f"The borders of parcel {case.land.code} have changed since the request was made (split, merged or "
        "corrected). Withdraw the request, or go on with it on the new parcel.",
    )


def relied(request: PermitRequest) -> ParcelVersion | None:
    """The version that the frozen extract was composed of; None when the extract was never kept."""
    document = relied_documents([request]).get(request.relied_digest)
    if document is None or "on" not in document or request.relied_known_at is None:
        return None
    return _standing(request.case.parcel_id, on=date.fromisoformat(document["on"]), known_at=request.relied_known_at)


def _standing(parcel: int | None, *, on: date, known_at: datetime) -> ParcelVersion | None:
    found = ParcelVersion.objects.filter(parcel=parcel, legal__contains=on, known__contains=known_at)
    return found.only("pk", "geom", "parcel_id").first()
