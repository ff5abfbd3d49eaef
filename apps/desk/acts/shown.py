"""What the second person sees of a draft before signing: frozen, in days, m² and titles."""

from dataclasses import dataclass
from datetime import date

from apps.common.text import Text
from apps.legal.acts import Status
from apps.legal.drafts_comparison import Shift
from apps.legal.drafts_preview import ActLabel


@dataclass(frozen=True, slots=True)
class StretchShown:
    """Days with one status, and the act it rests on."""

    since: date | None
    until: date | None
    status: Status
    act: ActLabel | None


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """One place of an instrument: `area` m² (None = not known), `whole`: there is no other place."""

    whole: bool
    rest: bool
    area: float | None
    now: Status
    then: Status
    shifts: tuple[Shift, ...]
    before: tuple[StretchShown, ...]
    after: tuple[StretchShown, ...]


@dataclass(frozen=True, slots=True)
class InstrumentShown:
    """One instrument of the group and what becomes of it."""

    code: str
    title: Text
    places: tuple[PlaceShown, ...]
    changes: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Something in force; `part`: not everywhere."""

    title: Text
    part: bool


@dataclass(frozen=True, slots=True)
class OrderShown:
    """What is in force of one theme (or of the rulebooks) on the day, the first one governs; before and after."""

    label: Text | None
    before: tuple[Held, ...]
    after: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class ActPreview:
    """Everything the second person must see before signing."""

    seal: str
    day: date
    instruments: tuple[InstrumentShown, ...]
    themes: tuple[OrderShown, ...]
    rulebooks: OrderShown | None
    changes: bool
    backwards: bool
    unfinished: tuple[str, ...]
