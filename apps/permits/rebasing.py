"""A request whose parcel was split or merged moves to one that took its place, and begins there as a draft."""

from typing import Any

from django.db import IntegrityError, transaction

from apps.cadastre.models import Parcel, ParcelVersion
from apps.cadastre.selectors import parcel_by_code
from apps.cases.hold_rules import Ground
from apps.cases.holds import release_hold
from apps.cases.models import Case, Hold
from apps.cases.owners import forget_consents
from apps.cases.telling import district_of
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.permits import evidence as evidence_of
from apps.permits import land
from apps.permits.models import PermitRequest

_BORDER_M2 = 1
LAND = "LAND-"
"""How the numbers of holds begin that the cadastre's change places."""


def rebase(case: Case, request: PermitRequest, code: str) -> dict[str, Any]:
    """Under the case's lock: the request rests on today's answer for `code`. What history keeps of it.

    Raises NotFoundError, BadInputError for a parcel that holds nothing of the former land, ConflictError when
    another case is open there. Consents are void: owners consented to another land.
    """
    former = case.land
    parcel = Parcel.objects.get(pk=parcel_by_code(code, on=clock.today(), known_at=clock.now()).parcel_id)
    _check_successor(land.relied(request) or _last_known(former), parcel)
    _move(case, parcel)
    fresh = evidence_of.of_now(parcel_code=parcel.code, kind=request.kind, on=clock.today())
    evidence_of.rely(request, fresh)
    request.examined_version, request.examined_on = fresh.law, clock.today()
    request.filed_on, request.continues_by = None, None
    request.save()
    forget_consents(case, because="rebase")
    for hold in Hold.objects.active().filter(case=case, act__isnull=True, number__startswith=LAND):
        release_hold(hold=hold, ground=Ground.CHOICE)
    return {"from_parcel": former.code, "parcel": parcel.code, "digest": fresh.digest}


def _move(case: Case, parcel: Parcel) -> None:
    case.parcel, case.land_code = parcel, parcel.land_code
    case.district = district_of(case)
    try:
        with transaction.atomic():
            case.save(update_fields=["parcel", "land_code", "district"])
    except IntegrityError as error:
        raise ConflictError(
            fa="برای آن قطعه پروندهٔ باز دیگری هست. تا بسته نشود درخواست به آن نمی‌رود.",
            en="Another case is open on that parcel. The request cannot move there until it is closed.",
        ) from error


def _last_known(former: Parcel) -> ParcelVersion | None:
    return ParcelVersion.objects.filter(parcel=former).order_by("legal", "known").last()


def _check_successor(was: ParcelVersion | None, parcel: Parcel) -> None:
    """The new parcel holds a part of the land that the request was about, more than a border drawn inexactly."""
    now = ParcelVersion.objects.filter(
        parcel=parcel, legal__contains=clock.today(), known__contains=clock.now()
    ).first()
    if was is None or now is None or was.geom.intersection(now.geom).area <= _BORDER_M2:
        raise BadInputError(
            fa=f"قطعهٔ {parcel.code} جای قطعهٔ این درخواست نیست. یکی از قطعه‌هایی را برگزینید که از آن جدا شده یا با آن "
            "یکی شده‌اند.",
            en=f"Parcel {parcel.code} lies elsewhere. Choose one of those that the request's parcel was split into or "
            "merged with.",
            parcel=parcel.code,
        )
