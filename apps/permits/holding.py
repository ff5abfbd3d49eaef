"""What an act does to one locked case: holds it, warns of a day to come, or takes a hold away. Everybody is told."""

from dataclasses import dataclass, field
from datetime import date

from apps.cadastre.models import ParcelVersion
from apps.cases.hold_facts import active_holds, facts_of_act, order_of
from apps.cases.hold_rules import Ground, Level, why_not_lift
from apps.cases.holds import place_hold, release_hold
from apps.cases.models import Case, Hold
from apps.cases.telling import Officers, tell
from apps.common.text import Text
from apps.legal.acts import ActKind
from apps.legal.models import LegalAct
from apps.legal.projecting import group_of
from apps.permits import words
from apps.permits.effects import Effect
from apps.permits.models import PermitRequest
from apps.permits.workflow import DRAFT

_ENDS = frozenset({ActKind.SUSPEND, ActKind.ANNUL, ActKind.REPEAL, ActKind.REPLACE})


@dataclass
class Desk:
    """One request under examination. `officers` remembers between requests; `holds` are those active now."""

    request: PermitRequest
    officers: Officers
    holds: list[Hold] = field(default_factory=list)

    @classmethod
    def of(cls, request: PermitRequest, officers: Officers) -> "Desk":
        """With its active holds read."""
        return cls(request, officers, list(active_holds(request.case)))

    @property
    def case(self) -> Case:
        """The request's case."""
        return self.request.case

    @property
    def stopped(self) -> bool:
        """Whether an act's hold stops it."""
        return any(hold.act_id is not None and hold.level == Level.STOP for hold in self.holds)


def stop(desk: Desk, act: LegalAct, effect: Effect) -> None:
    """Hold the request by the act, once; owner and officer are told."""
    if _by(desk.case, act, Level.STOP):
        return
    reason = _reason(desk, effect)
    hold = place_hold(
        case=desk.case,
        order=facts_of_act(act),
        level=Level.STOP,
        reason=reason,
        evidence=desk.request.relied_digest,
    )
    desk.holds.append(hold)
    _tell_all(desk, words.told_held(desk.case.tracking, _signed(act), reason))


def warn(desk: Desk, act: LegalAct, effect: Effect, *, day: date) -> None:
    """Say that the act will hold the request from `day` on, once."""
    if _by(desk.case, act, Level.WARNING):
        return
    reason = _reason(desk, effect)
    hold = place_hold(
        case=desk.case,
        order=facts_of_act(act),
        level=Level.WARNING,
        reason=reason,
        works_on=day,
        evidence=desk.request.relied_digest,
    )
    desk.holds.append(hold)
    _tell_all(desk, words.told_warned(desk.case.tracking, _signed(act), reason, day))


def lift(desk: Desk, act: LegalAct, *, alike: bool) -> bool:
    """Release what the suspension that `act` lifts placed, and nothing else; whether there was something.

    A lift for a part of the plane frees only what lies in it whole, or rests on the same answer again (`alike`).
    """
    if act.kind != ActKind.LIFT:
        return False
    mine = [hold for hold in desk.holds if hold.act_id == act.lifts_id]
    if not mine or not (alike or act.scope is None or _inside(desk.case, act)):
        return False
    return _release(desk, mine, act)


def take_ground(desk: Desk, act: LegalAct) -> None:
    """The answer is the frozen one again: release what acts on the same instruments placed, if this act may.

    A lift is not meant: it releases its own suspension's holds only. A court's hold stays under an administrative act.
    """
    if act.kind == ActKind.LIFT or not desk.stopped:
        return
    group = group_of(act.instrument_id)
    mine = [h for h in desk.holds if h.act and h.act.instrument_id in group and h.level == Level.STOP]
    by = facts_of_act(act).order
    _release(desk, [hold for hold in mine if why_not_lift(order_of(hold), by) is None], act)


def end_warning(desk: Desk, hold: Hold, *, told: bool) -> None:
    """A warning's day has come, or what it warned of will not come (then its people are told)."""
    release_hold(hold=hold, ground=Ground.WORKS)
    desk.holds.remove(hold)
    if told:
        tell(desk.case, [desk.case.applicant], words.told_released(desk.case.tracking, hold.number))


def also_stops(desk: Desk, act: LegalAct) -> bool:
    """Whether the act is one more ground for what already holds the request: a second suspension, say."""
    instruments = {hold.act.instrument_id for hold in desk.holds if hold.act and hold.level == Level.STOP}
    return act.kind in _ENDS and act.instrument_id in instruments


def waits_for_more(desk: Desk, act: LegalAct) -> bool:
    """Whether the act lifts a suspension only in part, so that its hold stays and says enough."""
    return act.kind == ActKind.LIFT and any(hold.act_id == act.lifts_id for hold in desk.holds)


def _release(desk: Desk, holds: list[Hold], act: LegalAct) -> bool:
    for hold in holds:
        release_hold(hold=hold, ground=Ground.ACT, order=facts_of_act(act))
        desk.holds.remove(hold)
        _tell_all(desk, words.told_released(desk.case.tracking, hold.number))
    return bool(holds)


def _reason(desk: Desk, effect: Effect) -> Text:
    return words.gone(desk.case.land.code) if effect.gone else words.summary(effect.caused or effect.differences)


def _tell_all(desk: Desk, text: Text) -> None:
    """The owner, and the officers of the case; of a draft they hear only when it is held."""
    quiet = desk.case.status == DRAFT and not any(hold.level == Level.STOP for hold in desk.holds)
    officers = [] if quiet else desk.officers.of(desk.case)
    tell(desk.case, [desk.case.applicant, *officers], text)


def _by(case: Case, act: LegalAct, level: Level) -> bool:
    return Hold.objects.filter(case=case, act=act, level=level).exists()


def _inside(case: Case, act: LegalAct) -> bool:
    versions = ParcelVersion.objects.filter(parcel=case.parcel_id, known__upper_inf=True, legal__upper_inf=True)
    return versions.filter(geom__coveredby=act.scope).exists()


def _signed(act: LegalAct) -> Text:
    return words.signed(act.number, act.act_date, Text(act.body_fa, act.body_en))
