"""Holds in the database: append-only, once by each order, with history, event and message; officers and reach."""

from datetime import date

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import DatabaseError, IntegrityError, transaction

from apps.cadastre.models import District, ParcelVersion
from apps.cases.hold_facts import OrderFacts, active_holds, all_holds
from apps.cases.hold_rules import Ground, Level, OrderRank
from apps.cases.holds import place_hold, release_hold
from apps.cases.models import Case, CaseMessage, Hold, HoldRelease
from apps.cases.orders import order_hold, order_release
from apps.cases.querysets import OFFICER
from apps.cases.selectors import visible_case, visible_cases
from apps.cases.services import open_case, take_step
from apps.cases.telling import Officers, messages_to, tell
from apps.cases.workflow import Transition
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text
from apps.legal.acts import Authority
from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment
from tests.conftest import MakeParcel

pytestmark = pytest.mark.django_db
TABLE = (
    Transition("go", frozenset({"draft", "submitted"}), "submitted"),
    Transition("issue", frozenset({"submitted"}), "closed", issues=True),
    Transition("leave", frozenset({"draft", "submitted"}), "cancelled", forward=False),
)


@pytest.fixture
def case(person: Person, make_parcel: MakeParcel) -> Case:
    opened = open_case(parcel=make_parcel("3-2-14-5"), applicant=person, case_type="permit", prefix="PR")
    shape = MultiPolygon(Polygon.from_bbox((0, 0, 1, 1)))
    district = District.objects.create(number=3, name_fa="۳", name_en="3", geom=shape, geom_web=shape)
    ParcelVersion.objects.update(district=district)
    Case.objects.update(status="submitted", district=3)
    opened.refresh_from_db()
    return opened


@pytest.fixture
def officer(other_person: Person) -> Person:
    ensure_assignment(person=other_person, role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])
    return other_person


def order(rank: OrderRank = OrderRank.COURT, number: str = "100", day: date | None = None) -> OrderFacts:
    authority = Authority.COURT if rank >= OrderRank.COURT else Authority.ADMINISTRATIVE
    return OrderFacts(authority, rank, number, day or clock.today(), Text("مرجع", "Body"))


def placed(case: Case, level: Level = Level.STOP, **extra) -> Hold:
    return place_hold(case=case, order=order(**extra), level=level, reason=Text("دلیل", "Reason"))


def test_a_hold_stops_steps_and_never_a_withdrawal(case: Case, person: Person) -> None:
    hold = placed(case)
    with pytest.raises(ConflictError) as refused:
        take_step(tracking=case.tracking, actor=person, verb="go", table=TABLE)
    assert refused.value.details["held"]
    assert hold.number in refused.value.message.en
    assert take_step(tracking=case.tracking, actor=person, verb="leave", table=TABLE).status == "cancelled"


def test_stop_issuance_stops_the_issue_only(case: Case, person: Person) -> None:
    hold = placed(case, Level.STOP_ISSUANCE)
    take_step(tracking=case.tracking, actor=person, verb="go", table=TABLE)
    with pytest.raises(ConflictError):
        take_step(tracking=case.tracking, actor=person, verb="issue", table=TABLE)
    release_hold(hold=hold, ground=Ground.ORDER, order=order(number="101"))
    assert take_step(tracking=case.tracking, actor=person, verb="issue", table=TABLE).status == "closed"


def test_a_warning_stops_nothing(case: Case, person: Person) -> None:
    placed(case, Level.WARNING)
    assert take_step(tracking=case.tracking, actor=person, verb="go", table=TABLE).status == "submitted"


def test_lifting_adds_and_never_edits(case: Case) -> None:
    hold = placed(case)
    release_hold(hold=hold, ground=Ground.ORDER, order=order(number="101"), reason=Text("پایان", "Over"))
    assert not active_holds(case).exists()
    [facts] = all_holds(case)
    assert (facts.number, facts.released_by) == ("100", "order")
    assert facts.released_at is not None
    assert [e.kind for e in case.events.order_by("pk")] == ["open", "held", "released"]
    with pytest.raises(ConflictError, match="already released"):
        release_hold(hold=hold, ground=Ground.ORDER, order=order(number="102"))
    for rows in (Hold.objects, HoldRelease.objects):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(number="0")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all()._raw_delete("default")


def test_the_same_order_holds_once(case: Case) -> None:
    placed(case)
    with pytest.raises(ConflictError, match="already recorded"):
        placed(case)
    copy = Hold.objects.get()
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()
    assert Hold.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        OrderFacts(Authority.COURT, OrderRank.COURT, " ", date(2026, 1, 1), Text("مرجع", "Body")),
        OrderFacts(Authority.COURT, OrderRank.COURT, "1", date(2026, 1, 1), Text("", "")),
        OrderFacts(Authority.ADMINISTRATIVE, OrderRank.COURT, "1", date(2026, 1, 1), Text("مرجع", "Body")),
        OrderFacts(Authority.COURT, OrderRank.OFFICE, "1", date(2026, 1, 1), Text("مرجع", "Body")),
    ],
)
def test_an_order_that_cannot_be(case: Case, bad: OrderFacts) -> None:
    with pytest.raises(BadInputError):
        place_hold(case=case, order=bad, level=Level.STOP, reason=Text("", ""))
    assert not Hold.objects.exists()


