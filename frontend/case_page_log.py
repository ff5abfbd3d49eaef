"""Who looked at a case, for the owner's side: one line for each person and day. Officers by their role alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.http import HttpRequest
from django.utils import timezone

from apps.cases import access_log
from apps.cases.capacities import OWNER_SIDE
from apps.cases.models import AccessRecord, Case
from apps.common.addresses import UNIX_SOCKET, client_address
from apps.common.text import Text
from apps.parties.models import Role
from apps.parties.roles import ROLE_NAMES
from frontend.case_page_reader import CAPACITY_NAMES, Look, name_of

AUDITOR = "auditor"
_CITY = Text("شهرداری", "the city")
_YOU = Text("شما", "you")


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's looks at the case on one day. `things`: what they took out of it."""

    day: date
    who: Text
    views: int
    last: datetime
    things: tuple[str, ...]


def seen(
    request: HttpRequest,
    case: Case,
    *,
    what: str = access_log.VIEW,
    thing: str = "",
    held: frozenset[str] | None = None,
) -> None:
    """Write down that whoever sent this request saw the case. Every view that shows a case calls it.

    `held`: their capacities when the page knows them already.
    """
    address = client_address(request)
    known = None if address == UNIX_SOCKET else address
    access_log.record(case=case, person=request.user, what=what, thing=thing, address=known, held=held)


def visits(look: Look) -> list[Visit]:
    """The newest looks, by day and person; [] for who may not read the log."""
    if not look.owner_side and look.seen_because != AUDITOR:
        return []
    rows = access_log.log_of(case=look.case, person=look.person)
    return list(_collapsed(rows, look.person.pk))


def _collapsed(rows: Iterable[AccessRecord], reader: int) -> Iterator[Visit]:
    for day, of_day in groupby(rows, key=lambda row: timezone.localdate(row.at)):
        people: dict[tuple[int, str], list[AccessRecord]] = {}
        for row in of_day:
            people.setdefault((row.person_id, row.capacity), []).append(row)
        for records in people.values():
            yield Visit(
                day=day,
                who=_who(records[0], reader),
                views=sum(getattr(row, "times", 1) for row in records if row.what == access_log.VIEW),
                last=records[0].at,
                things=tuple(dict.fromkeys(row.thing for row in records if row.what == access_log.DOWNLOAD)),
            )


def _who(row: AccessRecord, reader: int) -> Text:
    if row.person_id == reader:
        return _YOU
    if row.capacity in OWNER_SIDE:
        name, capacity = name_of(row.person), CAPACITY_NAMES[row.capacity]
        return Text(f"{name.fa} ({capacity.fa})", f"{name.en} ({capacity.en})")
    return ROLE_NAMES[Role(row.capacity)] if row.capacity in Role.values else _CITY
