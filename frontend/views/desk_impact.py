"""Impact reports at the desk: the list, asking for one, the report itself, the parcels behind each number."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.common.calendar import parse_day
from apps.common.clock import today
from apps.common.errors import BadInputError, ParvanehError
from apps.common.text import Text
from apps.impact import access, selectors, services
from apps.impact.models import ImpactReport, ReportState
from apps.legal.drafts_models import ActDraft
from apps.legal.models import Instrument
from apps.parties.models import Person, Role
from apps.parties.roles import has_role
from apps.permits.selectors import permit_kinds
from frontend.desk_access import desk_page, person_of
from frontend.desk_impact_map import MAP_LIMIT, map_data
from frontend.desk_impact_page import drafts_to_choose, table_of, title_of
from frontend.templatetags.desk_impact import report_state

_SHOWN = 100


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """All reports of the person's themes; ask for one on drafts."""
    person, said = person_of(request), None
    if request.method == "POST":
        try:
            return redirect("desk_impact_report", pk=_asked(request, person).pk)
        except ParvanehError as error:
            said = error
    context = {
        "reports": access.visible(person)[:_SHOWN],
        "may_ask": has_role(person, Role.RULE_EDITOR) or has_role(person, Role.RULE_APPROVER),
        "choices": drafts_to_choose(),
        "in_force": Instrument.objects.filter(acts__kind="promulgate").distinct().order_by("code"),
        "kinds": permit_kinds(),
        "today": today(),
        "said": said,
        "values": request.POST,
    }
    return render(request, "frontend/desk/impact.html", context, status=said.status if said else 200)


@desk_page
@require_POST
def of_draft(request: HttpRequest, draft: int) -> HttpResponse:
    """Ask what a drafted act would change."""
    held = get_object_or_404(ActDraft, pk=draft)
    report = services.request_report_for_draft(draft=held, person=person_of(request))
    return redirect("desk_impact_report", pk=report.pk)


@desk_page
@require_POST
def of_instrument(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what a draft layer or rulebook would change if it were approved and promulgated for today."""
    instrument = get_object_or_404(Instrument, code=code)
    report = services.request_report_for_instruments(
        instruments=[instrument], on=today(), person=person_of(request), label=title_of(instrument)
    )
    return redirect("desk_impact_report", pk=report.pk)


@desk_page
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: how far it is, or its tables."""
    person = person_of(request)
    found = access.seen(person, pk)
    context: dict[str, Any] = {"report": found, "may_ask": access.may_ask(person, _themes(found))}
    if found.state != ReportState.DONE:
        context["live"] = None if found.finished_at else _live(found)
        return render(request, "frontend/desk/impact_run.html", context)
    context |= {
        "stale": selectors.is_stale(found),
        "tables": [table_of(found, kind) for kind in found.kinds],
        "requests": selectors.requests_touched(found),
        "permits": selectors.permits_touched(found),
        "page_data": map_data(found),
    }
    return render(request, "frontend/desk/impact_report.html", context)


@desk_page
@require_safe
def state(request: HttpRequest, pk: int) -> JsonResponse:
    """How far a report is, for the page that shows it live."""
    found = access.seen(person_of(request), pk)
    total = len(found.plan)
    told = {
        "state": found.state,
        "state_name": str(report_state(found.state)),
        "step": _("{done} of {total} parts of the city").format(done=found.done, total=total) if total else "",
        "progress": found.done / total if total else 0,
        "ended": found.finished_at is not None,
    }
    return JsonResponse(told)


@desk_page
@require_safe
def parcels(request: HttpRequest, pk: int) -> HttpResponse:
    """The parcels behind a number: `?line=` the key of a line, `?kind=` of permit, `?district=` a number or none."""
    found = access.seen(person_of(request), pk)
    asked = {name: request.GET.get(name, "") for name in ("line", "kind", "district")}
    page, behind = selectors.parcels_behind(
        found, key=asked["line"], kind=asked["kind"], district=asked["district"], page=_page(request)
    )
    context = {"report": found, "page": page, "behind": behind, "asked": asked, "query": urlencode(asked)}
    return render(request, "frontend/desk/impact_parcels.html", context)


@desk_page
@require_safe
def points(request: HttpRequest, pk: int) -> JsonResponse:
    """The touched parcels as points, for the map."""
    found = access.seen(person_of(request), pk)
    listed, total = selectors.points(found, key=request.GET.get("line", ""), limit=MAP_LIMIT)
    return JsonResponse({"points": listed, "total": total})


@desk_page
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a report on its way."""
    person = person_of(request)
    services.cancel(report=access.seen(person, pk), person=person)
    return redirect("desk_impact_report", pk=pk)


@desk_page
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same question under the law of now."""
    person = person_of(request)
    return redirect("desk_impact_report", pk=services.again(report=access.seen(person, pk), person=person).pk)


def _asked(request: HttpRequest, person: Person) -> ImpactReport:
    chosen = list(Instrument.objects.filter(code__in=request.POST.getlist("instruments")))
    if not chosen:
        raise BadInputError(
            fa="دست‌کم یک پیش‌نویس برگزینید: لایه یا دفتر ضوابط.", en="Choose at least one draft: a layer or a rulebook."
        )
    old = Instrument.objects.filter(code=request.POST.get("replaces", "")).first()
    return services.request_report_for_instruments(
        instruments=chosen,
        on=parse_day(request.POST.get("on", "")),
        person=person,
        label=Text("، ".join(i.title_fa for i in chosen), ", ".join(i.title_en for i in chosen)),
        kinds=request.POST.getlist("kinds") or services.DEFAULT_KINDS,
        replacing=[(old, chosen[0])] if old else (),
        subject=f"replace:{old.code}+{chosen[0].code}" if old else "",
    )


def _page(request: HttpRequest) -> int:
    raw = request.GET.get("page", "1")
    return int(raw) if raw.isdecimal() else 1


def _themes(found: ImpactReport) -> frozenset[str] | None:
    return None if found.themes is None else frozenset(found.themes)


def _live(found: ImpactReport) -> dict[str, Any]:
    return {
        "url": reverse("desk_impact_state", args=[found.pk]),
        "page": reverse("desk_impact_report", args=[found.pk]),
        "texts": {
            "percent": _("{n} % done"),
            "run_quiet": _("The server does not answer at the moment; the report goes on."),
        },
    }
