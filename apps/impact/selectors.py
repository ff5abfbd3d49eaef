"""Reading reports: the newest on a subject, whether it still holds, the parcels and requests behind a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from apps.impact.models import ImpactParcel, ImpactReport
from apps.impact.transitions import lines
from apps.legal.selectors import law_version
from apps.permits.selectors_open import OpenRequest, issued_permits_on, open_requests_on
from gis_layers import postgis_impact_rows

PAGE = 50
_FIRST = ("opens", "doubt", "less", "new", "more", "settles", "gone", "other")


@dataclass(frozen=True, slots=True)
class Behind:
    """One parcel behind a number: its code, district, drawn area and what changes there."""

    code: str
    district: int | None
    area_m2: float
    kind: str
    difference: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Touched:
    """An open request and how the answer for its permit kind would change."""

    request: OpenRequest
    difference: dict[str, Any]


def newest(subject: str) -> ImpactReport | None:
    """The newest report on a subject."""
    return ImpactReport.objects.filter(subject=subject).first()


def is_stale(report: ImpactReport) -> bool:
    """Whether law was made since the report was computed."""
    return report.state == "done" and report.law_version != law_version()


def changes_of(report: ImpactReport, *, key: str = "", kind: str = "") -> list[int]:
    """Numbers of the changes that a line of the table counts, or that a permit kind has; '' = all."""
    changes = report.changes.filter(kind=kind) if kind else report.changes.all()
    listed = changes.values_list("number", "kind", "difference")
    return [n for n, of, told in listed if not key or any(line.key == key for line in lines(of, told))]


def parcels_behind(
    report: ImpactReport, *, kind: str = "", key: str = "", district: str = "", page: int = 1
) -> tuple[Page[Any], list[Behind]]:
    """One page of the parcels that a number counts. `district`: a number, 'none' = in no district, '' = any."""
    rows = ImpactParcel.objects.filter(report=report).select_related("parcel").order_by("parcel__code", "change")
    if key or kind:
        rows = rows.filter(change__in=changes_of(report, key=key, kind=kind))
    if district:
        rows = rows.filter(district=int(district)) if district.isdecimal() else rows.filter(district__isnull=True)
    shown = Paginator(rows, PAGE).get_page(page)
    told = _told(report, [row.change for row in shown])
    return shown, [Behind(r.parcel.code, r.district, r.drawn_area_dm2 / 100, *told[r.change]) for r in shown]


def requests_touched(report: ImpactReport) -> list[Touched]:
    """Open requests whose answer would change; those that were closed since the report are left out."""
    stored = dict(report.requests.values_list("case_id", "change"))
    parcels = list(report.requests.values_list("case__parcel", flat=True))
    told = _told(report, stored.values())
    found = [request for request in open_requests_on(parcels) if request.case_id in stored]
    return [Touched(request, told[stored[request.case_id]][1]) for request in found]


def permits_touched(report: ImpactReport) -> list[OpenRequest]:
    """Issued permits on touched parcels."""
    return issued_permits_on(ImpactParcel.objects.filter(report=report).values_list("parcel", flat=True))


def points(report: ImpactReport, *, key: str = "", limit: int) -> tuple[list[list[Any]], int]:
    """([code, course, longitude, latitude] of touched parcels, every n-th of too many; how many there are in all)."""
    wanted = changes_of(report, key=key) if key else None
    courses = {n: course_of(kind, told) for n, kind, told in report.changes.values_list("number", "kind", "difference")}
    found, total = postgis_impact_rows.points(report=report.pk, changes=wanted, limit=limit)
    return [[code, courses[change], round(lon, 6), round(lat, 6)] for code, change, lon, lat in found], total


def course_of(kind: str, difference: dict[str, Any]) -> str:
    """The gravest course of a change, for its colour on the map."""
    found = {line.course for line in lines(kind, difference)}
    return next(course for course in _FIRST if course in found)


def _told(report: ImpactReport, numbers: Iterable[int]) -> dict[int, tuple[str, dict[str, Any]]]:
    wanted: Sequence[int] = sorted(set(numbers))
    rows = report.changes.filter(number__in=wanted).values_list("number", "kind", "difference")
    return {n: (kind, told) for n, kind, told in rows}
