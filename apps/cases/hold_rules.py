"""Who may stop a case and who may let it go on: a table of ranks and a fold over orders (3-domain 9.1, 9.2). Pure.

A court's order outranks an administrative one. Of orders about one case, a later one of the same or a higher rank
wins; one of a lower rank, and one older than what stands, is without effect. A commission (Article 100 among them) is
an administrative body: it never lifts what a court ordered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from apps.cases.hold_words import only_a_court, too_low
from apps.common.calendar import day_en, jalali_fa
from apps.common.text import Text
from apps.legal.acts import Authority


class Level(StrEnum):
    """How strongly a hold works."""

    WARNING = "warning"  # said, nothing is stopped
    STOP = "stop"  # no step forward
    STOP_ISSUANCE = "stop_issuance"  # steps go on; nothing is issued


class OrderRank(IntEnum):
    """The rank of whoever ordered, the higher the stronger."""

    OFFICE = 10
    COMMISSION = 20  # Article 5, Article 77, Article 100
    COURT = 50
    COURT_FINAL = 60


class Ground(StrEnum):
    """Why a hold no longer stops."""

    ORDER = "order"  # an order about the case
    ACT = "act"  # the lift of the suspension that placed it, or an act that took its ground away
    CHOICE = "choice"  # the owner chose, as the act allows
    WORKS = "works"  # a warning's day has come


@dataclass(frozen=True, slots=True)
class Order:
    """An order: whose, how strong, of which day. `of_act`: it came with a legal act, not for one case."""

    authority: Authority
    rank: OrderRank
    number: str
    dated: date
    of_act: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One order about a case in the order of recording: it stops the case, or lets it go on."""

    stops: bool
    order: Order


@dataclass(frozen=True, slots=True)
class Standing:
    """A hold that is active now."""

    level: Level
    order: Order


RANK_OF_ACT = {Authority.ADMINISTRATIVE: OrderRank.COMMISSION, Authority.COURT: OrderRank.COURT}


def rank_fits(authority: Authority, rank: OrderRank) -> bool:
    """Whether an authority can have this rank: courts the upper ones, everybody else the lower ones."""
    return (authority is Authority.COURT) == (rank >= OrderRank.COURT)


def why_not_lift(hold: Order, by: Order) -> Text | None:
    """Why the order `by` cannot lift this hold; None when it can."""
    if hold.authority is Authority.COURT and by.authority is not Authority.COURT:
        return only_a_court(hold.number)
    if by.rank < hold.rank:
        return too_low(hold.number)
    if by.dated < hold.dated:
        return Text(
            fa=f"این دستور پیش از دستور توقف شمارهٔ {hold.number} است و آن را برنمی‌دارد. تاریخ را بررسی کنید.",
            en=f"This order is older than the hold No. {hold.number} and does not lift it. Check its date.",
        )
    if hold.of_act and not by.of_act and by.authority is not Authority.COURT:
        return Text(
            fa=f"توقف شمارهٔ {hold.number} با سند حقوقی آمده است: رفع همان سند، انتخاب مالک یا دادگاه آن را برمی‌دارد.",
            en=f"Hold No. {hold.number} came with a legal act: its lift, the owner's choice or a court ends it.",
        )
    return None


def why_not_stop(history: Iterable[Said], by: Order) -> Text | None:
    """Why the order `by` cannot stop a case with this history of orders; None when it can."""
    standing = prevailing(history)
    if standing is None or standing.stops:
        return None
    if by.rank < standing.order.rank:
        return Text(
            fa=f"دستور شمارهٔ {standing.order.number} ادامهٔ این پرونده را اجازه داده است و تنها دستوری هم‌رتبه یا بالاتر "
            "آن را متوقف می‌کند.",
            en=f"Order No. {standing.order.number} lets this case go on; only an order of the same or a higher rank "
            "stops it.",
        )
    if by.dated < standing.order.dated:
        return Text(
            fa=f"این دستور پیش از دستور شمارهٔ {standing.order.number} است که ادامهٔ پرونده را اجازه داده است. "
            "تاریخ را بررسی کنید.",
            en=f"This order is older than order No. {standing.order.number}, which lets the case go on. Check it.",
        )
    return None


def prevailing(history: Iterable[Said]) -> Said | None:
    """What holds after these orders: a later one of the same or a higher rank wins, others are without effect."""
    held: Said | None = None
    for said in sorted(history, key=lambda s: s.order.dated):
        if held is None or said.order.rank >= held.order.rank:
            held = said
    return held


def why_not_step(holds: Iterable[Standing], *, forward: bool, issues: bool) -> Text | None:
    """Why a step may not be taken under these holds; None when it may. Steps back (withdrawal) always may."""
    if not forward:
        return None
    for hold in sorted(holds, key=lambda h: -h.order.rank):
        if hold.level is Level.STOP or (issues and hold.level is Level.STOP_ISSUANCE):
            return Text(
                fa=f"این پرونده با دستور شمارهٔ {hold.order.number} به تاریخ {jalali_fa(hold.order.dated)} متوقف است. "
                "دلیل و انتخاب‌ها در صفحهٔ پرونده است.",
                en=f"This case is held by No. {hold.order.number} of {day_en(hold.order.dated)}. Its page gives the "
                "reason and what may be chosen.",
            )
    return None
