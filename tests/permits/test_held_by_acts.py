"""Acts and open requests: held exactly where the answer changes, told, and released by exactly what may release.

hc (H4) holds everywhere, hc-1404 (H5, approved) on A, hc-1402 (H6, suspended in 2024) on B: see tests/browser/city.py.
"""

from datetime import date

import pytest

from apps.cases.events import CaseHeld, CaseReleased
from apps.cases.models import CaseMessage, Hold
from apps.common import events
from apps.common.errors import ConflictError
from apps.common.models import EventRecord
from apps.extracts.frozen import frozen
from apps.legal.models import LegalAct
from apps.parties.models import Assignment
from apps.permits import services
from apps.permits.examined import mark
from apps.permits.models import PermitRequest
from apps.permits.selectors import issued_requests
from tests.browser.city import CODES
from tests.permits.conftest import Street, active, hear, held_by, kinds

pytestmark = pytest.mark.django_db


def suspension(street: Street) -> LegalAct:
    return LegalAct.objects.get(instrument__code="hc-1402", kind="suspend")


def test_a_revision_holds_the_request_it_changes_and_no_other(street: Street) -> None:
    a, b = street.request("A"), street.request("B")
    act = street.heard("hc-1404", "promulgate")
    assert held_by(a) == [(act.pk, "stop")]
    assert held_by(b) == []
    hold = active(a)[0]
    assert (hold.number, hold.dated, hold.authority) == (act.number, act.act_date, "administrative")
    assert "4 storeys → 5 storeys" in hold.reason_en
    assert hold.evidence == a.extract_digest
    assert frozen(hold.evidence).data["law"]["version"] < act.pk
    for request in (a, b):
        request.refresh_from_db()
        assert request.examined_version == act.pk
    assert kinds(a.case) == ["open", "start", "proposal", "form", "held"]


def test_owner_and_officers_are_told_once_and_nobody_else(street: Street) -> None:
    a, b = street.request("A"), street.request("B")
    act = street.heard("hc-1404", "promulgate")
    told = CaseMessage.objects.filter(case=a.case)
    assert told.filter(person=street.owner).count() == told.filter(person=street.officer).count() == 1
    assert act.number in told.first().text_en
    assert a.case.tracking in told.first().text_fa
    assert not CaseMessage.objects.filter(case=b.case).exists()


def test_where_a_district_has_no_officer_those_for_the_whole_city_are_told(street: Street) -> None:
    Assignment.objects.filter(role="case_officer").update(districts=[7])
    Assignment.objects.filter(person=street.head).delete()
    citywide = Assignment.objects.create(person=street.head, role="case_officer", since="2020-01-01")
    a = street.request("A")
    street.heard("hc-1404", "promulgate")
    assert {m.person for m in CaseMessage.objects.filter(case=a.case)} == {street.owner, citywide.person}


def test_a_held_request_takes_no_step_but_can_be_given_up(street: Street) -> None:
    a = street.request("A")
    act = street.heard("hc-1404", "promulgate")
    with pytest.raises(ConflictError) as refused:
        services.submit(person=street.owner, tracking=a.case.tracking)
    assert act.number in refused.value.message.en
    assert services.cancel(person=street.owner, tracking=a.case.tracking).status == "cancelled"


def test_nothing_slips_through_between_the_act_and_its_examination(street: Street) -> None:
    a, b = street.request("A"), street.request("B")
    street.decree("hc-1404", "promulgate")
    for request in (a, b):
        with pytest.raises(ConflictError) as refused:
            services.submit(person=street.owner, tracking=request.case.tracking)
        assert refused.value.details["guard"] == "examined"


def test_an_approval_and_a_far_layer_touch_nobody_and_still_move_the_mark(street: Street) -> None:
    a = street.request("A")
    street.heard("hc-1402", "annul")
    assert held_by(a) == []
    a.refresh_from_db()
    assert not mark().is_past(a)


def test_lifting_releases_exactly_what_the_suspension_placed(street: Street) -> None:
    """Two suspensions touch A: of the height plan and of the density plan. Each is lifted by itself."""
    a, c = street.request("A"), street.request("C")
    heights, density = street.heard("hc", "suspend"), street.heard("dn", "suspend")
    assert held_by(a) == [(heights.pk, "stop"), (density.pk, "stop")]
    street.heard("hc", "lift", lifts=heights)
    assert held_by(a) == [(density.pk, "stop")]
    assert (density.pk, "stop") in held_by(c)
    street.heard("dn", "lift", lifts=density)
    assert held_by(a) == held_by(c) == []
    assert kinds(a.case) == ["open", "start", "proposal", "form", "held", "held", "released", "released"]
    assert CaseMessage.objects.filter(case=a.case, person=street.owner).count() == 4


def test_a_second_suspension_of_the_same_plan_keeps_the_request_held(street: Street) -> None:
    """The second one changes no answer, but it would be a hole if its hold were missing when the first is lifted."""
    a = street.request("A")
    first, second = street.heard("hc", "suspend"), street.heard("hc", "suspend", authority="court")
    assert held_by(a) == [(first.pk, "stop"), (second.pk, "stop")]
    street.heard("hc", "lift", lifts=first)
    assert held_by(a) == [(second.pk, "stop")]
    with pytest.raises(ConflictError):
        street.decree("hc", "lift", lifts=second)
    street.heard("hc", "lift", lifts=second, authority="court")
    assert held_by(a) == []


def test_a_lift_that_brings_another_value_holds_who_rested_on_the_one_between(street: Street) -> None:
    """hc-1402 says six storeys on B (three after the passage rule is applied to four); it was suspended in 2024."""
    b = street.request("B")
    lift = street.heard("hc-1402", "lift", lifts=suspension(street))
    assert held_by(b) == [(lift.pk, "stop")]


