"""What a parcel's history is made of. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from apps.common.text import Text
from apps.extracts.history_plain import Said, SaidDuty
from apps.extracts.history_read import HistoryAct


@dataclass(frozen=True, slots=True)
class Stretch:
    """Legal days, half-open, None = without bound, on which one thing is said of the parcel.

    `when`: 'past' | 'now' | 'future' of the day asked on. `exists`: whether there was such a parcel. `acts`: what
    worked on its first day; `quiet`: acts within it that left the main values as they are.
    """

    since: date | None
    until: date | None
    when: str
    exists: bool
    said: tuple[Said, ...]
    duties: tuple[SaidDuty, ...]
    heritage: bool | None
    text: Text
    changes: tuple[Text, ...]
    acts: tuple[HistoryAct, ...]
    quiet: tuple[HistoryAct, ...]


@dataclass(frozen=True, slots=True)
class Announced:
    """An edition that is not law on the day (approved, suspended, …) and what it would change here."""

    title: Text
    status: str
    text: Text
    act: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class ParcelHistory:
    """Oldest stretch first. `cut`: older days are left out, there were too many changes."""

    parcel: str
    permit_kind: str
    today: date
    known_at: datetime
    stretches: tuple[Stretch, ...]
    announced: tuple[Announced, ...]
    cut: bool

    @property
    def now(self) -> Stretch | None:
        """The stretch of today."""
        return next((s for s in self.stretches if s.when == "now"), None)
