"""The public list of acts: what happened, newest first, a page at a time. Also when an act of before takes effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.common import clock
from apps.common.errors import BadInputError, NotFoundError
from apps.legal.models import LegalAct, ProvisionRow
from apps.notices.act_days import midnight, still_standing, taking_effect
from apps.notices.act_entries import ActEntry, News, entries_of
from apps.notices.models import Phase

PAGE = 30
_CURSOR_PARTS = 3
_FIRST_YEAR, _LAST_YEAR = 1900, 2300  # the calendar's own ends have no time in other zones


@dataclass(frozen=True, slots=True)
class ActPage:
    """Entries, newest first; `next`: cursor of the next page, '' on the last."""

    entries: tuple[ActEntry, ...]
    next: str


def acts_page(*, theme: str = "", instrument: str = "", after: str = "", limit: int = PAGE) -> ActPage:
    """A page of what happened, of one theme or instrument if named. `after`: the cursor of the page before.

    Raises BadInputError for a cursor that is none.
    """
    bound = _cursor(after) if after else None
    acts = _filtered(theme, instrument)
    news = sorted([*_recorded(acts, bound, limit), *_effects(acts, bound, limit)], key=lambda n: n.order, reverse=True)
    shown = news[:limit]
    entries = tuple(entries_of(shown))
    return ActPage(entries, entries[-1].cursor if len(news) > limit else "")


def act_by_id(pk: int) -> ActEntry:
    """One act. Raises NotFoundError."""
    act = _filtered("", "").filter(pk=pk).first()
    if act is None:
        raise NotFoundError(
            fa="چنین سندی ثبت نشده است. آن را در فهرست اسناد بجویید.",
            en="No such act is recorded. Look for it in the list of acts.",
            act=pk,
        )
    (entry,) = entries_of([News(act.recorded_at, act, Phase.RECORDED)])
    return entry


def _filtered(theme: str, instrument: str) -> QuerySet[LegalAct]:
    acts = LegalAct.objects.select_related("instrument", "replaced_by", "instrument__edition__theme")
    acts = acts.defer("scope", "instrument__edition__coverage")
    if instrument:
        acts = acts.filter(Q(instrument__code=instrument) | Q(replaced_by__code=instrument))
    if theme:
        rows = ProvisionRow.objects.filter(theme=theme, rulebook__instrument=OuterRef("instrument"))
        acts = acts.filter(Q(instrument__edition__theme__code=theme) | Exists(rows))
    return acts


def _recorded(acts: QuerySet[LegalAct], bound: tuple[datetime, int, str] | None, limit: int) -> Iterator[News]:
    if bound:
        at, pk, _ = bound
        acts = acts.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, pk__lt=pk))
    for act in acts.order_by("-recorded_at", "-pk")[: limit + 1]:
        yield News(act.recorded_at, act, Phase.RECORDED)


def _effects(acts: QuerySet[LegalAct], bound: tuple[datetime, int, str] | None, limit: int) -> Iterator[News]:
    late = taking_effect(acts, until=clock.today())
    if bound:
        at, pk, _ = bound
        day = timezone.localtime(at).date()
        if at == midnight(day):
            late = late.filter(Q(effective_on__lt=day) | Q(effective_on=day, pk__lt=pk))
        else:
            late = late.filter(effective_on__lte=day)
    late = late.order_by("-effective_on", "-pk")
    wanted, start = limit + 1, 0
    while wanted > 0 and (piece := list(late[start : start + limit + 1])):
        for act in still_standing(piece):
            yield News(midnight(act.effective_on), act, Phase.EFFECT)
            wanted -= 1
        start += len(piece)


def _cursor(raw: str) -> tuple[datetime, int, str]:
    parts = raw.split("_")
    try:
        at, pk, phase = datetime.fromisoformat(parts[0].replace(" ", "+")), int(parts[1]), Phase(parts[2])
    except (ValueError, IndexError) as error:
        raise _bad_cursor() from error
    if at.tzinfo is None or len(parts) != _CURSOR_PARTS or not (_FIRST_YEAR <= at.year <= _LAST_YEAR):
        raise _bad_cursor()
    return at, pk, phase


def _bad_cursor() -> BadInputError:
    return BadInputError(
        fa="نشانی این صفحه از فهرست خوانا نیست. از آغاز فهرست شروع کنید.",
        en="The address of this page of the list cannot be read. Start at the beginning of the list.",
    )
