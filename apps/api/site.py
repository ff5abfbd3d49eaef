"""The API itself: description, documentation page, one shape for every error."""

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Swagger
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from apps.api.case_documents import router as case_documents
from apps.api.cases import router as cases
from apps.api.documents import router as documents
from apps.api.envelope import router as envelopes
from apps.api.history import router as histories
from apps.api.inspections import router as inspections
from apps.api.layers import router as layers
from apps.api.mandates import router as mandates
from apps.api.parcels import router as parcels
from apps.api.proposals import router as proposals
from apps.api.requests import router as requests
from apps.api.services import router as services
from apps.common.error_pages import csrf_failure, respond
from apps.common.errors import BadInputError, NotFoundError, ParvanehError
from apps.common.foreseen import as_error, unforeseen
from apps.parties.office_gate import missed
from apps.parties.second_factor import not_given

FORBIDDEN = 403
_MOST_FIELDS = 10


class Json(BaseRenderer):
    """UTF-8 as it is, not as escapes."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002 - ninja's
        """Bytes of `data`."""
        return orjson.dumps(data)


api = NinjaAPI(
    title="Parvaneh",
    version="1",
    description="The rules of a parcel with their reasons, and requests. The same answers as the pages give. "
    "Parcels of the demo are generated (synthetic); its rules are samples, not official.",
    docs=Swagger(settings={"validatorUrl": None, "docExpansion": "list"}),  # no outside validator
    urls_namespace="api-1",
    renderer=Json(),
)
api.add_router("/parcels", parcels)
api.add_router("/parcels", envelopes)
api.add_router("/parcels", histories)
api.add_router("/requests", requests)
api.add_router("/case-files", case_documents)
api.add_router("/requests", proposals)
api.add_router("/requests", inspections)
api.add_router("/mandates", mandates)
api.add_router("/cases", cases)
api.add_router("", services)
api.add_router("", layers)
api.add_router("", documents)


@api.exception_handler(ParvanehError)
def _ours(request: HttpRequest, exc: ParvanehError) -> HttpResponse:
    if isinstance(exc, NotFoundError) and missed(request):
        exc = not_given()
    return respond(request, exc)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, exc: Http404) -> HttpResponse:
    return respond(request, as_error(exc) or unforeseen())


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    fields = [_field(error) for error in exc.errors[:_MOST_FIELDS]]
    names = ", ".join(field["field"] for field in fields)
    error = BadInputError(
        fa=f"این مقدارها خوانا نیستند: {names}. توضیح هر یک در details.fields آمده است.",
        en=f"These values cannot be read: {names}. details.fields says why for each.",
        fields=fields,
    )
    return respond(request, error)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, exc: HttpError) -> HttpResponse:
    if exc.status_code == FORBIDDEN:  # the session's form token is missing or stale
        return csrf_failure(request, str(exc))
    error = BadInputError(fa="بدنهٔ درخواست JSON خوانا نیست.", en="The body is not readable JSON.", why=str(exc))
    return respond(request, error)


def _field(error: dict[str, Any]) -> dict[str, str]:
    place = [str(part) for part in error.get("loc", ())[1:]]
    return {"field": ".".join(place) or "body", "why": str(error.get("msg", ""))}
