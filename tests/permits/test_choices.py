"""What the owner of a held request may choose: by clause, by kind, by filing day, once, and only the owner."""

from datetime import date, timedelta

import pytest
import time_machine

from apps.cases.hold_facts import OrderFacts
from apps.cases.hold_rules import Level, OrderRank
from apps.cases.holds import place_hold
from apps.cases.models import CaseMessage
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text
from apps.extracts.frozen import frozen
from apps.extracts.services import compose
from apps.legal.acts import Authority
from apps.legal.transition import Choice, Clause
from apps.parties.models import Person
from apps.permits import services
from apps.permits.choices import Asking, last_days, offered
from apps.permits.choosing import choose
from apps.permits.held import held_facts
from apps.permits.models import PermitRequest
from tests.browser.city import CODES
from tests.permits.conftest import Street, active, held_by, kinds
from tests.permits.walking import mandate

DAY = date(2026, 11, 28)
ALL, DEFAULT = tuple(Choice), (Choice.RECOMPOSE, Choice.WITHDRAW)
FILED_BEFORE = (Clause(filed_before=DAY),)
ONLY_REPAIR = (Clause(kinds=("REPAIR",)),)
UNTIL = (Clause(until=DAY),)


@pytest.mark.parametrize(
    ("clauses", "kind", "filed", "today", "may"),
    [
        ((), "NEW", DAY, DAY, DEFAULT),
        (FILED_BEFORE, "NEW", DAY - timedelta(1), DAY, ALL),
        (FILED_BEFORE, "NEW", DAY, DAY, DEFAULT),
        (FILED_BEFORE, "NEW", None, DAY, DEFAULT),
        (ONLY_REPAIR, "REPAIR", None, DAY, ALL),
        (ONLY_REPAIR, "NEW", None, DAY, DEFAULT),
        (UNTIL, "NEW", None, DAY, ALL),
        (UNTIL, "NEW", None, DAY + timedelta(1), DEFAULT),
        ((Clause(choices=(Choice.WITHDRAW,)), Clause()), "NEW", None, DAY, (Choice.WITHDRAW,)),
        ((Clause(choices=()),), "NEW", None, DAY, (Choice.WITHDRAW,)),
    ],
)
def test_the_first_clause_that_fits(clauses, kind, filed, today, may) -> None:
    asking = Asking(kind=kind, filed_on=filed, today=today)
    assert offered([clauses], asking, ordered=False, known=True) == may


def test_every_act_that_holds_has_its_say() -> None:
    asking = Asking(kind="NEW", filed_on=None, today=DAY)
    assert offered([UNTIL, ()], asking, ordered=False, known=True) == DEFAULT
    assert offered([UNTIL, UNTIL], asking, ordered=False, known=True) == ALL
    assert offered([UNTIL], asking, ordered=True, known=True) == (Choice.WITHDRAW,)
    assert offered([UNTIL], asking, ordered=False, known=False) == (Choice.CONTINUE, Choice.WITHDRAW)
    assert last_days([UNTIL, (), ONLY_REPAIR], asking) == (DAY,)


def pick(street: Street, request: PermitRequest, choice: str, **extra) -> PermitRequest:
    request.refresh_from_db()
    asked = {"person": street.owner, "seen": request.examined_version, **extra}
    return choose(tracking=request.case.tracking, choice=choice, **asked)


