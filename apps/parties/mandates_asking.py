"""An agent asks to act for somebody; the principal confirms with a code sent to their own mobile, and nothing less.

At a counter the owner stands beside the clerk and reads the code aloud: the message says exactly what it allows, and
the code works for this ask alone. From afar the owner confirms on "my mandates". An ask gives no right by itself.
"""

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest

from apps.common import clock
from apps.common.errors import ConflictError, ForbiddenError
from apps.common.events import publish
from apps.common.limits import Limit
from apps.parties import reauth
from apps.parties.events import MandateAsked
from apps.parties.mandate_asks import no_ask, open_ask, require_open, visible, waiting
from apps.parties.mandate_rules import Offer
from apps.parties.mandate_telling import in_words, seal_of
from apps.parties.mandates_giving import Agent, give_mandate, require_fitting
from apps.parties.memberships import is_member
from apps.parties.models import AskState, Mandate, MandateAsk, MandateKind, Organisation, Person, Scope

LAPSES_AFTER = timedelta(days=3)
MOST_WAITING = 3  # of one asker to one principal
# Each ask tells whether somebody has signed in with a number, so a person has few of them.
PER_ASKER = Limit("mandate-ask", 20, 3600)


@transaction.atomic
def ask_for_mandate(*, by: Person, principal: Person, offer: Offer, office: Organisation | None = None) -> MandateAsk:
    """Ask `principal` to let `by` (or `office`, that `by` belongs to) act. The same ask twice is one.

    Raises ForbiddenError (no member), BadInputError (does not fit), ConflictError (too many wait).
    """
    agent = Agent(organisation=office) if office else Agent(person=by)
    _require_member(by, office)
    require_fitting(principal=principal, agent=agent, offer=offer)
    Person.objects.select_for_update(no_key=True).get(pk=principal.pk)
    open_asks = waiting().filter(asked_by=by, principal=principal)
    twin = open_asks.filter(**_terms(agent, offer)).first()
    if twin is not None:
        return twin
    if open_asks.count() >= MOST_WAITING:
        raise ConflictError(
            fa="چند درخواست شما از این شخص هنوز بی‌پاسخ است. نخست یکی از آن‌ها را پس بگیرید.",
            en="Several of your asks to this person are unanswered. Withdraw one of them first.",
        )
    return _write(by=by, principal=principal, agent=agent, offer=offer)


def send_code(request: HttpRequest, *, person: Person, ask: int) -> None:
    """Send the principal's code for this ask, to the principal's own mobile. `person`: the principal or the asker.

    Raises NotFoundError, ConflictError (answered or lapsed), TooManyCallsError, UnavailableError.
    """
    found = open_ask(person=person, ask=ask)
    reauth.send_code(request, person=found.principal, binding=seal_of(found), what=in_words(found))


def code_sent(request: HttpRequest, *, ask: MandateAsk) -> bool:
    """Whether this session waits for the principal's code for this ask."""
    return reauth.waiting(request, person=ask.principal, binding=seal_of(ask)) is not None


def accept(request: HttpRequest, *, person: Person, ask: int, code: str) -> Mandate:
    """The principal's code makes the ask a mandate, once: pressed again, it says that the ask is answered.

    Raises NotFoundError, ConflictError (answered, lapsed, no code works), BadInputError (wrong code).
    """
    found = open_ask(person=person, ask=ask)
    reauth.use_code(request, person=found.principal, binding=seal_of(found), code=code)
    return _confirmed(found.pk)


@transaction.atomic
def refuse(*, person: Person, ask: int) -> MandateAsk:
    """The principal says no, or the asker takes it back; one tap, idempotent. Raises NotFoundError."""
    row = visible(person).select_for_update(of=("self",)).filter(pk=ask).first()
    if row is None:
        raise no_ask()
    if row.state != AskState.WAITING:
        return row
    row.state = AskState.REFUSED if row.principal_id == person.pk else AskState.WITHDRAWN
    row.answered_at = clock.now()
    row.save(update_fields=["state", "answered_at"])
    return row


@transaction.atomic
def _confirmed(ask: int) -> Mandate:
    row = MandateAsk.objects.select_for_update(of=("self",)).select_related("principal", "agent").get(pk=ask)
    require_open(row)
    _require_member(row.asked_by, row.agent_organisation)
    agent = Agent(person=row.agent, organisation=row.agent_organisation)
    row.mandate = give_mandate(principal=row.principal, agent=agent, offer=_offer_of(row))
    row.state, row.answered_at = AskState.CONFIRMED, clock.now()
    row.save(update_fields=["mandate", "state", "answered_at"])
    return row.mandate


def _write(*, by: Person, principal: Person, agent: Agent, offer: Offer) -> MandateAsk:
    now = clock.now()
    terms = _terms(agent, offer)
    made = MandateAsk.objects.create(
        **terms, principal=principal, asked_by=by, asked_at=now, lapses_at=min(now + LAPSES_AFTER, offer.until)
    )
    publish(MandateAsked(ask_id=made.pk, principal_id=principal.pk))
    return made


def _terms(agent: Agent, offer: Offer) -> dict[str, object]:
    return {
        "agent": agent.person,
        "agent_organisation": agent.organisation,
        "kind": offer.kind,
        "scopes": offer.stored_scopes,
        "land_code": offer.land_code,
        "case_tracking": offer.tracking,
        "until": offer.until,
        "basis": offer.basis,
    }


def _offer_of(row: MandateAsk) -> Offer:
    return Offer(
        kind=MandateKind(row.kind),
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        until=row.until,
        land_code=row.land_code,
        tracking=row.case_tracking,
        basis=row.basis,
    )


def _require_member(by: Person, office: Organisation | None) -> None:
    if office is not None and not is_member(by, office):
        raise ForbiddenError(
            fa="شما امروز عضو این دفتر نیستید و نمی‌توانید به نام آن درخواست کنید. از مدیر دفتر بخواهید.",
            en="You do not belong to this office today and cannot ask in its name. Ask its manager.",
        )
