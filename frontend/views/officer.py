"""Pages of the offices: the worklist, one case, and what may be done there: steps, asks, answers, handing over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from apps.cases import asks, kartabl, owners_confirming, posts
from apps.cases.asked import Asked
from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.parties.models import Person
from frontend.case_page_reader import look_at
from frontend.case_page_steps import Said, take
from frontend.office_access import office_page
from frontend.office_list import worklist
from frontend.views.case_doing import whole
from frontend.views.office_doing import done, shown


@require_safe
@office_page
def cases(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's roles; with ?all=1 every case they may see."""
    return render(request, "frontend/officer_cases.html", worklist(request))


@require_safe
@office_page
def case(request: HttpRequest, tracking: str) -> HttpResponse:
    """One case as the office sees it."""
    return shown(request, tracking)


@require_POST
@office_page
def step(request: HttpRequest, tracking: str) -> HttpResponse:
    """A step of the case's own table."""
    form = request.POST
    verb = form.get("verb", "")[:40]
    said = Said(
        reason=form.get("said", ""),
        article=form.get("article", ""),
        expected=form.get("expected", ""),
        data=form.dict(),
    )
    return done(
        request,
        tracking,
        lambda person: take(person=person, tracking=tracking, verb=verb, said=said),
        form=f"step-{verb}",
        anchor="#steps",
    )


@require_POST
@office_page
def take_case(request: HttpRequest, tracking: str) -> HttpResponse:
    """The officer takes the case."""
    return done(request, tracking, lambda person: kartabl.take(person=person, tracking=tracking), form="hand")


@require_POST
@office_page
def hand_over(request: HttpRequest, tracking: str) -> HttpResponse:
    """The officer hands the case to a colleague, with a note."""
    to, note = whole(request.POST.get("to", ""), otherwise=0), request.POST.get("note", "")

    def act(person: Person) -> object:
        colleague = Person.objects.filter(pk=to).first()
        if colleague is None:
            raise BadInputError(fa="همکاری را برگزینید.", en="Choose a colleague.")
        return kartabl.hand_over(person=person, tracking=tracking, to=colleague, note=note)

    return done(request, tracking, act, form="hand")


@require_POST
@office_page
def ask(request: HttpRequest, tracking: str) -> HttpResponse:
    """One more thing on the owner's checklist: a document of the type, or a question in the officer's words."""
    form = request.POST

    def act(person: Person) -> object:
        return asks.ask(person=person, tracking=tracking, asked=_asked(request, person, tracking))

    return done(request, tracking, act, form=f"ask-{form.get('kind', '')}", anchor="#asks")


@require_POST
@office_page
def settle(request: HttpRequest, tracking: str, pk: int) -> HttpResponse:
    """The office's word on an answer or a dispute."""
    accepted, said = request.POST.get("accepted") == "yes", request.POST.get("said", "")
    return done(
        request,
        tracking,
        lambda person: asks.settle(person=person, tracking=tracking, pk=pk, accepted=accepted, said=said),
        form=f"settle-{pk}",
        anchor="#asks",
    )


@require_POST
@office_page
def say(request: HttpRequest, tracking: str) -> HttpResponse:
    """One more sentence of the conversation."""
    text = request.POST.get("text", "")
    return done(
        request,
        tracking,
        lambda person: posts.say(person=person, tracking=tracking, text=text),
        form="say",
        anchor="#time",
    )


@require_POST
@office_page
def confirm_owner(request: HttpRequest, tracking: str, pk: int, *, confirmed: bool) -> HttpResponse:
    """The officer has seen the deed: this co-owner and share are so, or are so no more."""
    say = owners_confirming.confirm if confirmed else owners_confirming.reopen
    return done(
        request, tracking, lambda person: say(person=person, tracking=tracking, pk=pk), form="owners", anchor="#owners"
    )


def _asked(request: HttpRequest, person: Person, tracking: str) -> Asked:
    """What is asked. Raises BadInputError for a document that the type does not know."""
    form = request.POST
    reason, article = Text.of(form.get("reason", "").strip()), form.get("article", "").strip()
    if form.get("kind") != "document":
        return Asked("answer", Text.of(form.get("title", "").strip()[:160]), reason, article=article)
    wanted = {d.code: d for d in look_at(tracking=tracking, person=person).definition.documents}
    found = wanted.get(form.get("code", ""))
    if found is None:
        raise BadInputError(fa="مدرکی را از فهرست برگزینید.", en="Choose a document from the list.")
    return Asked("document", found.name, reason, code=found.code, article=article)
