"""A street with law in every state (tests/browser/city.py), people, and acts that are recorded now."""

from datetime import date
from itertools import count

import pytest

from apps.cases.models import Case, Hold
from apps.common import clock
from apps.common.durable import deliver_pending
from apps.legal.models import Instrument, LegalAct
from apps.legal.services import record_act
from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment, ensure_person
from apps.permits import services
from apps.permits.models import PermitRequest
from tests.browser.city import CODES, SmallCity
from tests.permits.filling import fill
from tests.permits.proposing import propose

_serial = count(1)


class Street(SmallCity):
    """The small city, with acts of this moment and requests on its parcels."""

    def __init__(self) -> None:
        super().__init__()
        self.owner = ensure_person(mobile="09120000001", name_fa="مالک", name_en="Owner", verified=True)
        self.officer = ensure_person(mobile="09120000003", name_fa="کارشناس", name_en="Officer", verified=True)
        ensure_assignment(person=self.officer, role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])

    def decree(self, instrument: str, kind: str, *, effective: date | None = None, **extra) -> LegalAct:
        """An act signed and recorded now. Nobody has heard of it yet: `hear`."""
        return record_act(
            instrument=Instrument.objects.get(code=instrument), kind=kind, number=f"ن-{next(_serial)}",
            act_date=clock.today(), body_fa="کمیسیون مادهٔ ۵", body_en="Article 5 Commission", document="-",
            effective_on=effective or clock.today(), recorded_by=self.clerk, countersigned_by=self.head, **extra,
        )  # fmt: skip

    def heard(self, instrument: str, kind: str, **extra) -> LegalAct:
        """An act, and everybody has heard of it."""
        act = self.decree(instrument, kind, **extra)
        hear()
        return act

    def request(
        self,
        name: str,
        *,
        kind: str = "NEW",
        sent: bool = False,
        owner: Person | None = None,
        proposed: bool = True,
        filled: bool = True,
    ) -> PermitRequest:
        """A request on parcel A to E, with proposal, form and documents, so that it may be sent in."""
        who = owner or self.owner
        made = services.start(person=who, parcel_code=CODES[name], kind=kind, extract_digest="")
        if proposed:
            propose(who, made.case.tracking, name)
        if filled:
            fill(who, made.case.tracking)
        if sent:
            services.submit(person=who, tracking=made.case.tracking)
        made.refresh_from_db()
        return made


def hear() -> None:
    """Deliver until nothing waits any more."""
    while deliver_pending():
        pass


def active(request: PermitRequest) -> list[Hold]:
    return list(Hold.objects.active().filter(case=request.case).order_by("pk"))


def held_by(request: PermitRequest) -> list[tuple[int | None, str]]:
    """(act, level) of the active holds."""
    return [(hold.act_id, hold.level) for hold in active(request)]


def kinds(case: Case) -> list[str]:
    return [event.kind for event in case.events.order_by("pk")]


@pytest.fixture
def street(db: None) -> Street:
    return Street()
