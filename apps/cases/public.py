"""Public tracking: by number and code, without sign-in. The state and what comes next, and nothing of anybody."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from apps.cases.models import Case
from apps.cases.turns import open_turn
from apps.cases.types.definition import State
from apps.cases.types.registry import definition_of
from apps.common.errors import NotFoundError
from apps.common.text import Text, latin_digits


@dataclass(frozen=True, slots=True)
class PublicState:
    """What everybody with number and code may read. `due_at` None = no term, or it stands still."""

    tracking: str
    service: Text
    state: State
    since: datetime | None
    due_at: datetime | None
    turn: str


def public_state(*, tracking: str, code: str) -> PublicState:
    """Raises NotFoundError alike for an unknown number and for a wrong code."""
    case = Case.objects.filter(tracking=latin_digits(tracking).strip().upper()).first()
    given = latin_digits(code).strip().encode()
    kept = case.public_code.encode() if case else b"------"
    if not hmac.compare_digest(given, kept) or case is None or not case.public_code:
        raise NotFoundError(
            fa="پرونده‌ای با این شماره و کد رهگیری پیدا نشد. هر دو را از رسید خود بررسی کنید.",
            en="There is no case with this number and code. Check both on your receipt.",
        )
    definition = definition_of(case)
    item = open_turn(case)
    return PublicState(
        tracking=case.tracking,
        service=definition.name,
        state=definition.state(case.status),
        since=case.moved_at,
        due_at=item.due_at if item else None,
        turn=item.side if item else "",
    )
