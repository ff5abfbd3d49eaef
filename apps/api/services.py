"""The catalogue of services with their definitions, and public tracking. Open to everybody."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from apps.api.schemas import ErrorBody
from apps.api.service_schemas import DefinitionOut, ServicesOut, TrackOut
from apps.api.service_shapes import definition_out, service_out, track_out
from apps.cases.public_asking import tracked
from apps.permits.catalogue import catalogue, entry

REFUSALS = dict.fromkeys((400, 404, 429, 503), ErrorBody)
Word = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]

router = Router(tags=["services"])


@router.get("/services", response={200: ServicesOut, **REFUSALS}, summary="Catalogue of services")
def services(request: HttpRequest, q: Word = "") -> dict[str, Any]:
    """All services of the city, those that have every word of `q`."""
    return {"services": [service_out(one) for group in catalogue(q) for one in group.entries]}


@router.get("/services/{service}", response={200: DefinitionOut, **REFUSALS}, summary="One service")
def service(request: HttpRequest, service: str) -> dict[str, Any]:
    """Its questions, documents, states and steps, as they are now. 404 names what there is."""
    return definition_out(entry(service))


@router.get("/track", response={200: TrackOut, **REFUSALS}, summary="Where a case stands")
def track(request: HttpRequest, response: HttpResponse, number: Word, code: Word) -> dict[str, Any]:
    """By number and code, without sign-in; nothing of anybody. 404 alike for unknown numbers and wrong codes."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "no-store"
    return track_out(tracked(request, number=number, code=code))