def test_to_be_judged_anew(street: Street) -> None:
    a = street.request("A")
    act = street.heard("hc-1404", "promulgate")
    facts = held_facts(a := PermitRequest.objects.get(pk=a.pk))
    assert (facts.stopped, facts.examining, facts.choices) == (True, False, DEFAULT)
    storeys = next(d for d in facts.comparison.differences if d.code == "max_storeys")
    assert (storeys.then["value"], storeys.now["value"]) == (4, 5)
    made = pick(street, a, "recompose")
    assert held_by(made) == []
    assert made.relied_digest == compose(parcel=CODES["A"]).digest != made.extract_digest
    assert frozen(made.relied_digest).data["law"]["version"] == made.relied_law == made.examined_version == act.pk
    event = made.case.events.get(kind="choose_recompose")
    assert (event.actor, event.data["acts"], event.data["law"]) == (street.owner, [act.pk], act.pk)
    assert kinds(made.case)[-3:] == ["held", "choose_recompose", "released"]
    assert CaseMessage.objects.filter(case=made.case, person=street.officer).count() == 2
    services.submit(person=street.owner, tracking=made.case.tracking)


def test_to_go_on_under_the_kept_answer_says_under_which_law(street: Street) -> None:
    a = street.request("A", sent=True)
    clause = Clause(filed_before=clock.today() + timedelta(1))
    act = street.heard("hc-1404", "promulgate", transition=[clause])
    made = pick(street, a, "continue")
    assert held_by(made) == []
    assert (made.relied_digest, made.continues_by) == (a.filed_digest, act)
    assert held_facts(made).stopped is False
    assert made.case.events.get(kind="choose_continue").data["digest"] == a.filed_digest


def test_a_draft_that_goes_on_keeps_its_answer_when_it_is_sent_in(street: Street) -> None:
    a = street.request("A")
    street.heard("hc-1404", "promulgate", transition=[Clause()])
    made = pick(street, a, "continue")
    sent = services.submit(person=street.owner, tracking=made.case.tracking)
    assert sent.relied_digest == a.extract_digest != sent.filed_digest


def test_who_goes_on_is_held_again_by_the_next_act(street: Street) -> None:
    a = street.request("A")
    street.heard("hc-1404", "promulgate", transition=[Clause()])
    pick(street, a, "continue")
    act = street.heard("dn", "suspend")
    assert held_by(a) == [(act.pk, "stop")]


def test_to_withdraw(street: Street) -> None:
    a = street.request("A", sent=True)
    street.heard("hc", "suspend")
    made = pick(street, a, "withdraw")
    assert made.case.status == "cancelled"
    assert kinds(made.case)[-2:] == ["choose_withdraw", "withdraw"]


def test_a_suspension_without_a_successor_waits_for_its_lift(street: Street) -> None:
    c = street.request("A")
    street.heard("hc", "suspend")
    assert held_facts(PermitRequest.objects.get(pk=c.pk)).choices == (Choice.WITHDRAW,)
    with pytest.raises(ConflictError, match="Wait until the suspension is lifted"):
        pick(street, c, "recompose")
    assert len(active(c)) == 1


def test_a_suspension_with_an_older_plan_behind_it_may_be_judged_by_that(street: Street) -> None:
    """H5 over H4: while the revision is suspended four storeys govern, and that is known."""
    street.heard("hc-1404", "promulgate")
    a = street.request("A")
    suspend = street.heard("hc-1404", "suspend")
    made = pick(street, a, "recompose")
    assert held_by(made) == []
    lift = street.heard("hc-1404", "lift", lifts=suspend)
    assert held_by(made) == [(lift.pk, "stop")], "it rests on four storeys now, and five govern again"


@pytest.mark.parametrize("choice", ["recompose", "continue", "withdraw"])
def test_twice_is_refused(street: Street, choice: str) -> None:
    a = street.request("A", sent=True)
    street.heard("hc-1404", "promulgate", transition=[Clause()])
    pick(street, a, choice)
    before = kinds(a.case)
    with pytest.raises(ConflictError):
        pick(street, a, choice)
    assert kinds(a.case) == before


def test_what_is_not_offered_is_refused_with_the_reason(street: Street) -> None:
    a = street.request("A")
    street.heard("hc-1404", "promulgate")
    with pytest.raises(ConflictError, match="not offered for this hold"):
        pick(street, a, "continue")
    with pytest.raises(BadInputError) as unknown:
        pick(street, a, "appeal")
    assert unknown.value.details["choices"] == [choice.value for choice in Choice]
    assert len(active(a)) == 1


