"""What the owner of a held request may choose, by the clauses of the acts that hold it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from apps.common.text import Text
from apps.legal.transition import Choice, Clause, choices_for

NAMES = {
    Choice.CONTINUE: Text("ادامه با پاسخ نگه‌داشته‌شده", "Go on under the kept answer"),
    Choice.RECOMPOSE: Text("سنجش دوباره با قانون امروز", "Be judged by the law of now"),
    Choice.WITHDRAW: Text("پس گرفتن درخواست", "Withdraw the request"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as clauses see it: its kind, the day it was sent in (None = a draft), and the day of the choice."""

    kind: str
    filed_on: date | None
    today: date


def offered(
    clauses_of_acts: Iterable[Sequence[Clause]], asking: Asking, *, ordered: bool, known: bool
) -> tuple[Choice, ...]:
    """What may be chosen: what every act that holds the request allows; withdrawing always.

    `ordered`: an order about this very case stops it, so that no clause of an act helps. `known`: the law of now
    answers everything that the frozen extract answers; where it does not, there is nothing to be judged by.
    """
    open_to = set(Choice)
    for clauses in clauses_of_acts:
        open_to &= set(choices_for(clauses, kind=asking.kind, filed_on=asking.filed_on, today=asking.today))
    if ordered:
        open_to = set()
    if not known:
        open_to.discard(Choice.RECOMPOSE)
    return tuple(choice for choice in Choice if choice in open_to or choice is Choice.WITHDRAW)


def last_days(clauses_of_acts: Iterable[Sequence[Clause]], asking: Asking) -> tuple[date, ...]:
    """Days until which going on may still be chosen, of the clauses that fit and name one."""
    fitting = (
        next((c for c in clauses if c.fits(kind=asking.kind, filed_on=asking.filed_on)), None)
        for clauses in clauses_of_acts
    )
    return tuple(clause.until for clause in fitting if clause is not None and clause.until is not None)
