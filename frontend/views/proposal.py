"""What a request proposes: the footprint on the map or from a file, the table of storeys, and the checks at once."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.common.errors import BadInputError, ConflictError, ForbiddenError, TooLargeError
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits.proposal_document import Origin
from apps.permits.proposal_geojson import read_geojson
from apps.permits.proposal_state import proposal_state
from apps.permits.proposal_upload import MOST_BYTES, read_file, read_waiting
from apps.permits.proposals import Draft, draft_of, latest, save_proposal
from apps.permits.selectors import visible_request
from frontend.case_page_log import seen
from frontend.proposal_form import read_table
from frontend.proposal_page import page_of

PER_PERSON = Limit("proposal-person", 120, 600)
_LONG_NUMBER = 6
WRONG = (BadInputError, ConflictError, ForbiddenError, TooLargeError)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def proposal_page(request: HttpRequest, tracking: str) -> HttpResponse:
    """The proposal with its checks; POST keeps another version. What stands against it is said on the page itself."""
    person = request.user
    if not isinstance(person, Person):
        back = reverse("proposal", args=[tracking])
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': back})}")
    wrong = None
    if request.method == "POST":
        visible_request(tracking=tracking, person=person)  # a stranger learns nothing, not even about the form
        spend(request, limit=PER_PERSON, key=str(person.pk))
        try:
            _save(request, person, tracking)
        except WRONG as error:
            wrong = error
        else:
            return redirect(f"{reverse('proposal', args=[tracking])}#checks")
    state = proposal_state(tracking=tracking, person=person)
    seen(request, state.request.case)
    context: dict[str, Any] = page_of(state, person=person, wrong=wrong, typed=request.POST if wrong else None)
    return render(request, "frontend/proposal.html", context, status=wrong.status if wrong else 200)


def _save(request: HttpRequest, person: Person, tracking: str) -> None:
    seen = request.POST.get("seen", "")
    drawn = _footprint(request, person, tracking)
    draft = Draft(read_table(request.POST), drawn.footprint, drawn.origin)
    known = int(seen) if seen.isdecimal() and len(seen) < _LONG_NUMBER else None
    save_proposal(person=person, tracking=tracking, draft=draft, seen=known)


def _footprint(request: HttpRequest, person: Person, tracking: str) -> Draft:
    """A file wins, then a layer chosen of a file that waits, then what was drawn; else the footprint that stands."""
    whose, layer = f"{person.pk}:{tracking.upper()}", request.POST.get("layer", "")
    sent, waiting = request.FILES.get("file"), request.POST.get("waiting", "")
    if sent is not None:
        content = sent.read(MOST_BYTES + 1)
        brought = read_file(content, name=sent.name or "", layer=layer, whose=whose)
        return _brought(brought.footprint, brought.origin)
    if waiting and layer:
        brought = read_waiting(waiting[:64], layer=layer, whose=whose)
        return _brought(brought.footprint, brought.origin)
    if request.POST.get("footprint_is") == "drawn":
        drawn = request.POST.get("footprint", "").strip()
        return _brought(read_geojson(drawn), Origin("drawn")) if drawn else _brought(None, Origin())
    row = latest(visible_request(tracking=tracking, person=person))
    return _brought(None, Origin()) if row is None else draft_of(row)


def _brought(footprint: Any, origin: Origin) -> Draft:
    return Draft(read_table({}), footprint, origin)