def test_the_database_knows_ranks_as_well(case: Case) -> None:
    placed(case)
    copy = Hold.objects.get()
    copy.pk, copy.number, copy.authority = None, "2", "administrative"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_what_a_court_let_go_on_no_office_stops(case: Case) -> None:
    hold = placed(case, rank=OrderRank.OFFICE)
    release_hold(hold=hold, ground=Ground.ORDER, order=order(OrderRank.COURT, "101"))
    with pytest.raises(ConflictError, match=r"No\. 101 lets this case go on"):
        placed(case, rank=OrderRank.COMMISSION, number="102")
    placed(case, rank=OrderRank.COURT_FINAL, number="103")
    with pytest.raises(ConflictError, match="only a court lifts it"):
        release_hold(hold=Hold.objects.last(), ground=Ground.ORDER, order=order(OrderRank.COMMISSION, "104"))


def test_an_officer_sees_what_was_sent_in_within_reach(case: Case, officer: Person) -> None:
    assert [(c.pk, c.seen_because) for c in visible_cases(officer)] == [(case.pk, OFFICER)]
    officer.assignments.update(districts=[4])
    assert not visible_cases(officer).exists()
    officer.assignments.update(districts=None)
    assert visible_cases(officer).exists()
    Case.objects.update(status="draft")
    assert not visible_cases(officer).exists(), "a draft is its applicant's own"
    placed(case)
    assert visible_cases(officer).exists(), "while it is held its officer sees it"
    officer.assignments.update(until=clock.today())
    assert not visible_cases(officer).exists()


def test_a_parcel_that_was_split_keeps_its_officer(case: Case, officer: Person) -> None:
    ParcelVersion.objects.update(legal=(date(2000, 1, 1), clock.today()))
    assert visible_case(tracking=case.tracking, person=officer).pk == case.pk
    assert Officers().of(case) == [officer]


def test_nobody_is_the_officer_of_their_own_case(case: Case, person: Person, officer: Person) -> None:
    ensure_assignment(person=person, role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])
    assert Officers().of(case) == [officer]
    with pytest.raises(ForbiddenError):
        order_hold(officer=person, tracking=case.tracking, order=order(), level=Level.STOP, reason="x")
    Person.objects.filter(pk__in=[person.pk, officer.pk]).update(national_id="0012345679")
    officer.refresh_from_db()
    with pytest.raises(NotFoundError):  # no officer of it any more, so it is not there
        order_hold(officer=officer, tracking=case.tracking, order=order(), level=Level.STOP, reason="x")


def test_an_order_entered_by_the_officer_is_told_to_the_owner(case: Case, person: Person, officer: Person) -> None:
    hold = order_hold(officer=officer, tracking=case.tracking, order=order(), level=Level.STOP, reason="Stop.")
    assert (hold.placed_by, hold.act) == (officer, None)
    order_release(officer=officer, tracking=case.tracking, hold=hold.pk, order=order(number="101"), reason="Over.")
    assert [m.person for m in CaseMessage.objects.all()] == [person, person]
    assert "101" in messages_to(person, case)[0].text_en
    with pytest.raises(NotFoundError):
        order_release(officer=officer, tracking=case.tracking, hold=hold.pk + 1, order=order(number="101"))
    with pytest.raises(BadInputError):
        order_hold(officer=officer, tracking=case.tracking, order=order(number="3"), level=Level.STOP, reason=" ")


def test_strangers_and_applicants_enter_no_orders(case: Case, person: Person, other_person: Person) -> None:
    with pytest.raises(NotFoundError):
        order_hold(officer=other_person, tracking=case.tracking, order=order(), level=Level.STOP, reason="x")
    with pytest.raises(ForbiddenError):
        order_hold(officer=person, tracking=case.tracking, order=order(), level=Level.STOP, reason="x")
    assert not Hold.objects.exists()


def test_a_closed_case_takes_no_order(case: Case, officer: Person) -> None:
    Case.objects.update(status="closed")
    with pytest.raises(ConflictError, match="closed"):
        order_hold(officer=officer, tracking=case.tracking, order=order(), level=Level.STOP, reason="x")


def test_everybody_is_told_once_and_messages_stay(case: Case, person: Person) -> None:
    tell(case, [person, person], Text("سلام", "Hello"))
    assert [m.text_en for m in messages_to(person, case)] == ["Hello"]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CaseMessage.objects.update(text_en="other")
