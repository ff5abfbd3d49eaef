"""The offices of district 3, and a request that is led through the table by them."""

from datetime import date, timedelta
from typing import Any

import pytest

from apps.cases import guards
from apps.cases.models import Case
from apps.common import clock
from apps.parties.models import Mandate, MandateKind, Person, Role
from apps.parties.services import ensure_assignment, ensure_person
from apps.permits import proposals
from apps.permits.drawing_checks import sign_reason
from apps.permits.former import check_former
from apps.permits.models import PermitRequest
from apps.permits.stepping import take
from tests.permits.conftest import Street

_OFFICES = {
    "case_officer": "09120000003",
    "inspector": "09120000021",
    "zoning_officer": "09120000022",
    "article5_secretary": "09120000023",
    "drawing_officer": "09120000024",
    "revenue_officer": "09120000025",
}
YESTERDAY, ORDER = "2020-01-02", {"number": "د-17", "dated": "2020-01-02"}


def office(role: str) -> Person:
    """The person who holds this role in district 3."""
    made = ensure_person(mobile=_OFFICES[role], name_fa="کارشناس", name_en="Officer", verified=True)
    ensure_assignment(person=made, role=Role(role), since=date(2020, 1, 1), districts=[3])
    return made


def step(request: PermitRequest, verb: str, by: Person | str, **more: Any) -> Case:
    """A step from wherever the request stands."""
    who = office(by) if isinstance(by, str) else by
    case = Case.objects.get(pk=request.case_id)
    more.setdefault("expected", case.status)
    return take(person=who, tracking=case.tracking, verb=verb, **more)


def inspected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every inspection counts as done."""
    monkeypatch.setitem(guards._guards, "inspection_done", lambda _case, _definition: None)


def at(
    street: Street, status: str, monkeypatch: pytest.MonkeyPatch, *, kind: str = "NEW", name: str = "A"
) -> PermitRequest:
    """A request of this kind that was led to `status` by its people."""
    inspected(monkeypatch)
    made = street.request(name, kind=kind, sent=True)
    for verb, by, more in _WAY:
        now = Case.objects.get(pk=made.case_id).status
        if now == status:
            break
        if verb == "approve_drawings" and now == "drawing_review":
            sign_all(made)
        if verb == "confirm" and kind in ("AMENDMENT", "RENEWAL", "TIME_EXTENSION", "DUPLICATE"):
            check_former(person=street.officer, tracking=made.case.tracking, said="بایگانی، ردیف ۷")
        if now in _FROM[verb]:
            step(made, verb, street.owner if by == "owner" else by, **more)
    made.refresh_from_db()
    assert made.case.status == status
    return made


_WAY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("confirm", "case_officer", {}),
    ("inspected", "inspector", {}),
    ("announce", "zoning_officer", {"data": ORDER}),
    ("send_drawings", "owner", {}),
    ("approve_drawings", "drawing_officer", {}),
)
_FROM = {"confirm": {"submitted"}, "inspected": {"inspection"}, "announce": {"rules"}, "send_drawings": {"design"},
         "approve_drawings": {"drawing_review"}}  # fmt: skip


def sign_all(request: PermitRequest) -> list[str]:
    """A signed reason for every check that cannot be evaluated; their codes."""
    frozen = proposals.frozen_checks(request)
    assert frozen is not None
    codes = [c["code"] for c in frozen["checks"]["checks"] if c["outcome"] == "cannot_evaluate"]
    for code in codes:
        sign_reason(person=office("drawing_officer"), tracking=request.case.tracking, code=code,
                    said="روی نقشهٔ ۱:۱۰۰ دیده شد")  # fmt: skip
    return codes


def mandate(owner: Person, agent: Person, land: str, *scopes: str, days: int = 9) -> Mandate:
    """A standing mandate on a land."""
    return Mandate.objects.create(
        principal=owner, agent=agent, kind=MandateKind.ATTORNEY, scopes=list(scopes), land_code=land,
        since=clock.now(), until=clock.now() + timedelta(days=days), given_at=clock.now(), basis="given in the portal",
    )  # fmt: skip
