"""Writing and changing the draft of an act."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.common.city import current_city
from apps.common.clock import today
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, IntakeError, ParvanehError, TooLargeError
from apps.desk.acts import selectors, services
from apps.legal.acts import ActKind
from apps.legal.drafts import DraftFacts
from apps.legal.models import ActDraft, DraftState, Instrument
from apps.parties.models import Role
from apps.parties.roles import require
from frontend.desk_access import desk_page
from frontend.templatetags.desk_acts import KINDS
from frontend.views.desk_acts import person_of
from frontend.views.desk_acts_clauses import ClauseSet, clauses_of
from frontend.views.desk_acts_form import ActForm, Held
from frontend.views.desk_acts_map import drawing_map
from frontend.views.desk_acts_reading import facts_of, initial_of

_TOLD = (BadInputError, ConflictError, ForbiddenError, IntakeError, TooLargeError)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_act(request: HttpRequest) -> HttpResponse:
    """The form of a kind of act, chosen by `?kind=`; POST writes the draft."""
    person = person_of(request)
    require(person, Role.RULE_EDITOR)
    kind = _kind(request.GET.get("kind", ""))
    if kind is None:
        return render(request, "frontend/desk/acts_kinds.html", {"kinds": KINDS})
    page = _Page(request, kind, None)
    return page.answer(lambda facts: services.draft_act(by=person, facts=facts))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit_act(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form filled with an open draft of one's own; POST changes it."""
    person, draft = person_of(request), selectors.draft_by_id(pk)
    if draft.state != DraftState.DRAFTED or draft.drafted_by_id != person.pk:
        return redirect("desk_act_draft", pk=pk)
    seen = request.POST.get("seen", draft.digest)
    page = _Page(request, ActKind(draft.kind), draft)
    return page.answer(lambda facts: services.revise_act(by=person, draft=pk, facts=facts, seen=seen))


def _first(request: HttpRequest) -> dict[str, Any]:
    """What a new form starts with: today, and the instruments named by `?instrument=` (codes)."""
    named = Instrument.objects.filter(code__in=request.GET.getlist("instrument")).values_list("pk", flat=True)
    return {"act_date": today(), "effective_on": today(), "instruments": [str(pk) for pk in named]}


class _Page:
    """One form on its way: shown, read, refused with its reasons, or done."""

    def __init__(self, request: HttpRequest, kind: ActKind, draft: ActDraft | None) -> None:
        self.request, self.kind, self.draft = request, kind, draft
        held = Held(draft.document, draft.scope) if draft else None
        first = initial_of(draft) if draft else _first(request)
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        self.form = ActForm(kind, data, files, held=held, initial=first)
        self.clauses = ClauseSet(data, prefix="clause", initial=clauses_of(draft) if draft else None)

    def answer(self, write: Any) -> HttpResponse:
        """The form, or after a good POST the draft's page."""
        if self.request.method != "POST":
            return self._shown(200)
        if not (self.form.is_valid() and self.clauses.is_valid()):
            return self._shown(400)
        try:
            written: ActDraft = write(self._facts())
        except _TOLD as error:
            return self._refused(error)
        messages.success(self.request, _("The draft is written. Another person must sign it before it is law."))
        return redirect("desk_act_draft", pk=written.pk)

    def _facts(self) -> DraftFacts:
        return facts_of(self.form, self.clauses.forms, by=person_of(self.request))

    def _refused(self, error: ParvanehError) -> HttpResponse:
        self.form.add_error(None, error.message.in_language(get_language() or ""))
        return self._shown(error.status)

    def _shown(self, status: int) -> HttpResponse:
        context = {
            "form": self.form,
            "clauses": self.clauses,
            "kind": self.kind,
            "draft": self.draft,
            "city": current_city(),
            "page_data": drawing_map(self.draft, self.form),
        }
        return render(self.request, "frontend/desk/acts_form.html", context, status=status)


def _kind(raw: str) -> ActKind | None:
    return ActKind(raw) if raw in set(ActKind) else None
