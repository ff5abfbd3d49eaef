"""Saying how a file is to be read: layer, fields, titles, where it speaks; and the small map that goes with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.errors import ConflictError, ForbiddenError, IntakeError, NotFoundError, ParvanehError
from apps.desk import intake, intake_access, intake_coverage, intake_looking
from apps.desk.intake_plan import Plan
from apps.desk.models import IntakeRun, RunState
from frontend.desk_access import desk_page, person_of
from frontend.desk_findings import frame
from frontend.desk_mapping_form import Form, form_of, numbers_in
from frontend.desk_upload_data import files_of, upload_data
from frontend.views.desk_layers import WRONG


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def mapping_page(request: HttpRequest, run: UUID) -> HttpResponse:
    """The form; POST `say` re-reads the file, POST `start` starts the run."""
    found = _own(request, run)
    if found.state != RunState.MAPPING:
        return redirect("desk_run", run=run)
    if request.method != "POST":
        return _page(request, found, layer=request.GET.get("layer", ""))
    try:
        return _posted(request, found)
    except (*WRONG, ForbiddenError) as error:
        return _page(request, found, layer=request.POST.get("layer", ""), said=error, filled=request.POST)
    except ConflictError:
        return redirect("desk_run", run=run)


@desk_page
@require_safe
def picture(request: HttpRequest, run: UUID) -> JsonResponse:
    """The first shapes of `?layer=` as GeoJSON; what is wrong with the file as the error's JSON."""
    found = _own(request, run)
    try:
        return JsonResponse(intake_looking.picture_of(found, layer=request.GET.get("layer", "")))
    except IntakeError as error:
        return JsonResponse(error.as_dict(), status=error.status)


def _posted(request: HttpRequest, run: IntakeRun) -> HttpResponse:
    person, said = person_of(request), request.POST
    if said.get("do") == "say":
        intake.say(person=person, run_id=run.pk, crs=said.get("crs", ""), encoding=said.get("encoding", ""))
        return redirect(f"{reverse('desk_run_map', args=[run.pk])}?layer={said.get('layer', '')}")
    plan = plan_of(run, said)
    sent = files_of(request, person) if plan.coverage["kind"] == "file" else []
    intake.start(person=person, run_id=run.pk, plan=plan, coverage_uploads=sent)
    return redirect("desk_run", run=run.pk)


def plan_of(run: IntakeRun, said: Mapping[str, str]) -> Plan:
    """What the form says. Raises BadInputError naming the field."""
    return Plan(
        theme=said.get("theme", ""),
        layer=said.get("layer", ""),
        mapping={name: said.get(f"map_{name}", "") for name in ("code", "label_fa", "label_en")},
        title_fa=said.get("title_fa", ""),
        title_en=said.get("title_en", ""),
        instrument=said.get("instrument", ""),
        rank=20 if said.get("rank") == "local" else 10,
        crs=run.crs,
        encoding=run.encoding,
        coverage=intake_coverage.choice(
            said.get("coverage", ""),
            layer=said.get("coverage_layer", ""),
            edition=said.get("coverage_edition", ""),
            districts=numbers_in(_list(said, "district")),
        ),
    )


def _list(said: Mapping[str, str], name: str) -> list[str]:
    found: list[str] = getattr(said, "getlist", lambda _name: [])(name)
    return found


def _page(
    request: HttpRequest,
    run: IntakeRun,
    *,
    layer: str,
    said: ParvanehError | None = None,
    filled: Mapping[str, str] | None = None,
) -> HttpResponse:
    form: Form | None = None
    try:
        form = form_of(run, person_of(request), layer=layer, filled=filled)
    except IntakeError as error:
        said = error
    context: dict[str, Any] = {
        "run": run,
        "form": form,
        "said": said,
        "wrong": said.details.get("field", "") if said else "",
        "upload": upload_data(),
        "map_data": {**frame(), "url": reverse("desk_run_picture", args=[run.pk]), "layer": form.layer if form else ""},
    }
    return render(request, "frontend/desk/layers_map.html", context, status=said.status if said else 200)


def _own(request: HttpRequest, run: UUID) -> IntakeRun:
    person = person_of(request)
    found = intake_access.seen(person, run)
    if found.person_id != person.pk:
        raise NotFoundError(
            fa="این کار از آن کس دیگری است. تنها خود او آن را نگاشت می‌کند.",
            en="This run is somebody else's. Only they map it.",
        )
    return found
