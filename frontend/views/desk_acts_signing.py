"""One draft: what it says and would change, the second signature with a fresh code, withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.common.errors import BadInputError, ConflictError, ForbiddenError, ParvanehError
from apps.common.text import Text
from apps.desk.acts import selectors, services
from apps.desk.acts.preview import act_preview
from apps.legal.acts import ActKind
from apps.legal.models import ActDraft, DraftState
from apps.parties import reauth
from apps.parties.models import Person
from frontend.desk_access import desk_page
from frontend.templatetags.desk_acts import KIND_WORDS
from frontend.views.desk_acts import person_of
from frontend.views.desk_acts_map import draft_map


@desk_page
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft: everything it says, what it would change, and the second signature."""
    return _draft_page(request, selectors.draft_by_id(pk))


@desk_page
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's own draft up."""
    services.withdraw_act(by=person_of(request), draft=selectors.draft_by_id(pk).pk)
    messages.success(request, _("The draft is withdrawn. It stays here as it was."))
    return redirect("desk_acts")


@desk_page
@require_POST
def send_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh code to the signer's own mobile, for exactly what was shown."""
    found = selectors.draft_by_id(pk)
    person, seal = person_of(request), request.POST.get("seal", "")
    try:
        services.require_shown(person=person, draft=found, seal=seal)
        reauth.send_code(request, person=person, binding=seal, what=_what(found))
    except (ConflictError, ForbiddenError) as error:
        return _draft_page(request, found, refused=error)
    return redirect("desk_act_draft", pk=pk)


@desk_page
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The second signature: the code is used up, the acts are recorded."""
    person, seal = person_of(request), request.POST.get("seal", "")
    found = selectors.draft_by_id(pk)

    def confirm() -> None:
        reauth.use_code(request, person=person, binding=seal, code=request.POST.get("code", ""))

    try:
        recorded = services.countersign(by=person, draft=pk, seal=seal, confirm=confirm)
    except (BadInputError, ConflictError, ForbiddenError) as error:
        return _draft_page(request, found, refused=error)
    messages.success(request, _("Signed. The act is law from its day on, on the map and in every answer."))
    return redirect("desk_act", pk=recorded[0].pk)


def _draft_page(request: HttpRequest, found: ActDraft, refused: ParvanehError | None = None) -> HttpResponse:
    found = selectors.draft_by_id(found.pk)
    person = person_of(request)
    context: dict[str, Any] = {
        "draft": found,
        "own": found.drafted_by_id == person.pk,
        "open": found.state == DraftState.DRAFTED,
        "refused": refused,
        "page_data": draft_map(found),
    }
    if context["open"]:
        context["may_clear"] = services.may_clear(person=person, draft=found)
        context |= _prospect(request, found, person)
    status = refused.status if refused is not None else 200
    return render(request, "frontend/desk/acts_draft.html", context, status=status)


def _prospect(request: HttpRequest, found: ActDraft, person: Person) -> dict[str, Any]:
    """What it would change, or why it cannot be signed; and whether this person may sign."""
    try:
        preview = act_preview(found)
    except (BadInputError, ConflictError) as error:
        return {"impossible": error}
    try:
        services.require_signer(person=person, draft=found)
    except (ForbiddenError, ConflictError) as error:
        return {"preview": preview, "not_signer": error}
    waiting = reauth.waiting(request, person=person, binding=preview.seal)
    return {"preview": preview, "may_sign": True, "code_sent": waiting is not None, "phone": person.mobile}


def _what(found: ActDraft) -> Text:
    words = KIND_WORDS[ActKind(found.kind)]
    return Text(f"«{words.fa}» شمارهٔ {found.number}", f"the {words.en} No. {found.number}")