def test_annulling_what_held_a_request_takes_the_ground_away(street: Street) -> None:
    a = street.request("A")
    street.heard("hc-1404", "promulgate")
    street.heard("hc-1404", "annul")
    assert held_by(a) == []
    release = Hold.objects.get(case=a.case).release
    assert (release.ground, release.act.kind) == ("act", "annul")


def test_an_administrative_annulment_leaves_a_courts_hold(street: Street) -> None:
    a = street.request("A")
    court = street.heard("hc-1404", "promulgate", authority="court")
    street.heard("hc-1404", "annul")
    assert held_by(a) == [(court.pk, "stop")]


def test_a_court_may_take_away_an_administrative_ground(street: Street) -> None:
    a = street.request("A")
    street.heard("hc-1404", "promulgate")
    street.heard("hc-1404", "annul", authority="court")
    assert held_by(a) == []


def test_two_acts_heard_together_are_taken_one_after_the_other(street: Street) -> None:
    """Both stand in the history, although the answer is the old one again when anybody looks."""
    a = street.request("A")
    suspend = street.decree("hc", "suspend")
    street.heard("hc", "lift", lifts=suspend)
    assert held_by(a) == []
    assert kinds(a.case) == ["open", "start", "proposal", "form", "held", "released"]


def test_a_scoped_act_holds_inside_its_scope_only(street: Street) -> None:
    from tests.browser.city import SQUARES

    a, c = street.request("A"), street.request("C")
    act = street.heard("hc", "annul", scope=SQUARES["C"])
    assert held_by(c) == [(act.pk, "stop")]
    assert held_by(a) == []


def test_a_lift_for_a_part_frees_only_what_lies_in_it(street: Street) -> None:
    from tests.browser.city import SQUARES, box

    a, c = street.request("A"), street.request("C")
    act = street.heard("hc", "suspend")
    street.heard("hc", "lift", lifts=act, scope=SQUARES["A"])
    assert held_by(a) == []
    assert held_by(c) == [(act.pk, "stop")]
    street.heard("hc", "lift", lifts=act, scope=box(40, 20, 50, 40))
    assert held_by(c) == [(act.pk, "stop")], "half of the parcel is still under the suspension"


def test_a_later_registration_brings_a_consultation(street: Street) -> None:
    """The first-degree buffer is drawn around A: five metres at most, and Heritage must be asked."""
    from gis_layers.models import Theme
    from tests.browser.city import ALL, SQUARES

    a, b = street.request("A"), street.request("B")
    theme = Theme.objects.get(code="heritage_buffer")
    street.edition(theme, "hb-new", {"BUFFER_1": SQUARES["A"]}, coverage=ALL)
    street.overlay()
    street.heard("hb-new", "approve")
    assert held_by(a) == []
    act = street.heard("hb-new", "promulgate")
    assert held_by(a) == [(act.pk, "stop")]
    assert held_by(b) == []


def test_a_request_that_is_closed_is_left_alone(street: Street) -> None:
    a = street.request("A")
    services.cancel(person=street.owner, tracking=a.case.tracking)
    street.heard("hc-1404", "promulgate")
    assert not Hold.objects.exists()


def test_only_what_rests_on_the_old_answer_is_touched(street: Street) -> None:
    street.heard("hc-1404", "promulgate")
    a = street.request("A")
    street.heard("dn", "suspend")
    assert len(active(a)) == 1
    assert not issued_requests().exists()


def test_rooms_above_hear_durably(street: Street) -> None:
    heard = []
    a = street.request("A")
    for kind in (CaseHeld, CaseReleased):
        events.subscribe_durably(kind, heard.append, name="test")
    try:
        act = street.heard("hc", "suspend")
        street.heard("hc", "lift", lifts=act)
    finally:
        for kind in (CaseHeld, CaseReleased):
            events._durable[kind].pop("test")
    hold = Hold.objects.get(case=a.case)
    assert heard == [
        CaseHeld(case_id=a.case_id, hold_id=hold.pk, act_id=act.pk),
        CaseReleased(case_id=a.case_id, hold_id=hold.pk),
    ]
    assert not EventRecord.objects.filter(settled=False, kind__startswith="apps.cases").exists()


def test_the_parcel_was_split_while_the_request_stood_open(street: Street) -> None:
    """There is no answer for a parcel that is gone: held, with what to do, and the page still opens."""
    from apps.cadastre.models import ParcelVersion

    a = street.request("A")
    ParcelVersion.objects.filter(parcel__code=CODES["A"]).update(legal=(date(2010, 1, 1), mark().today))
    act = street.heard("hc", "suspend")
    assert held_by(a) == [(act.pk, "stop")]
    assert "split or merged" in active(a)[0].reason_en
    street.heard("dn", "suspend")
    assert len(active(a)) == 1, "one hold says it; a second would say the same"


def test_history_that_is_loaded_late_is_taken_at_its_word(street: Street) -> None:
    """An act recorded with an instant of the past: the law without it cannot be asked for, so what differs counts."""
    a, b = street.request("A"), street.request("B")
    act = street.heard("dn", "suspend")
    street.heard("dn", "lift", lifts=act)
    late = street.act("hc-1404", "promulgate", "2026-01-10")
    hear()
    assert held_by(a) == [(late.pk, "stop")]
    assert held_by(b) == []


def test_a_draft_of_before_answers_were_kept_is_held_by_what_the_act_changes(street: Street) -> None:
    a, b = street.request("A"), street.request("B")
    PermitRequest.objects.update(relied_digest="sha256:" + "0" * 64)
    act = street.heard("hc-1404", "promulgate")
    assert (held_by(a), held_by(b)) == ([(act.pk, "stop")], [])
