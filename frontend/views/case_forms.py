"""Forms on a page of a case besides its steps: answers and disputes, messages, co-owners."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from apps.cases import asks, objecting, owners, posts
from apps.cases.disputing import dispute_wanted
from apps.cases.models import CaseDocument
from apps.cases.recording import locked_case
from apps.common.errors import ConflictError
from apps.common.limits import Limit, spend
from apps.common.text import latin_digits
from apps.parties.models import Person
from frontend.case_page_owners import request_digest
from frontend.case_page_permit import permit_panel
from frontend.case_page_reader import look_at
from frontend.views.case_doing import done, whole

# The list tells whether somebody has signed in with a number, so a person tries few of them.
DECLARED = Limit("co-owners-named", 30, 3600)


@require_POST
def answer_ask(request: HttpRequest, tracking: str, pk: int) -> HttpResponse:
    """The owner's answer to one item: words, a document of the case, or both."""
    text, chosen = request.POST.get("text", ""), whole(request.POST.get("document", ""), otherwise=0)

    def act(person: Person) -> object:
        look = look_at(tracking=tracking, person=person)
        document = CaseDocument.objects.filter(case=look.case, pk=chosen, side="owner").first() if chosen else None
        return asks.answer(person=person, tracking=tracking, pk=pk, text=text, document=document)

    return done(request, tracking, act, form=f"ask-{pk}", anchor="#checklist")


@require_POST
def dispute_ask(request: HttpRequest, tracking: str, pk: int) -> HttpResponse:
    """The owner holds that one item need not be given, and says why."""
    text = request.POST.get("text", "")
    return done(
        request,
        tracking,
        lambda person: asks.dispute(person=person, tracking=tracking, pk=pk, text=text),
        form=f"dispute-{pk}",
        anchor="#checklist",
    )


@require_POST
def dispute_document(request: HttpRequest, tracking: str, wanted: str) -> HttpResponse:
    """The owner holds that a document of the type need not be given, and says why."""
    text = request.POST.get("text", "")
    return done(
        request,
        tracking,
        lambda person: dispute_wanted(person=person, tracking=tracking, code=wanted, text=text),
        form=f"dispute-{wanted}",
        anchor="#checklist",
    )


@require_POST
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
def declare_owner(request: HttpRequest, tracking: str) -> HttpResponse:
    """Name a co-owner with their share."""
    share = [whole(latin_digits(request.POST.get(name, "")).strip(), otherwise=0) for name in ("part", "whole")]
    owner = owners.CoOwner(
        name=request.POST.get("name", ""),
        mobile=request.POST.get("mobile", ""),
        national_id=request.POST.get("national_id", ""),
        numerator=share[0],
        denominator=share[1],
    )

    def act(person: Person) -> object:
        spend(request, limit=DECLARED, key=str(person.pk))
        return owners.declare(person=person, tracking=tracking, owner=owner)

    return done(
        request,
        tracking,
        act,
        form="owner",
        anchor="#owners",
    )


@require_POST
def remove_owner(request: HttpRequest, tracking: str, pk: int) -> HttpResponse:
    """Take a co-owner off the list."""
    return done(
        request,
        tracking,
        lambda person: owners.withdraw(person=person, tracking=tracking, pk=pk),
        form="owners",
        anchor="#owners",
    )


@require_POST
def consent(request: HttpRequest, tracking: str, pk: int) -> HttpResponse:
    """A co-owner says yes to the request as they read it; to another one they do not."""
    about = request.POST.get("about", "")

    @transaction.atomic
    def act(person: Person) -> object:
        locked_case(tracking=tracking, actor=person)  # it does not become another one between the two
        look = look_at(tracking=tracking, person=person)
        if about != request_digest(look, permit_panel(look).brought):
            raise ConflictError(
                fa="درخواست از هنگامی که آن را خواندید عوض شده است. آن را دوباره بخوانید و سپس رضایت دهید.",
                en="The request has changed since you read it. Read it again, then consent.",
            )
        return owners.consent(person=person, tracking=tracking, pk=pk, about=about)

    return done(request, tracking, act, form="consent", anchor="#owners")


@require_POST
def object_to_it(request: HttpRequest, tracking: str) -> HttpResponse:
    """A co-owner objects, with words that everybody in the case reads."""
    text = request.POST.get("text", "")
    return done(
        request,
        tracking,
        lambda person: objecting.object_to(person=person, tracking=tracking, text=text),
        form="objection",
        anchor="#owners",
    )
