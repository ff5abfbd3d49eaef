"""The drawing officer's look: every check passes, or an open one has a signed reason; a failure never passes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.cases.capacities import acting_as, capacities
from apps.cases.recording import append_history, locked_case
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.text import Text, has_controls
from apps.parties.models import Person
from apps.permits import proposals
from apps.permits.models import PermitRequest
from apps.permits.states import DRAWING_REVIEW, ROLE_OF

SIGNED = "check_reason"
_ASKED_LATER = "consultation:"
"""Opinions are awaited among the inquiries; no drawing officer gives them."""
_CANNOT, _FAIL = "cannot_evaluate", "fail"
_LEAST, _MOST = 10, 2000
Check = Mapping[str, Any]


@transaction.atomic
def sign_reason(*, person: Person, tracking: str, code: str, said: str) -> None:
    """Why a check that cannot be evaluated is in order, under the drawing officer's name, for these drawings only.

    Raises NotFoundError, ForbiddenError (not the drawing officer), ConflictError (not the time, no such open check),
    BadInputError (no reason).
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    if ROLE_OF[DRAWING_REVIEW] not in held:
        raise ForbiddenError(fa="این کار با کارشناس کنترل نقشه است.", en="This is for the drawing officer.")
    if case.status != DRAWING_REVIEW:
        raise ConflictError(fa="نقشه اکنون در کنترل نیست.", en="The drawings are not under review now.")
    request = PermitRequest.objects.select_related("case", "case__parcel").get(case=case)
    frozen = proposals.frozen_checks(request)
    if frozen is None or code not in {c["code"] for c in _of(frozen, _CANNOT)}:
        raise ConflictError(
            fa="تنها برای بندی که سامانه نمی‌تواند بسنجد دلیل نوشته می‌شود؛ بندِ ردشده با دلیل پذیرفته نمی‌شود.",
            en="A reason is written only for a check that cannot be evaluated; a failed one is not passed by a reason.",
            code=code,
        )
    reason = _read(said)
    data = {"code": code, "said": reason, "checks": frozen["digest"], "as": acting_as(held)}
    append_history(case=case, actor=person, kind=SIGNED, data=data)


def why_not_passed(request: PermitRequest, *, needed: bool) -> Text | None:
    """What stands against the drawings as they were frozen last; None = they pass."""
    frozen = proposals.frozen_checks(request)
    if frozen is None or (needed and frozen["checks"] is None):
        return _again()
    if frozen["checks"] is None:
        return None
    if must_be_checked_again(request):
        return _again()
    failed = _of(frozen, _FAIL)
    if failed:
        return _listed(
            failed,
            fa="این بندها رد شده است و با دلیل پذیرفته نمی‌شود",
            en="These checks fail, and no reason passes them",
        )
    waiting = waiting_checks(request)
    if not waiting:
        return None
    return _listed(
        waiting,
        fa="برای این بندها دلیل امضاشدهٔ کارشناس کنترل نقشه لازم است",
        en="These need a signed reason of the drawing officer",
    )


def waiting_checks(request: PermitRequest) -> list[Check]:
    """Checks of the frozen drawings that cannot be evaluated and have no signed reason yet."""
    frozen = proposals.frozen_checks(request)
    if frozen is None:
        return []
    signed = _signed(request, frozen["digest"])
    return [c for c in _of(frozen, _CANNOT) if c["code"] not in signed and not c["code"].startswith(_ASKED_LATER)]


def failed_checks(request: PermitRequest) -> list[Check]:
    """Checks of the frozen drawings that fail."""
    frozen = proposals.frozen_checks(request)
    return [] if frozen is None else _of(frozen, _FAIL)


def must_be_checked_again(request: PermitRequest) -> bool:
    """Whether another proposal was saved, or the request rests on another answer, since checks were frozen last."""
    frozen, row = proposals.frozen_checks(request), proposals.latest(request)
    if frozen is None or row is None:
        return row is not None
    return bool(frozen["version"] != row.version or frozen["extract"] != request.relied_digest)


def _of(frozen: Mapping[str, Any], outcome: str) -> list[Check]:
    checks = frozen["checks"] or {"checks": []}
    return [check for check in checks["checks"] if check["outcome"] == outcome]


def _signed(request: PermitRequest, digest: str) -> set[str]:
    """Codes with a reason for exactly these frozen checks."""
    rows = request.case.events.filter(kind=SIGNED, data__checks=digest).values_list("data__code", flat=True)
    return set(rows)


def _listed(checks: list[Check], *, fa: str, en: str) -> Text:
    labels = [Text.of(check["label"]) for check in checks]
    return Text(f"{fa}: {'، '.join(x.fa for x in labels)}.", f"{en}: {', '.join(x.en for x in labels)}.")


def _again() -> Text:
    return Text(
        "نقشه با پاسخی که درخواست اکنون بر آن استوار است سنجیده نشده است. آن را برگردانید تا دوباره فرستاده شود.",
        "The drawings were not checked against the answer that the request rests on now. Return them to be sent again.",
    )


def _read(said: str) -> str:
    reason = said.strip()
    if not _LEAST <= len(reason) <= _MOST or has_controls(reason):
        raise BadInputError(
            fa=f"دلیل را در {_LEAST} تا {_MOST} نویسه و بی نویسهٔ نامرئی بنویسید.",
            en=f"Write the reason in {_LEAST} to {_MOST} characters, without invisible ones.",
        )
    return reason
