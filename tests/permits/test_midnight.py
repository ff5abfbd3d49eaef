"""An act for a day to come: said at once, held when the day begins in the city, on both sides of midnight."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from apps.cases.models import CaseMessage, Hold
from apps.common import clock
from apps.common.errors import ConflictError
from apps.legal.models import LegalAct
from apps.legal.transition import Choice, Clause
from apps.permits import services
from apps.permits.examining import examine_all
from apps.permits.held import held_facts
from apps.permits.models import PermitRequest
from apps.permits.tasks import examine_requests
from tests.permits.conftest import Street, active, held_by, kinds

CITY = ZoneInfo("Asia/Tehran")
NOON = datetime(2027, 3, 1, 12, tzinfo=CITY)
MIDNIGHT = datetime(2027, 3, 5, 0, 0, tzinfo=CITY)
SECOND = timedelta(seconds=1)


def coming(street: Street, **extra) -> LegalAct:
    """Promulgated on 1 March, effective on 5 March."""
    return street.heard("hc-1404", "promulgate", effective=MIDNIGHT.date(), **extra)


def test_it_is_said_at_once_and_stops_nothing_yet(street: Street) -> None:
    with time_machine.travel(NOON):
        a, b = street.request("A"), street.request("B")
        act = coming(street)
        assert held_by(a) == [(act.pk, "warning")]
        assert active(a)[0].works_on == MIDNIGHT.date()
        assert held_by(b) == []
        text = CaseMessage.objects.get(case=a.case, person=street.owner)
        assert "From 5 March 2027" in text.text_en
        assert not CaseMessage.objects.filter(case=a.case).exclude(person=street.owner).exists(), "a draft is private"
        assert held_facts(PermitRequest.objects.get(pk=a.pk)).choices == ()
        services.submit(person=street.owner, tracking=a.case.tracking)


def test_both_sides_of_midnight_in_the_city(street: Street) -> None:
    with time_machine.travel(NOON):
        a = street.request("A", sent=True)
        act = coming(street)
    with time_machine.travel(MIDNIGHT - SECOND, tick=False):
        assert examine_requests() == 0
        assert held_by(a) == [(act.pk, "warning")]
    with time_machine.travel(MIDNIGHT, tick=False):
        assert examine_requests() == 1
        assert held_by(a) == [(act.pk, "stop")]
        assert examine_requests() == 0
    assert kinds(a.case)[-3:] == ["warned", "released", "held"]
    told = CaseMessage.objects.filter(case=a.case, person=street.owner)
    assert told.count() == 2, "the warning and the hold; that the warning is over needs no message"


def test_between_midnight_and_the_task_nothing_slips_through(street: Street) -> None:
    with time_machine.travel(NOON):
        a, b = street.request("A"), street.request("B")
        coming(street)
    with time_machine.travel(MIDNIGHT - SECOND, tick=False):
        services.submit(person=street.owner, tracking=b.case.tracking)
    with time_machine.travel(MIDNIGHT, tick=False):
        with pytest.raises(ConflictError) as refused:
            services.submit(person=street.owner, tracking=a.case.tracking)
        assert refused.value.details["guard"] == "examined"


def test_a_request_opened_after_the_act_was_known_is_held_as_well(street: Street) -> None:
    with time_machine.travel(NOON):
        act = coming(street)
        a = street.request("A")
        assert held_by(a) == []
    with time_machine.travel(MIDNIGHT, tick=False):
        examine_all()
        assert held_by(a) == [(act.pk, "stop")]


def test_filed_before_the_day_keeps_the_old_rule(street: Street, other_person) -> None:
    clause = Clause(filed_before=MIDNIGHT.date())
    with time_machine.travel(NOON):
        a = street.request("A")
        coming(street, transition=[clause])
    with time_machine.travel(MIDNIGHT - SECOND, tick=False):
        services.submit(person=street.owner, tracking=a.case.tracking)
    with time_machine.travel(MIDNIGHT, tick=False):
        examine_all()
        facts = held_facts(PermitRequest.objects.get(pk=a.pk))
        assert Choice.CONTINUE in facts.choices


def test_a_draft_on_that_day_has_no_such_choice(street: Street) -> None:
    with time_machine.travel(NOON):
        a = street.request("A")
        coming(street, transition=[Clause(filed_before=MIDNIGHT.date())])
    with time_machine.travel(MIDNIGHT, tick=False):
        examine_all()
        assert Choice.CONTINUE not in held_facts(PermitRequest.objects.get(pk=a.pk)).choices


def test_what_was_annulled_before_its_day_never_holds(street: Street) -> None:
    with time_machine.travel(NOON):
        a = street.request("A")
        coming(street)
        street.heard("hc-1404", "annul")
        assert held_by(a) == []
        assert CaseMessage.objects.filter(case=a.case, person=street.owner).count() == 2, "warned, then taken back"
    with time_machine.travel(MIDNIGHT, tick=False):
        examine_all()
        assert held_by(a) == []


def test_a_suspension_to_come_and_its_lift_to_come(street: Street) -> None:
    """Both work at their own midnights; the lift releases at its own, not before."""
    later = MIDNIGHT + timedelta(days=3)
    with time_machine.travel(NOON):
        a = street.request("A", sent=True)
        suspend = street.heard("hc", "suspend", effective=MIDNIGHT.date())
        street.heard("hc", "lift", lifts=suspend, effective=later.date())
    with time_machine.travel(MIDNIGHT, tick=False):
        examine_all()
        assert held_by(a) == [(suspend.pk, "stop")]
    with time_machine.travel(later - SECOND, tick=False):
        examine_all()
        assert held_by(a) == [(suspend.pk, "stop")]
    with time_machine.travel(later, tick=False):
        examine_all()
        assert held_by(a) == []


def test_a_clock_that_stood_still_over_midnight_catches_up(street: Street) -> None:
    """No worker ran for a week: the day's act and one recorded since are both taken, each once."""
    with time_machine.travel(NOON):
        a = street.request("A")
        act = coming(street)
    with time_machine.travel(MIDNIGHT + timedelta(days=7)):
        other = street.decree("dn", "suspend")
        assert examine_all() == 1
        assert held_by(a) == [(act.pk, "stop"), (other.pk, "stop")]
        assert Hold.objects.filter(case=a.case).count() == 3
        request = PermitRequest.objects.get(pk=a.pk)
        assert (request.examined_version, request.examined_on) == (other.pk, clock.today())
