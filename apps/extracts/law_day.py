"""The law of one day in the form an extract needs: themes with their editions in order of precedence, rulebooks.

Held in memory by (law version, day): nothing here grows with the number of parcels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from apps.common.text import Text
from apps.legal.answers import RulebookInForce


@dataclass(frozen=True, slots=True)
class Act:
    """The act an answer stands on."""

    kind: str
    number: str
    act_date: date
    effective_on: date
    body: Text
    document: str


@dataclass(frozen=True, slots=True)
class EditionDay:
    """One edition on one day. `scope_periods`: in-force-period ids of its scope atoms (empty = not scoped).

    `minus`: atoms where it does not hold although it holds elsewhere; `only`: atoms where it holds while it
    does not elsewhere.
    """

    edition_id: int
    instrument: str
    title: Text
    status: str
    act: Act | None
    rank: int
    effective_on: date
    recorded_at: datetime
    unplaced: int
    sample: bool
    scope_periods: tuple[int, ...] = ()
    minus: tuple[int, ...] | None = None
    only: tuple[int, ...] | None = None

    @property
    def speaks_elsewhere(self) -> bool:
        """Whether it holds outside all its scopes."""
        return self.only is None

    @property
    def precedence(self) -> tuple[int, int, float, int]:
        """Sort key, the governing edition first: rank, later effective day, later recorded."""
        return (-self.rank, -self.effective_on.toordinal(), -self.recorded_at.timestamp(), -self.edition_id)


@dataclass(frozen=True, slots=True)
class ThemeDay:
    """One theme on one day: editions in force by precedence, and those approved or suspended.

    `unread`: titles of layers that bind although no file was taken in; nobody can say of which theme they are.
    """

    code: str
    label: Text
    partition: bool
    position: int
    tolerance_m2: float
    tolerance_share: float
    office: str
    in_force: tuple[EditionDay, ...]
    pending: tuple[EditionDay, ...]
    unread: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class LawDay:
    """All themes and rulebooks of a day, as recorded by an instant.

    `instant`: when the last act was recorded. `registry`: fingerprint (8 hex) of themes, offices and districts;
    `state_instant`: since when it and the program are what they are.
    """

    version: int
    on: date
    instant: datetime | None
    themes: tuple[ThemeDay, ...]
    rulebooks: Mapping[str, tuple[RulebookInForce, ...]]
    rulebook_acts: Mapping[str, Act]
    offices: Mapping[str, tuple[Text, Text]]
    registry: str = ""
    state_instant: datetime | None = None

    @property
    def unread(self) -> bool:
        """Whether some layer binds that was never taken in: the day changes as soon as it is."""
        return any(theme.unread for theme in self.themes)

    @property
    def edition_ids(self) -> tuple[int, ...]:
        """Ids of every edition an answer of this day may need."""
        return tuple(e.edition_id for t in self.themes for e in (*t.in_force, *t.pending))

    @property
    def scope_periods(self) -> tuple[int, ...]:
        """Ids of every scope atom that may cut a parcel."""
        return tuple(p for t in self.themes for e in (*t.in_force, *t.pending) for p in e.scope_periods)
