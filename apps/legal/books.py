"""Rulebooks that bind on a day, held in memory: their rows are fixed from the first act on."""

from dataclasses import dataclass
from functools import lru_cache

from apps.common.errors import UnavailableError
from apps.common.text import Text
from apps.legal.answers import Provision, RulebookInForce
from apps.legal.models import InstrumentKind, Rulebook
from apps.legal.snapshot import LawSnapshot


def rulebooks_in_force(snapshot: LawSnapshot, source: str) -> tuple[RulebookInForce, ...]:
    """The rulebooks of one rule source that bind on the day, the one that takes precedence first."""
    bound = snapshot.in_force(InstrumentKind.RULEBOOK)
    tables = dict(Rulebook.objects.filter(instrument__in=[law.id for law in bound]).values_list("instrument", "pk"))
    held = [(law, _rulebook(law.id, tables.get(law.id))) for law in bound]
    return tuple(
        RulebookInForce(
            code=book.code,
            instrument=law.code,
            source=book.source,
            title=law.title,
            act=law.promulgation.number if law.promulgation else "",
            provisions=book.provisions,
        )
        for law, book in held
        if book.source == source
    )


@dataclass(frozen=True, slots=True)
class _Book:
    code: str
    source: str
    provisions: tuple[Provision, ...]


@lru_cache(maxsize=512)
def _rulebook(instrument: int, table: int | None) -> _Book:
    # Kept for the life of the process: a trigger fixes the rows from the instrument's first act on. By the table's own
    # id, because a rehearsal reads tables that have no act yet: another file then makes another table.
    book = None if table is None else Rulebook.objects.filter(pk=table).first()
    if book is None:
        raise UnavailableError(
            fa="دفتر ضوابطی لازم‌الاجراست ولی جدول آن در دست نیست. به مدیر سامانه خبر دهید.",
            en="A rulebook is in force but its table is missing. Tell the administrator.",
            instrument=instrument,
        )
    rows = tuple(
        Provision(
            row=r.row,
            article=r.article,
            category=r.category,
            subject=r.subject,
            effect=r.effect,
            value=r.value,
            theme=r.theme,
            zone=r.zone,
            when=r.when,
            text=Text(fa=r.text_fa, en=r.text_en),
        )
        for r in book.rows.order_by("position")
    )
    return _Book(code=book.code, source=book.source, provisions=rows)
