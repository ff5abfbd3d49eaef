"""Tables of rules at the desk: the list, bringing a table, its faults, what it changes, loading it as a draft."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.common.errors import BadInputError, ConflictError, ForbiddenError, IntakeError, ParvanehError, TooLargeError
from apps.desk import rulebook_listing, rulebooks
from apps.desk.intake_codes import book_codes
from apps.desk.intake_plan import proposed_code
from apps.desk.models import RulebookDraft
from apps.parties.models import Person, Role
from apps.parties.roles import has_role
from frontend.desk_access import desk_page, person_of
from frontend.desk_upload_data import files_of, upload_data

WRONG = (BadInputError, IntakeError, TooLargeError, ForbiddenError)
SHOWN = 200
"""As many rows of a table, or faults, are shown on the page."""


@desk_page
@require_safe
def rulebooks_page(request: HttpRequest) -> HttpResponse:
    """All rulebooks with their legal status, and tables that are in work."""
    person = person_of(request)
    context = {
        "books": rulebook_listing.books(person),
        "drafts": rulebook_listing.visible(person).filter(loaded_at=None)[:50],
        "may_bring": has_role(person, Role.RULE_EDITOR),
    }
    return render(request, "frontend/desk/rulebooks.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_table(request: HttpRequest) -> HttpResponse:
    """Bring a table; `?corrects=` names the one it mends."""
    person, said = person_of(request), None
    before = _before(person, request.POST.get("corrects") or request.GET.get("corrects") or "")
    if request.method == "POST":
        try:
            sent = files_of(request, person)
            if not sent:
                raise BadInputError(fa="پروندهٔ جدول را برگزینید.", en="Choose the table's file.", field="file")
            made = rulebooks.bring(person=person, upload_ids=sent, corrects=before.pk if before else None)
            return redirect("desk_rulebook", draft=made.pk)
        except WRONG as error:
            said = error
    context = {"before": before, "said": said, "upload": upload_data()}
    return render(request, "frontend/desk/rulebooks_new.html", context, status=said.status if said else 200)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def table_page(request: HttpRequest, draft: UUID) -> HttpResponse:
    """A table: its faults, or its rows, what it changes, and the form that loads it (POST)."""
    person, said = person_of(request), None
    found = rulebook_listing.seen(person, draft)
    if request.method == "POST":
        try:
            _load(request, person, draft)
            return redirect("desk_rulebook", draft=draft)
        except (*WRONG, ConflictError) as error:
            said = error
    return _page(request, found, said=said, own=found.person_id == person.pk)


@desk_page
@require_POST
def remove_table(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Take a table away with its draft rulebook."""
    rulebooks.remove(person=person_of(request), draft_id=draft)
    return redirect("desk_rulebooks")


def _load(request: HttpRequest, person: Person, draft: UUID) -> None:
    said = request.POST
    names = ("book", "source", "instrument", "title_fa", "title_en")
    rulebooks.load(person=person, draft_id=draft, **{name: said.get(name, "") for name in names})


def _page(request: HttpRequest, draft: RulebookDraft, *, said: ParvanehError | None, own: bool) -> HttpResponse:
    if request.GET.get("book") and not draft.instrument_id:
        draft.book = request.GET["book"][:60]
    context: dict[str, Any] = {
        "draft": draft,
        "said": said,
        "wrong": said.details.get("field", "") if said else "",
        "own": own,
        "statuses": rulebook_listing.statuses_of(draft),
        "faults": draft.faults[:SHOWN],
        "shown": SHOWN,
    }
    if not draft.faults:
        rows = rulebook_listing.table_of(draft).rows
        known = book_codes()
        context |= {
            "rows": rows[:SHOWN],
            "columns": rulebook_listing.CELLS_SHOWN,
            "difference": rulebook_listing.difference_to_force(draft),
            "known": known,
            "sources": sorted(settings.RULE_SOURCES),
            "source": draft.source or rulebook_listing.source_of(draft.book) or "detailed_plan",
            "proposed": proposed_code(draft.book or "rules"),
            "filled": request.POST if said else {},
        }
    return render(request, "frontend/desk/rulebooks_table.html", context, status=said.status if said else 200)


def _before(person: Person, raw: str) -> RulebookDraft | None:
    if not raw:
        return None
    try:
        return rulebook_listing.own(person, UUID(raw))
    except ValueError as error:
        raise BadInputError(
            fa="نشانی جدول پیشین خوانا نیست.", en="The address of the earlier table cannot be read."
        ) from error
