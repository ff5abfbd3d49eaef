"""Acts and open requests: held exactly where the answer changes, told, and released by exactly what may release."""

import pytest

from apps.cases.models import CaseMessage
from apps.common.errors import ConflictError
from apps.extracts.frozen import frozen
from apps.permits import services
from tests.permits.conftest import Street, active, held_by, kinds


def test_a_revision_holds_the_request_it_changes_and_no_other(street: Street) -> None:
    """hc-1404 speaks of parcel A alone: five storeys instead of four."""
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
    assert kinds(a.case) == ["open", "start", "held"]
    told = CaseMessage.objects.filter(case=a.case)
    assert {street.owner, street.officer} <= {message.person for message in told}
    assert told.filter(person=street.owner).count() == 1
    assert not CaseMessage.objects.filter(case=b.case).exists()


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
        assert refused.value.details["examining"]
