"""A second, plain telling of the law of acts, to hold the first one against: no code in common."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from apps.legal.acts import ActKind, ActRecord


@dataclass
class Life:
    """One instrument at one place, living through its acts."""

    approved: bool = False
    promulgated: bool = False
    ended: str = ""
    stopped: list[int] = field(default_factory=list)
    heirs: list[int] = field(default_factory=list)

    def live(self, act: ActRecord) -> None:
        if self.ended:
            return
        if act.kind == "approve":
            self.approved = True
        elif self.approved:
            self._standing(act)

    def _standing(self, act: ActRecord) -> None:
        if act.kind == "promulgate":
            self.promulgated = True
        elif act.kind == "suspend":
            self.stopped.append(act.id)
        elif act.kind == "lift" and act.lifts in self.stopped:
            self.stopped.remove(act.lifts)
        elif act.kind == "replace":
            self.heirs.append(act.replaced_by)
        elif act.kind in ("annul", "repeal"):
            self.ended = {"annul": "annulled", "repeal": "repealed"}[act.kind]


def replay(acts, instrument: int, on: date, known_at: datetime, inside: frozenset[int]) -> str:
    """Live through the days one act after the other and say where the instrument stands."""
    here = [a for a in acts if a.recorded_at <= known_at and (a.scope is None or a.scope in inside)]
    mine = sorted((a for a in here if a.instrument == instrument), key=lambda a: (a.effective_on, a.recorded_at))
    life = Life()
    for act in mine:
        if act.effective_on <= on:
            life.live(act)
    if life.ended or not life.approved:
        return life.ended or "draft"
    for heir in life.heirs:
        fate = replay(acts, heir, on, known_at, inside)
        if fate in ("in_force", "replaced") or (fate == "repealed" and _ever_bound(acts, heir, on, known_at, inside)):
            return "replaced"
    if life.stopped:
        return "suspended"
    if life.promulgated:
        return "in_force"
    coming = any(a.kind == "promulgate" and a.act_date <= on < a.effective_on for a in mine)
    return "promulgated_not_yet_effective" if coming else "approved_not_promulgated"


def _ever_bound(acts, instrument: int, on: date, known_at: datetime, inside: frozenset[int]) -> bool:
    """Whether it stood in force, or stood still, on some day up to `on`, leaving its own heirs out of account."""
    own = [a for a in acts if a.instrument == instrument and a.kind != "replace"]
    days = sorted({a.effective_on for a in own if a.effective_on <= on})
    life = Life()
    promulgated = False
    for day_ in days:
        for act in sorted((a for a in own if a.effective_on == day_ and a.recorded_at <= known_at),
                          key=lambda a: a.recorded_at):  # fmt: skip
            if act.scope is None or act.scope in inside:
                life.live(act)
                promulgated = promulgated or life.promulgated
    return promulgated


BASE = date(2020, 1, 1).toordinal()
INSTRUMENTS = 3
DAYS = 9
_KINDS = [k for k in ActKind if k is not ActKind.APPROVE]


def day(number: int) -> date:
    return date.fromordinal(BASE + number)


def instant(number: int) -> datetime:
    return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=number)


@st.composite
def _act(draw, number: int, instrument: int, kind: ActKind, suspensions: list[int]) -> ActRecord:
    effective = draw(st.integers(0, DAYS))
    scoped = draw(st.integers(0, 2)) == 0
    return ActRecord(
        id=number,
        instrument=instrument,
        kind=kind,
        act_date=day(effective - draw(st.integers(0, 2))),
        effective_on=day(effective),
        recorded_at=instant(number),
        scope=number if scoped else None,
        lifts=draw(st.sampled_from(suspensions)) if kind is ActKind.LIFT else None,
        replaced_by=draw(st.integers(instrument + 1, INSTRUMENTS)) if kind is ActKind.REPLACE else None,
    )


@st.composite
def histories(draw) -> tuple[ActRecord, ...]:
    """Acts on three instruments, recorded in any order; an instrument is replaced by a later numbered one only."""
    opening = [(i, k) for i in range(1, INSTRUMENTS + 1) for k in (ActKind.APPROVE, ActKind.PROMULGATE)]
    more = draw(st.lists(st.tuples(st.integers(1, INSTRUMENTS), st.sampled_from(_KINDS)), min_size=1, max_size=7))
    wanted = draw(st.permutations([*opening, *more]))
    acts: list[ActRecord] = []
    for number, (instrument, drawn) in enumerate(wanted, start=1):
        suspensions = [a.id for a in acts if a.kind is ActKind.SUSPEND and a.instrument == instrument]
        empty = {ActKind.LIFT: not suspensions, ActKind.REPLACE: instrument == INSTRUMENTS}
        kind = ActKind.SUSPEND if empty.get(drawn) else drawn
        acts.append(draw(_act(number, instrument, kind, suspensions)))
    return tuple(acts)