def test_only_the_owner_chooses(street: Street, other_person: Person) -> None:
    a = street.request("A", sent=True)
    street.heard("hc-1404", "promulgate")
    with pytest.raises(NotFoundError):
        pick(street, a, "recompose", person=other_person)
    with pytest.raises(ForbiddenError):
        pick(street, a, "recompose", person=street.officer)
    assert len(active(a)) == 1


def test_an_act_that_came_meanwhile_makes_the_owner_read_again(street: Street) -> None:
    a = street.request("A")
    street.heard("hc-1404", "promulgate")
    seen = PermitRequest.objects.get(pk=a.pk).examined_version
    street.decree("dn", "suspend")
    with pytest.raises(ConflictError) as unexamined:
        pick(street, a, "recompose", seen=seen)
    assert unexamined.value.details["examining"]
    street.heard("dn", "lift", lifts=active_suspension("dn"))
    with pytest.raises(ConflictError, match="Another act was recorded"):
        pick(street, a, "recompose", seen=seen)
    pick(street, a, "recompose")


def active_suspension(code: str):
    from apps.legal.models import LegalAct

    return LegalAct.objects.get(instrument__code=code, kind="suspend")


def test_until_ends_the_choice_to_go_on(street: Street) -> None:
    a = street.request("A")
    today = clock.today()
    street.heard("hc-1404", "promulgate", transition=[Clause(until=today)])
    facts = held_facts(PermitRequest.objects.get(pk=a.pk))
    assert (facts.choices, facts.until) == (ALL, today)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        facts = held_facts(PermitRequest.objects.get(pk=a.pk))
        assert (facts.choices, facts.until) == (DEFAULT, None)
        with pytest.raises(ConflictError):
            pick(street, a, "continue")


def test_an_order_about_this_case_leaves_withdrawal_only(street: Street) -> None:
    a = street.request("A", sent=True)
    street.heard("hc-1404", "promulgate", transition=[Clause()])
    order = OrderFacts(Authority.COURT, OrderRank.COURT, "140409", clock.today(), Text("دیوان", "Court"))
    place_hold(case=a.case, order=order, level=Level.STOP, reason=Text("دستور", "Order"))
    assert held_facts(PermitRequest.objects.get(pk=a.pk)).choices == (Choice.WITHDRAW,)
    for choice in ("continue", "recompose"):
        with pytest.raises(ConflictError):
            pick(street, a, choice)
    assert pick(street, a, "withdraw").case.status == "cancelled"


def test_a_parcel_that_was_split_while_held(street: Street) -> None:
    from apps.cadastre.models import ParcelVersion

    a = street.request("A")
    street.heard("hc-1404", "promulgate")
    ParcelVersion.objects.filter(parcel__code=CODES["A"]).update(legal=(date(2010, 1, 1), clock.today()))
    facts = held_facts(PermitRequest.objects.get(pk=a.pk))
    assert (facts.comparison.fresh, facts.choices) == (None, (Choice.WITHDRAW,))
    with pytest.raises(ConflictError, match="split or merged"):
        pick(street, a, "recompose")
    assert pick(street, a, "withdraw").case.status == "cancelled"


def test_an_agent_chooses_by_a_mandate_to_act(street: Street, other_person: Person) -> None:
    a = street.request("A", sent=True)
    street.heard("hc-1404", "promulgate")
    looking = mandate(street.owner, other_person, a.case.land_code, "view")
    with pytest.raises(ForbiddenError):
        pick(street, a, "recompose", person=other_person)
    mandate(street.owner, other_person, a.case.land_code, "view", "act")
    assert held_by(pick(street, a, "recompose", person=other_person)) == []
    event = a.case.events.get(kind="choose_recompose")
    assert (event.actor, event.data["as"]) == (other_person, "agent")
    assert looking.ended_at is None
