"""Pages that compare: at the desk an edition with the law of a day, for everybody the law of two days."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.common.addresses import client_address
from apps.common.calendar import parse_day
from apps.common.clock import today
from apps.common.errors import NotFoundError
from apps.common.limits import Limit, spend
from apps.map_services.differences import (
    cancel_difference,
    difference,
    request_difference,
    request_difference_of_days,
    resume_difference,
)
from apps.map_services.timeline_reading import timeline_of
from frontend.compare_access import difference_for, edition_for, edition_number, editions_for, has_acts
from frontend.compare_data import Sides, days_of, rows_of, script_data, slivers_of
from frontend.desk_access import desk_page
from gis_layers.models import Theme

COMPARISONS = Limit("compare-address", 60, 600)


@desk_page
@require_safe
def desk_compare(request: HttpRequest) -> HttpResponse:
    """`?edition=` (its number or its code) against the law of `?on=` (today); without an edition the list to choose."""
    raw = request.GET.get("edition", "").strip()
    if not raw:
        return render(request, "frontend/desk/compare_list.html", {"editions": editions_for(request)})
    edition = edition_for(request, edition_number(raw))
    day = _day(request, "on") or today()
    key = request_difference(edition_id=edition.pk, on=day)
    sides = Sides(edition.theme, left=day, edition=edition)
    context = _compared(sides, key)
    return render(request, "frontend/desk/compare.html", {**context, "is_law": has_acts(edition)})


@never_cache
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`?theme=` on the days `?from=` and `?to=` (as it was before what last changed, and today): only law."""
    theme = _theme(request.GET.get("theme", "").strip())
    if theme is None:
        return render(request, "frontend/compare.html", {"themes": Theme.objects.all()})
    end = _day(request, "to") or today()
    start = _day(request, "from") or _before_last_change(theme, end)
    spend(request, limit=COMPARISONS, key=client_address(request))  # any pair of days may have to be computed
    key = request_difference_of_days(theme=theme, start=start, end=end)
    context = _compared(Sides(theme, left=start, right=end), key)
    return render(request, "frontend/compare.html", {**context, "themes": Theme.objects.all()})


@never_cache
@require_safe
def compare_state(request: HttpRequest, key: str) -> JsonResponse:
    """How far a comparison is, for the page that waits for it."""
    found = difference_for(request, key)
    return JsonResponse({"state": found.state.value, "percent": found.percent, "done": found.done})


@desk_page
@require_POST
def cancel_compare(request: HttpRequest, key: str) -> HttpResponse:
    """Stop computing."""
    cancel_difference(difference_for(request, key).key)
    return _back(request)


@desk_page
@require_POST
def resume_compare(request: HttpRequest, key: str) -> HttpResponse:
    """Go on computing."""
    resume_difference(difference_for(request, key).key)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the comparison the button stood on."""
    asked = {name: request.POST[name] for name in ("edition", "on") if request.POST.get(name)}
    return redirect(f"{reverse('desk_compare')}?{urlencode(asked)}")


def _compared(sides: Sides, key: str) -> dict[str, Any]:
    found = difference(key)
    days = days_of(timeline_of(theme=sides.theme), sides.left)
    rows = rows_of(found, sides.theme)
    return {
        "sides": sides,
        "found": found,
        "rows": rows,
        "total_m2": sum(row["m2"] for row in rows),
        "slivers": slivers_of(found),
        "days": days,
        "page_data": script_data(sides, found, days),
    }


def _day(request: HttpRequest, name: str) -> date | None:
    raw = request.GET.get(name, "").strip()
    return parse_day(raw) if raw else None


def _before_last_change(theme: Theme, end: date) -> date:
    """The stop before the last one by that day: what changed last is what one wants to see first."""
    past = [stop.day for stop in timeline_of(theme=theme) if stop.day <= end]
    return past[-2] if len(past) > 1 else end


def _theme(code: str) -> Theme | None:
    if not code:
        return None
    theme = Theme.objects.filter(code=code).first()
    if theme is None:
        raise NotFoundError(
            fa="چنین موضوعی نیست. یکی از موضوع‌های فهرست را برگزینید.",
            en="There is no such theme. Choose one from the list.",
            theme=code,
        )
    return theme
