"""Layers at the desk: the list, bringing a file, and a run from its start to its report."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.common.errors import BadInputError, ConflictError, IntakeError, TooLargeError
from apps.desk import intake, intake_access, intake_listing
from apps.desk.intake_states import OPEN
from apps.desk.models import IntakeRun, RunState
from apps.parties.models import Person, Role
from apps.parties.roles import has_role
from frontend.desk_access import desk_page, person_of
from frontend.desk_findings import findings_data
from frontend.desk_upload_data import files_of, upload_data
from frontend.templatetags.desk_intake import run_state as state_name
from frontend.templatetags.desk_intake import run_step

WRONG = (BadInputError, IntakeError, TooLargeError)


@desk_page
@require_safe
def layers_page(request: HttpRequest) -> HttpResponse:
    """Editions of the person's themes, and runs in work."""
    person = person_of(request)
    context = {
        "editions": intake_listing.editions(person),
        "runs": intake_listing.in_work(person),
        "may_bring": has_role(person, Role.RULE_EDITOR),
    }
    return render(request, "frontend/desk/layers.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_layer(request: HttpRequest) -> HttpResponse:
    """Bring a file; `?corrects=` names the run whose layer it mends."""
    person = person_of(request)
    before = _corrected(person, request.POST.get("corrects") or request.GET.get("corrects") or "")
    said = None
    if request.method == "POST":
        try:
            sent = files_of(request, person)
            if not sent:
                raise _nothing()
            run = intake.bring(person=person, upload_ids=sent, corrects=before.pk if before else None)
            return redirect("desk_run_map", run=run.pk)
        except WRONG as error:
            said = error
    context = {"before": before, "said": said, "upload": upload_data()}
    return render(request, "frontend/desk/layers_new.html", context, status=said.status if said else 200)


@desk_page
@require_safe
def run_page(request: HttpRequest, run: UUID) -> HttpResponse:
    """A run: to be mapped, in work, ended, or its report."""
    person = person_of(request)
    found = intake_access.seen(person, run)
    own = found.person_id == person.pk
    if found.state == RunState.MAPPING and own:
        return redirect("desk_run_map", run=run)
    context: dict[str, Any] = {"run": found, "own": own}
    if found.state == RunState.DONE:
        done, total = intake_listing.overlay_of(found.instrument_code)
        context |= {"report": found.report, "overlay_done": done, "overlay_total": total}
        context |= {"findings": findings_data(found), "status": intake_listing.status_of(found)}
        return render(request, "frontend/desk/layers_report.html", context)
    return render(request, "frontend/desk/layers_run.html", {**context, "live": _live(found)})


@desk_page
@require_safe
def run_state(request: HttpRequest, run: UUID) -> JsonResponse:
    """How far a run is, for the page that shows it live."""
    found = intake_access.seen(person_of(request), run)
    done, total = intake_listing.overlay_of(found.instrument_code) if found.state == RunState.DONE else (0, 0)
    return JsonResponse(
        {
            "state": found.state,
            "state_name": state_name(found.state),
            "step": run_step(found.step),
            "progress": found.progress,
            "ended": found.state not in OPEN,
            "overlay": [done, total],
        }
    )


@desk_page
@require_POST
def cancel_run(request: HttpRequest, run: UUID) -> HttpResponse:
    """Stop a run."""
    return _done(request, run, intake.cancel)


@desk_page
@require_POST
def again_run(request: HttpRequest, run: UUID) -> HttpResponse:
    """Map the same file anew."""
    return _done(request, run, intake.again)


@desk_page
@require_POST
def remove_run(request: HttpRequest, run: UUID) -> HttpResponse:
    """Take a run away with its draft edition."""
    intake.remove(person=person_of(request), run_id=run)
    return redirect("desk_layers")


def _done(request: HttpRequest, run: UUID, door: Any) -> HttpResponse:
    """A step that came too late (another window, a worker that was faster) shows where the run stands."""
    with suppress(ConflictError):
        door(person=person_of(request), run_id=run)
    return redirect("desk_run", run=run)


def _live(run: IntakeRun) -> dict[str, Any]:
    return {
        "url": reverse("desk_run_state", args=[run.pk]),
        "page": reverse("desk_run", args=[run.pk]),
        "texts": {"percent": _("{n}%"), "run_quiet": _("No answer from the server. Trying again…")},
    }


def _corrected(person: Person, raw: str) -> IntakeRun | None:
    if not raw:
        return None
    try:
        return intake_access.seen(person, UUID(raw))
    except ValueError as error:
        raise _nothing() from error


def _nothing() -> BadInputError:
    return BadInputError(
        fa="پرونده‌ای برنگزیده‌اید. پروندهٔ لایه را برگزینید.",
        en="No file was chosen. Choose the layer's file.",
        field="file",
    )
