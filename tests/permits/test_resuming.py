"""Many open requests: batch by batch, each resumable; what a dying worker leaves is taken up, nothing twice."""

import copy
from itertools import count

import pytest
from django.db import connection  # noqa: TID251 - the test counts queries
from django.test.utils import CaptureQueriesContext

from apps.cadastre.models import Parcel, ParcelVersion
from apps.cases.models import Case, CaseEvent, CaseMessage, Hold
from apps.common.durable import deliver_pending
from apps.common.models import EventRecord
from apps.permits import examining
from apps.permits.examined import mark
from apps.permits.models import PermitRequest
from tests.browser.city import CODES
from tests.permits.conftest import Street, hear

_serial = count(1)
A_BATCH, A_REQUEST = 20, 40  # queries at most, savepoints among them


def neighbours(street: Street, number: int, *, near: str = "A") -> list[PermitRequest]:
    """Draft requests on parcels that lie exactly where `near` lies, made without the doors, as quickly as can be."""
    pattern = PermitRequest.objects.filter(case__parcel__code=CODES[near]).first() or street.request(near)
    numbers = [next(_serial) for _ in range(number - 1)]
    codes = [f"9-1-{n}-1-0-0-0" for n in numbers]
    parcels = Parcel.objects.bulk_create(Parcel(code=code, land_code=code[:-6]) for code in codes)
    version = ParcelVersion.objects.get(parcel__code=CODES[near])
    ParcelVersion.objects.bulk_create(_like(version, parcel=parcel, search=parcel.code) for parcel in parcels)
    cases = Case.objects.bulk_create(
        _like(pattern.case, parcel=parcel, land_code=parcel.land_code, tracking=f"PR-TEST-{n:06d}")
        for n, parcel in zip(numbers, parcels, strict=True)
    )
    made = PermitRequest.objects.bulk_create(_like(pattern, case=case) for case in cases)
    street.overlay()
    return [pattern, *made]


def _like(row, **other: object):
    twin = copy.copy(row)
    twin._state = copy.copy(row._state)
    twin.pk, twin._state.adding = None, True
    for name, value in other.items():
        setattr(twin, name, value)
    return twin


class Killed(BaseException):
    """The worker's process is gone; nothing catches this."""


def dies_after(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real, done = examining.holding.stop, count(1)

    def stop(*given):
        if next(done) > number:
            raise Killed
        real(*given)

    monkeypatch.setattr(examining.holding, "stop", stop)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    street = Street()
    requests = neighbours(street, 10)
    monkeypatch.setattr(examining, "BATCH", 3)
    act = street.decree("hc-1404", "promulgate")
    with monkeypatch.context() as patch:
        dies_after(patch, 7)
        with pytest.raises(Killed):
            hear()
    assert Hold.objects.count() == 6, "two whole batches stand, the third left nothing"
    assert CaseEvent.objects.filter(kind="held").count() == 6
    assert EventRecord.objects.filter(settled=False).exists()
    hear()
    assert Hold.objects.count() == len(requests)
    assert {(h.case_id, h.act_id) for h in Hold.objects.all()} == {(r.case_id, act.pk) for r in requests}
    assert CaseEvent.objects.filter(kind="held").count() == len(requests)
    assert CaseMessage.objects.filter(person=street.owner).count() == len(requests)
    assert not PermitRequest.objects.filter(mark().behind).exists()
    assert not EventRecord.objects.filter(settled=False).exists()
    assert deliver_pending() == 0


@pytest.mark.django_db
def test_one_request_that_cannot_be_examined_holds_up_no_other(
    street: Street, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    requests = neighbours(street, 4)
    real = examining.effect

    def effect(asked, acting):
        if asked.parcel_code == CODES["A"]:
            raise RuntimeError("boom")
        return real(asked, acting)

    with monkeypatch.context() as patch:
        patch.setattr(examining, "effect", effect)
        street.heard("hc-1404", "promulgate")
    assert Hold.objects.count() == len(requests) - 1
    broken = PermitRequest.objects.get(pk=requests[0].pk)
    assert mark().is_past(broken), "it stays behind, so no step of it is taken"
    assert "no step of it is taken" in caplog.text
    examining.examine_all()
    assert Hold.objects.count() == len(requests)


def queries(street: Street, kind: str) -> int:
    """How many queries it takes to examine everybody against one more act on hc-1404."""
    street.decree("hc-1404", kind)
    with CaptureQueriesContext(connection) as seen:
        examining.examine_all()
    return len(seen)


@pytest.mark.django_db
def test_two_thousand_open_requests(street: Street) -> None:
    """What is open and far costs a share of its batch's few queries; a touched request a bounded number."""
    near = neighbours(street, 4)
    alone = queries(street, "promulgate")
    assert Hold.objects.count() == len(near)
    far = neighbours(street, 2000, near="B")
    assert PermitRequest.objects.count() == 2004
    batches = len(far) // examining.BATCH + 1
    assert queries(street, "suspend") <= alone + batches * A_BATCH
    assert not PermitRequest.objects.filter(mark().behind).exists()
    assert {hold.case_id for hold in Hold.objects.all()} == {request.case_id for request in near}


@pytest.mark.django_db
def test_a_touched_request_takes_a_bounded_number_of_queries(street: Street) -> None:
    neighbours(street, 5)
    few = queries(street, "promulgate")
    neighbours(street, 40)
    many = queries(street, "suspend")
    assert Hold.objects.filter(act__kind="promulgate").count() == 5
    assert many - few <= 40 * A_REQUEST
