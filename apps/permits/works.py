"""Which acts a request must be held against, and how each of them meets it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from apps.extracts.reach import parcels_reached
from apps.legal.models import LegalAct
from apps.permits.effects import Acting
from apps.permits.examined import Mark, new_acts
from apps.permits.models import PermitRequest


@dataclass(frozen=True, slots=True)
class Work:
    """An act to hold requests against. `reached`: parcels it may touch. `ahead`: it works from a day to come on."""

    acting: Acting
    reached: frozenset[int]
    ahead: bool = False


def works_of(requests: list[PermitRequest], now: Mark) -> dict[PermitRequest, list[Work]]:
    """By request the acts to hold it against, in the order in which they began to matter; [] = none reaches it."""
    parcels = {request.case.land.pk for request in requests}
    works = [_work(act, now, parcels) for act in _in_order(new_acts(requests, now))]
    return {request: [_own(w, request) for w in works if _concerns(w, request, now)] for request in requests}


def _work(act: LegalAct, now: Mark, parcels: set[int]) -> Work:
    ahead = act.effective_on > now.today
    on = act.effective_on if ahead else now.today
    late = LegalAct.objects.filter(pk__lt=act.pk, recorded_at__gt=act.recorded_at).exists()
    acting = Acting(act=act, on=on, newest=act.pk == now.version, late=late)
    return Work(acting, frozenset(parcels_reached(act, parcels, on=on)), ahead=ahead)


def _own(work: Work, request: PermitRequest) -> Work:
    """The work as this request meets it: an act it was examined against before has only begun to work."""
    if work.acting.act.pk > request.examined_version:
        return work
    acting = Acting(act=work.acting.act, on=work.acting.on, newest=work.acting.newest, begun=True)
    return Work(acting, work.reached)


def _concerns(work: Work, request: PermitRequest, now: Mark) -> bool:
    """Whether the act is new to the request, or has begun to work since, and may touch its parcel."""
    act = work.acting.act
    new = act.pk > request.examined_version or request.examined_on < act.effective_on <= now.today
    return new and request.case.parcel_id in work.reached


def _in_order(acts: Iterable[LegalAct]) -> list[LegalAct]:
    """As they began to matter: from the later of its recording and its day on."""
    return sorted(acts, key=lambda a: (max(a.effective_on, timezone.localdate(a.recorded_at)), a.pk))
