"""Many open requests: batch by batch, each resumable; what a dying worker leaves is taken up, nothing twice."""

from itertools import count

import pytest
from django.db import connection  # noqa: TID251 - the test counts queries
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Case, CaseEvent, CaseMessage, Hold
from apps.common import clock
from apps.common.durable import deliver_pending
from apps.common.models import EventRecord
from apps.permits import examining
from apps.permits.examined import mark
from apps.permits.models import PermitRequest
from tests.browser.city import CODES, SQUARES, SmallCity
from tests.permits.conftest import Street, hear

_serial = count(1)


def neighbours(street: Street, number: int, *, near: str = "A") -> list[PermitRequest]:
    """Draft requests on parcels that lie exactly where `near` lies, made without the doors, as quickly as can be."""
    pattern = street.request(near)
    made = [pattern]
    for _ in range(number - 1):
        n = next(_serial)
        street._parcel(f"9-1-{n}-1-0-0-0", SQUARES[near], 1200)
        case = Case.objects.create(
            tracking=f"PR-TEST-{n:06d}", case_type="permit", applicant=street.owner, opened_at=clock.now(),
            land_code=f"9-1-{n}-1", parcel_id=_parcel_id(f"9-1-{n}-1-0-0-0"),
        )  # fmt: skip
        copy = PermitRequest.objects.get(pk=pattern.pk)
        copy.pk, copy.case, copy._state.adding = None, case, True
        copy.save()
        made.append(copy)
    street.overlay()
    return made


def _parcel_id(code: str) -> int:
    from apps.cadastre.models import Parcel

    return Parcel.objects.only("pk").get(code=code).pk


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


@pytest.mark.django_db
def test_queries_grow_with_what_is_touched_and_not_with_what_is_open(street: Street) -> None:
    """Requests far from the act cost a share of their batch's few queries; a touched one a bounded number."""
    near, far = neighbours(street, 3), neighbours(street, 60, near="B")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        street.heard("hc-1404", "promulgate")
    assert Hold.objects.count() == len(near)
    first = len(seen)
    more = neighbours_again(street, 120)
    with CaptureQueriesContext(connection) as seen:
        street.heard("hc-1404", "suspend")
    assert len(far) + len(more) == 180
    assert len(seen) <= first + 3 * 25, "three batches more, each with its fixed number of queries"


def neighbours_again(street: Street, number: int) -> list[PermitRequest]:
    """More of B's neighbours, from the request that stands there."""
    pattern = PermitRequest.objects.filter(case__parcel__code=CODES["B"]).get()
    made = []
    for _ in range(number):
        n = next(_serial)
        street._parcel(f"9-1-{n}-1-0-0-0", SQUARES["B"], 1200)
        case = Case.objects.create(
            tracking=f"PR-TEST-{n:06d}", case_type="permit", applicant=street.owner, opened_at=clock.now(),
            land_code=f"9-1-{n}-1", parcel_id=_parcel_id(f"9-1-{n}-1-0-0-0"),
        )  # fmt: skip
        made.append(_copy(pattern, case))
    street.overlay()
    return made


def _copy(pattern: PermitRequest, case: Case) -> PermitRequest:
    copy = PermitRequest.objects.get(pk=pattern.pk)
    copy.pk, copy.case, copy._state.adding = None, case, True
    copy.save()
    return copy


def test_the_small_city_is_the_street() -> None:
    assert issubclass(Street, SmallCity)
