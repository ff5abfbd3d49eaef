"""The law of one day as one value: every instrument that has acts, where it stands, and by which act. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from apps.common.text import Text
from apps.legal.acts import ActKind, Authority, Status

# Law that is not law on the day, but that a citizen should hear of.
PENDING = frozenset({Status.APPROVED, Status.PROMULGATED, Status.SUSPENDED})


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What is shown of an act."""

    id: int
    kind: ActKind
    number: str
    act_date: date
    effective_on: date
    recorded_at: datetime
    body: Text
    document: str
    reason: Text
    authority: Authority = Authority.ADMINISTRATIVE


@dataclass(frozen=True, slots=True)
class AtomLaw:
    """The status at one atom of place and the act it rests on. `scope_key` '' = outside every scope, or everywhere.

    `period`: id of the row that holds the atom's geometry; None when the status is the same everywhere.
    """

    scope_key: str
    status: Status
    act: ActFacts | None
    period: int | None = None


@dataclass(frozen=True, slots=True)
class InstrumentLaw:
    """One instrument on the day. One atom = the same everywhere; several = it depends on the place."""

    id: int
    code: str
    kind: str
    rank: int
    title: Text
    sample: bool
    atoms: tuple[AtomLaw, ...]

    @property
    def scoped(self) -> bool:
        """Whether the status depends on the place: ask `selectors.statuses_at`."""
        return len(self.atoms) > 1

    @property
    def status(self) -> Status | None:
        """The status when it is the same everywhere; None when it depends on the place."""
        return None if self.scoped else self.atoms[0].status

    @property
    def act(self) -> ActFacts | None:
        """The act that the status rests on when it is the same everywhere."""
        return None if self.scoped else self.atoms[0].act

    @property
    def statuses(self) -> frozenset[Status]:
        """Every status it has somewhere."""
        return frozenset(atom.status for atom in self.atoms)

    @property
    def promulgation(self) -> ActFacts | None:
        """The act by which it is in force somewhere (the latest, if there are several); None when nowhere."""
        acts = [a.act for a in self.atoms if a.status is Status.IN_FORCE and a.act is not None]
        return max(acts, key=lambda act: (act.effective_on, act.recorded_at), default=None)

    @property
    def precedence(self) -> tuple[int, date, datetime] | None:
        """(rank, effective day, recorded at) of what is in force: the greater governs; None when nowhere in force."""
        act = self.promulgation
        return None if act is None else (self.rank, act.effective_on, act.recorded_at)


@dataclass(frozen=True, slots=True)
class LawSnapshot:
    """All law of a day, as of a version of the recorded acts. Instruments that are missing here are drafts.

    `instant`: when the last act of this version was recorded; None = no act at all. Ask for places with it
    (`selectors.places_of`), so that an act recorded meanwhile cannot mix in.
    """

    on: date
    version: int
    instant: datetime | None
    instruments: tuple[InstrumentLaw, ...]
    by_id: Mapping[int, InstrumentLaw] = field(init=False, repr=False, compare=False)
    by_code: Mapping[str, InstrumentLaw] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", MappingProxyType({i.id: i for i in self.instruments}))
        object.__setattr__(self, "by_code", MappingProxyType({i.code: i for i in self.instruments}))

    def statuses(self, instrument: int) -> frozenset[Status]:
        """Every status the instrument has somewhere on the day; DRAFT when no act was recorded."""
        law = self.by_id.get(instrument)
        return frozenset({Status.DRAFT}) if law is None else law.statuses

    def in_force(self, kind: str | None = None) -> tuple[InstrumentLaw, ...]:
        """What is in force at least somewhere, the one that takes precedence first."""
        ranked = [(i.precedence, i) for i in self.instruments if kind is None or i.kind == kind]
        held = [(precedence, i) for precedence, i in ranked if precedence is not None]
        return tuple(i for _, i in sorted(held, key=lambda pair: pair[0], reverse=True))

    def pending(self, kind: str | None = None) -> tuple[InstrumentLaw, ...]:
        """What is approved, promulgated for a later day or suspended, at least somewhere."""
        return tuple(i for i in self.instruments if (kind is None or i.kind == kind) and i.statuses & PENDING)
