"""Cases of the signed-in person: start a permit, see one, see all, take a step, choose about a held one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.common.errors import ConflictError
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits import services
from apps.permits.choosing import choose
from frontend.case_page_steps import Said, take
from frontend.desk_access import person_of
from frontend.my_cases import my_cases
from frontend.my_parcels import my_parcels
from frontend.views.case_doing import done, shown, sign_in, whole

PER_PERSON = Limit("start-person", 20, 600)


@require_POST
def start_request(request: HttpRequest, code: str) -> HttpResponse:
    """A draft on this parcel. Who is not signed in signs in first and comes back to the same answer."""
    kind = request.POST.get("kind", "")
    if not isinstance(request.user, Person):
        return sign_in(back=f"{reverse('parcel', args=[code])}?{urlencode({'kind': kind})}#start")
    spend(request, limit=PER_PERSON, key=str(request.user.pk))
    digest = request.POST.get("digest", "")
    try:
        made = services.start(person=request.user, parcel_code=code, kind=kind, extract_digest=digest)
    except ConflictError as error:
        return render(request, "frontend/refused.html", {"error": error, "code": code}, status=error.status)
    return redirect("request", tracking=made.case.tracking)


@require_safe
@never_cache
@login_required
def my_requests(request: HttpRequest) -> HttpResponse:
    """The person's cases of every type: whose turn it is and until when."""
    return render(request, "frontend/my_requests.html", my_cases(request))


@require_safe
@never_cache
@login_required
def my_parcels_page(request: HttpRequest) -> HttpResponse:
    """Parcels the person has to do with: of their cases, watched ones, and those of their mandates."""
    return render(request, "frontend/my_parcels.html", {"parcels": my_parcels(person_of(request))})


@require_safe
@never_cache
@login_required
def request_page(request: HttpRequest, tracking: str) -> HttpResponse:
    """One case: where it stands, what is asked, what may be done, its line of time, and who looked at it."""
    return shown(request, tracking)


@require_POST
def case_step(request: HttpRequest, tracking: str) -> HttpResponse:
    """A step of the case's own table."""
    return _step(request, tracking, request.POST.get("verb", "")[:40])


@require_POST
def submit_request(request: HttpRequest, tracking: str) -> HttpResponse:
    """Send a draft in. What stands against it is said on the page itself."""
    return _step(request, tracking, "submit")


@require_POST
def cancel_request(request: HttpRequest, tracking: str) -> HttpResponse:
    """Give a permit request up: its land is free again."""
    return done(request, tracking, lambda person: services.cancel(person=person, tracking=tracking))


@require_POST
def choose_request(request: HttpRequest, tracking: str) -> HttpResponse:
    """The owner's choice about a held request."""
    choice, seen = request.POST.get("choice", ""), whole(request.POST.get("seen", ""), otherwise=-1)
    return done(request, tracking, lambda person: choose(person=person, tracking=tracking, choice=choice, seen=seen))


def _step(request: HttpRequest, tracking: str, verb: str) -> HttpResponse:
    said = Said(
        reason=request.POST.get("said", ""),
        article=request.POST.get("article", ""),
        expected=request.POST.get("expected", "")[:24],
        accepted=request.POST.get("accepted", ""),
        data={name: str(answer) for name, answer in request.POST.items()},
    )
    return done(
        request,
        tracking,
        lambda person: take(person=person, tracking=tracking, verb=verb, said=said),
        form=f"step-{verb}",
    )
