"""The cadastre changed: open requests whose parcel was split, merged or ended are held, and their people told."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from apps.cadastre.events import ParcelVersionsAdded
from apps.cadastre.models import ParcelVersion
from apps.cases.capacities import told_of
from apps.cases.hold_facts import OrderFacts
from apps.cases.hold_rules import Level, OrderRank
from apps.cases.holds import place_hold
from apps.cases.models import Case, Hold
from apps.cases.telling import Officers, tell
from apps.common import clock
from apps.common.events import Event
from apps.common.text import Text
from apps.legal.acts import Authority
from apps.permits import land, words
from apps.permits.examined import open_requests
from apps.permits.models import PermitRequest
from apps.permits.rebasing import LAND

CADASTRE = Text("ثبت قطعه‌ها (کاداستر)", "Cadastre")


def on_event(event: Event) -> None:
    """Hold what the change touches. Delivered once; a hold that stands is not placed again."""
    if isinstance(event, ParcelVersionsAdded):
        for case, request in _touched(event.chunks):
            hold_if_changed(case, request)


@transaction.atomic
def hold_if_changed(case_id: int, request_id: int) -> bool:
    """Whether the request is held now because its land changed, under its case's lock."""
    case = Case.objects.select_for_update().get(pk=case_id)
    request = PermitRequest.objects.select_related("case", "case__parcel", "case__applicant").get(pk=request_id)
    reason = land.why_changed(request)
    if reason is None or Hold.objects.active().filter(case=case, number__startswith=LAND).exists():
        return False
    dated = clock.today()
    order = OrderFacts(Authority.ADMINISTRATIVE, OrderRank.OFFICE, _number(case), dated, CADASTRE)
    place_hold(case=case, order=order, level=Level.STOP, reason=reason, evidence=request.relied_digest)
    told = words.told_held(case.tracking, words.signed(order.number, dated, CADASTRE), reason)
    tell(case, [*told_of(case), *Officers().of(case)], told)
    return True


def _number(case: Case) -> str:
    """Its own number for each hold of a case: LAND-1, LAND-2."""
    return f"{LAND}{Hold.objects.filter(case=case, number__startswith=LAND).count() + 1}"


def _touched(chunks: Sequence[int]) -> list[tuple[int, int]]:
    """(case, request) of open requests with a parcel that has, or had, a version in these chunks."""
    here = ParcelVersion.objects.filter(Q(chunk__in=chunks)).values("parcel")
    rows = open_requests().filter(case__parcel__in=here).order_by("pk")
    return list(rows.values_list("case_id", "pk"))
