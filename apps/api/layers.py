"""The map's layers on a day, and the permit kinds."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from apps.api.params import known_instant, legal_day
from apps.api.parcels import REFUSALS, KnownAt, On
from apps.api.schemas import KindsOut, LayersOut
from apps.common import clock
from apps.map_services import selectors
from apps.permits.selectors import permit_kinds

router = Router(tags=["map"])


@router.get("/layers", response={200: LayersOut, **REFUSALS}, summary="Layers with legends and tile URLs")
def layers(request: HttpRequest, on: On = None, known_at: KnownAt = None) -> dict[str, Any]:
    """What is in force on the day, and apart from it what is pending; tile keys change when the law does."""
    return selectors.layers(on=legal_day(on) or clock.today(), known_at=known_instant(known_at))


@router.get("/permit-kinds", response={200: KindsOut}, summary="Permit kinds")
def kinds(request: HttpRequest) -> dict[str, Any]:
    """Every kind that can be asked for."""
    return {"kinds": [{"code": kind.code, "label": kind.label.as_dict()} for kind in permit_kinds()]}
