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

    `differences`: what the answer with the act says otherwise than the frozen one. `caused`: those of them that the
    act itself brought. `gone`: the parcel does not stand any more, so that there is no answer.
    """

    differences: tuple[Differing, ...] = ()
    caused: tuple[Differing, ...] = ()
    gone: bool = False

    @property
    def touches(self) -> bool:
        """Whether the request rests on what the act changes."""
        return self.gone or bool(self.caused)


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
    if asked.frozen is None:  # nothing to rest on was kept: whatever the act changes counts
        moved = _by_act(asked, acting, after) or ()
        return Effect(differences=moved, caused=moved)
    differences = compare(asked.frozen, after)
    if not differences:
        return Effect()
    own = _by_act(asked, acting, after)
    caused = differences if own is None else _among(differences, own)
    return Effect(differences=differences, caused=caused)


def differences_on(asked: Asked, *, on: date) -> tuple[Differing, ...] | None:
    """What parts the frozen answer from that of a day by what is known now; None when one of them is missing."""
    now = _answer(asked, on=on, known_at=None)
    return None if now is None or asked.frozen is None else compare(asked.frozen, now)


def _by_act(asked: Asked, acting: Acting, after: Document) -> tuple[Differing, ...] | None:
    """What the act itself changes, by what was known when it was recorded; None when that cannot be told apart."""
    if acting.late:  # the law without it, but with what was recorded after it, cannot be asked for
        return None
    before = _before(asked, acting)
    then = after if acting.newest else _answer(asked, on=acting.on, known_at=acting.act.recorded_at)
    return None if before is None or then is None else compare(before, then)


def _among(differences: tuple[Differing, ...], moved: tuple[Differing, ...]) -> tuple[Differing, ...]:
    """Those of the differences that the act moved.

    What was not known before it and is not known with it, it did not take from whoever rests on a known answer.
    """
    by_thing = {(m.what, m.code): m for m in moved}
    pairs = ((d, by_thing.get((d.what, d.code))) for d in differences)
    return tuple(d for d, m in pairs if m is not None and (d.still_unknown or not m.still_unknown))


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
