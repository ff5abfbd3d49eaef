"""An agent asks to act for somebody; the principal confirms with a code sent to their own mobile, and nothing less.

At a counter the owner stands beside the clerk and reads the code aloud: the message says exactly what it allows, and
the code works for this ask alone. From afar the owner confirms on "my mandates". An ask gives no right by itself.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from apps.common import clock
from apps.common.errors import ConflictError, ForbiddenError, NotFoundError
from apps.common.events import publish
from apps.parties import reauth
from apps.parties.events import MandateAsked
from apps.parties.mandate_rules import Offer
from apps.parties.mandate_telling import in_words, seal_of
from apps.parties.mandates_giving import Agent, give_mandate, require_fitting
from apps.parties.memberships import is_member, memberships_of
from apps.parties.models import AskState, Mandate, MandateAsk, MandateKind, Organisation, Person, Scope

LAPSES_AFTER = timedelta(days=3)
MOST_WAITING = 3  # of one asker to one principal


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
    row = _visible(person).select_for_update(of=("self",)).filter(pk=ask).first()
    if row is None:
        raise _no_ask()
    if row.state != AskState.WAITING:
        return row
    row.state = AskState.REFUSED if row.principal_id == person.pk else AskState.WITHDRAWN
    row.answered_at = clock.now()
    row.save(update_fields=["state", "answered_at"])
    return row


def waiting() -> QuerySet[MandateAsk]:
    """Asks that can still be confirmed."""
    now = clock.now()
    return MandateAsk.objects.filter(state=AskState.WAITING, lapses_at__gt=now, until__gt=now)


def asked_of(person: Person) -> QuerySet[MandateAsk]:
    """What waits for the person's word."""
    return _with_people(waiting().filter(principal=person))


def asked_by(person: Person) -> QuerySet[MandateAsk]:
    """What the person asked and nobody answered."""
    return _with_people(waiting().filter(asked_by=person))


def open_ask(*, person: Person, ask: int) -> MandateAsk:
    """One that the person may see and that can still be confirmed. Raises NotFoundError, ConflictError."""
    row = _with_people(_visible(person)).filter(pk=ask).first()
    if row is None:
        raise _no_ask()
    _require_open(row)
    return row


@transaction.atomic
def _confirmed(ask: int) -> Mandate:
    row = MandateAsk.objects.select_for_update(of=("self",)).select_related("principal", "agent").get(pk=ask)
    _require_open(row)
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


def _visible(person: Person) -> QuerySet[MandateAsk]:
    """Asks of the person, and asks to the person."""
    return MandateAsk.objects.filter(Q(principal=person) | Q(asked_by=person))


def _with_people(rows: QuerySet[MandateAsk]) -> QuerySet[MandateAsk]:
    return rows.select_related("principal", "agent", "agent_organisation", "asked_by")


def _require_open(row: MandateAsk) -> None:
    now = clock.now()
    if row.state != AskState.WAITING or row.lapses_at <= now or row.until <= now:
        raise ConflictError(
            fa="این درخواست دیگر باز نیست: پاسخ گرفته یا مهلتش گذشته است. در صورت نیاز دوباره درخواست کنید.",
            en="This ask is no longer open: it was answered or its time is over. Ask again if it is needed.",
        )


def _require_member(by: Person, office: Organisation | None) -> None:
    if office is not None and not is_member(by, office):
        raise ForbiddenError(
            fa="شما امروز عضو این دفتر نیستید و نمی‌توانید به نام آن درخواست کنید. از مدیر دفتر بخواهید.",
            en="You do not belong to this office today and cannot ask in its name. Ask its manager.",
        )


def offices_of(person: Person) -> list[Organisation]:
    """Offices in whose name the person may ask today, each once."""
    found = {row.organisation_id: row.organisation for row in memberships_of(person)}
    return list(found.values())


def _no_ask() -> NotFoundError:
    return NotFoundError(
        fa="چنین درخواستی در فهرست شما نیست. صفحهٔ «نمایندگی‌های من» را تازه کنید.",
        en="There is no such ask in your list. Reload “My mandates”.",
    )
