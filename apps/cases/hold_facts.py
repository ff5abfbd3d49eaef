"""Holds and orders as values: what is shown of them, and what the rules see."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from apps.cases import hold_rules as rules
from apps.cases.hold_rules import Ground, Level, Order, OrderRank
from apps.cases.models import Case, Hold, HoldRelease
from apps.common.text import Text
from apps.legal.acts import Authority
from apps.legal.models import LegalAct


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order as it was written: whose, how strong, number and day, the body that signed, the act it came with."""

    authority: Authority
    rank: OrderRank
    number: str
    dated: date
    body: Text
    act: LegalAct | None = None

    @property
    def order(self) -> Order:
        """As the rules see it."""
        return Order(self.authority, self.rank, self.number, self.dated, of_act=self.act is not None)


@dataclass(frozen=True, slots=True)
class HoldFacts:
    """A hold as it is shown. `released_at` None = active."""

    id: int
    level: Level
    authority: Authority
    rank: OrderRank
    number: str
    dated: date
    body: Text
    reason: Text
    act_id: int | None
    works_on: date | None
    placed_at: datetime
    released_at: datetime | None
    released_by: str


def facts_of_act(act: LegalAct) -> OrderFacts:
    """A legal act as an order."""
    authority = Authority(act.authority)
    return OrderFacts(
        authority=authority,
        rank=rules.RANK_OF_ACT[authority],
        number=act.number,
        dated=act.act_date,
        body=Text(act.body_fa, act.body_en),
        act=act,
    )


def active_holds(case: Case) -> QuerySet[Hold]:
    """Holds that are not released, oldest first, with their acts."""
    return Hold.objects.active().filter(case=case).select_related("act").defer("act__scope").order_by("pk")


def standing_holds(case: Case) -> tuple[rules.Standing, ...]:
    """The active holds as the rules see them."""
    return tuple(rules.Standing(Level(hold.level), order_of(hold)) for hold in active_holds(case))


def all_holds(case: Case) -> tuple[HoldFacts, ...]:
    """Every hold there ever was on a case, oldest first."""
    return tuple(hold_facts(hold) for hold in case.holds.select_related("release").order_by("pk"))


def hold_facts(hold: Hold) -> HoldFacts:
    """A hold as it is shown; its `release` is best fetched along."""
    release: HoldRelease | None = getattr(hold, "release", None)
    return HoldFacts(
        id=hold.pk,
        level=Level(hold.level),
        authority=Authority(hold.authority),
        rank=OrderRank(hold.rank),
        number=hold.number,
        dated=hold.dated,
        body=Text(hold.body_fa, hold.body_en),
        reason=Text(hold.reason_fa, hold.reason_en),
        act_id=hold.act_id,
        works_on=hold.works_on,
        placed_at=hold.placed_at,
        released_at=release.released_at if release else None,
        released_by=release.ground if release else "",
    )


def order_of(hold: Hold) -> Order:
    """The order behind a hold, as the rules see it."""
    return Order(Authority(hold.authority), OrderRank(hold.rank), hold.number, hold.dated, hold.act_id is not None)


def said_by(hold: Hold) -> list[rules.Said]:
    """The hold's own order about the case and, when an order released it, that one."""
    said = [rules.Said(stops=True, order=order_of(hold))]
    release: HoldRelease | None = getattr(hold, "release", None)
    if release is not None and release.ground == Ground.ORDER and release.rank and release.dated:
        by = Order(Authority(release.authority), OrderRank(release.rank), release.number, release.dated)
        said.append(rules.Said(stops=False, order=by))
    return said
