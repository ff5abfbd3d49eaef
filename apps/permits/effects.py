"""Whether an act touches a request: by the answers alone, composed without it and with it, and the frozen one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from apps.common import clock
from apps.common.errors import NotFoundError
from apps.extracts.differing import Differing, compare
from apps.extracts.services import compose
from apps.legal.models import LegalAct

_TICK = timedelta(microseconds=1)
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act does to one request on one day.

    `differences`: what the answer with the act says otherwise than the frozen one. `changed`: the act itself changes
    the answer. `gone`: the parcel does not stand any more, so that there is no answer.
    """

    differences: tuple[Differing, ...] = ()
    changed: bool = False
    gone: bool = False

    @property
    def touches(self) -> bool:
        """Whether the request rests on what the act changes."""
        return self.gone or (self.changed and bool(self.differences))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a question: parcel, kind, and the frozen document it rests on (None = it was never kept)."""

    parcel_code: str
    kind: str
    frozen: Document | None


@dataclass(frozen=True, slots=True)
class Acting:
    """An act at work on a day. `newest`: no act after it is looked at; `late`: it was loaded after later acts.

    `begun`: the act is not new, its day has come; then all that is known now counts.
    """

    act: LegalAct
    on: date
    newest: bool
    late: bool = False
    begun: bool = False


def effect(asked: Asked, acting: Acting) -> Effect:
    """The effect of the act on the request. Composes once when the answer is the frozen one, else three times."""
    current = acting.newest or acting.late or acting.begun
    after = _answer(asked, on=acting.on, known_at=None if current else acting.act.recorded_at)
    if after is None:
        return Effect(gone=True)
    differences = () if asked.frozen is None else compare(asked.frozen, after)
    if asked.frozen is not None and not differences:
        return Effect()
    changed = _changed(asked, acting)
    if asked.frozen is None and changed:
        differences = compare(_before(asked, acting) or after, after)
    return Effect(differences=differences, changed=changed)


def differences_on(asked: Asked, *, on: date) -> tuple[Differing, ...] | None:
    """What parts the frozen answer from that of a day by what is known now; None when one of them is missing."""
    now = _answer(asked, on=on, known_at=None)
    return None if now is None or asked.frozen is None else compare(asked.frozen, now)


def _changed(asked: Asked, acting: Acting) -> bool:
    """Whether the answer without the act is another one than with it, as known when it was recorded."""
    if acting.late:  # the law as it was without it, but with what was recorded after it, cannot be asked for
        return True
    before = _before(asked, acting)
    after = _answer(asked, on=acting.on, known_at=acting.act.recorded_at)
    return before is None or after is None or bool(compare(before, after))


def _before(asked: Asked, acting: Acting) -> Document | None:
    return _answer(asked, on=acting.on, known_at=acting.act.recorded_at - _TICK)


def _answer(asked: Asked, *, on: date, known_at: datetime | None) -> Document | None:
    """The document; None when no such parcel stands. `known_at` None = now."""
    if known_at is not None and known_at > clock.now():  # acts of one instant are recorded a microsecond apart
        known_at = None
    try:
        found = compose(
            parcel=asked.parcel_code, on=on, known_at=known_at, permit_kind=asked.kind, remember=known_at is None
        )
    except NotFoundError:
        return None
    return found.data
