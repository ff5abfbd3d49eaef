"""Asks for a mandate, read: which can still be confirmed, and who may see them."""

from django.db.models import Q, QuerySet

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.parties.memberships import memberships_of
from apps.parties.models import AskState, MandateAsk, Organisation, Person


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
    row = _with_people(visible(person)).filter(pk=ask).first()
    if row is None:
        raise no_ask()
    require_open(row)
    return row


def visible(person: Person) -> QuerySet[MandateAsk]:
    """Asks of the person, and asks to the person."""
    return MandateAsk.objects.filter(Q(principal=person) | Q(asked_by=person))


def _with_people(rows: QuerySet[MandateAsk]) -> QuerySet[MandateAsk]:
    return rows.select_related("principal", "agent", "agent_organisation", "asked_by")


def require_open(row: MandateAsk) -> None:
    """Raises ConflictError when it was answered or has lapsed."""
    now = clock.now()
    if row.state != AskState.WAITING or row.lapses_at <= now or row.until <= now:
        raise ConflictError(
            fa="این درخواست دیگر باز نیست: پاسخ گرفته یا مهلتش گذشته است. در صورت نیاز دوباره درخواست کنید.",
            en="This ask is no longer open: it was answered or its time is over. Ask again if it is needed.",
        )


def offices_of(person: Person) -> list[Organisation]:
    """Offices in whose name the person may ask today, each once."""
    found = {row.organisation_id: row.organisation for row in memberships_of(person)}
    return list(found.values())


def office_of(person: Person, chosen: int) -> Organisation:
    """One of these by its id. Raises BadInputError for any other."""
    for office in offices_of(person):
        if office.pk == chosen:
            return office
    raise BadInputError(
        fa="این دفتر از دفترهای شما نیست. یکی از گزینه‌ها را برگزینید.",
        en="This is none of your offices. Choose one of those offered.",
        field="office",
    )


def no_ask() -> NotFoundError:
    """None that the reader may see."""
    return NotFoundError(
        fa="چنین درخواستی در فهرست شما نیست. صفحهٔ «نمایندگی‌های من» را تازه کنید.",
        en="There is no such ask in your list. Reload “My mandates”.",
    )
