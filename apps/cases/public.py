"""Public tracking: by number and code, without sign-in. The state and what comes next, and nothing of anybody."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from apps.cases.models import Case, Deadline
from apps.cases.turns import open_turn
from apps.cases.types.definition import CaseType, State
from apps.cases.types.outline import likely_next
from apps.cases.types.registry import definition_of
from apps.common.errors import NotFoundError
from apps.common.ids import is_tracking_number
from apps.common.text import Text, latin_digits
from apps.parties.models import Role
from apps.parties.roles import ROLE_NAMES

_NOBODYS = "------"


@dataclass(frozen=True, slots=True)
class PublicState:
    """What everybody with number and code may read. `due_at` None = no term, or it stands still.

    `turn`: owner, office, or "" = nobody's; `role`: of that office; `next`: the state that a case usually comes to
    next, None = none. `certain`: false where the days off by then are not known yet.
    """

    tracking: str
    service: Text
    state: State
    since: datetime | None
    due_at: datetime | None
    turn: str
    role: Text | None = None
    next: State | None = None
    certain: bool = True
    sample: bool = True


def public_state(*, tracking: str, code: str) -> PublicState:
    """Raises NotFoundError alike for an unknown number and for a wrong code."""
    case = _case(tracking)
    kept = case.public_code if case is not None and case.public_code else _NOBODYS
    given = latin_digits(code).strip()
    fits = hmac.compare_digest(given.encode(errors="replace"), kept.encode())
    if not fits or case is None or not case.public_code:  # without a code nothing opens it
        raise NotFoundError(
            fa="پرونده‌ای با این شماره و کد رهگیری پیدا نشد. هر دو را از رسید خود بررسی کنید.",
            en="There is no case with this number and code. Check both on your receipt.",
        )
    return _state(case, definition_of(case))


def canonical_tracking(raw: str) -> str:
    """As numbers are kept: digits and capitals without spaces. What limits count by."""
    return latin_digits(raw).strip().upper().replace(" ", "")[:40]


def _case(tracking: str) -> Case | None:
    number = canonical_tracking(tracking)
    return Case.objects.filter(tracking=number).first() if is_tracking_number(number) else None


def _state(case: Case, definition: CaseType) -> PublicState:
    state, item = definition.state(case.status), open_turn(case)
    deadline = Deadline.objects.filter(case=case, code=case.status, met_at__isnull=True).first()
    return PublicState(
        tracking=case.tracking,
        service=definition.name,
        state=state,
        since=case.moved_at,
        due_at=item.due_at if item else None,
        turn=item.side if item else "",
        role=ROLE_NAMES[Role(item.role)] if item and item.role else None,
        next=likely_next(definition, case.status),
        certain=deadline is None or deadline.certain,
        sample=definition.sample,
    )
